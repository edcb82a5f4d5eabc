package io.headrace.engine.task;

import io.headrace.api.CheckpointId;

/** Separates the values that belong to a checkpoint from those that do not. */
record Barrier(CheckpointId checkpoint) implements Item {}

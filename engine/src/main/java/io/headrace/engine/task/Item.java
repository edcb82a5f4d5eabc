package io.headrace.engine.task;

/** What travels an edge, in order. */
sealed interface Item permits Batch, Barrier, Watermark, Idle, EndOfInput {}

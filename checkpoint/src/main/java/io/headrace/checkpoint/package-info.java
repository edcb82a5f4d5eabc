/**
 * What a checkpoint is: its files, its manifest, who owns them, and what recovery makes of them.
 *
 * <p>Main types: {@link io.headrace.checkpoint.CheckpointStore}, which alone touches the directory,
 * and {@link io.headrace.checkpoint.Recovery}, a pure function from what was found to a decision.
 * Threads: any one that may block, one at a time, unless a method says otherwise. Invariants: a
 * checkpoint is complete when its manifest is there, and then every file that the manifest names is
 * durable; file names carry checkpoint and attempt and are never used twice; absence is never taken
 * for "nothing".
 */
@NullMarked
package io.headrace.checkpoint;

import org.jspecify.annotations.NullMarked;

/**
 * One run of a job from start to end: attempts, checkpoints, commits, restarts.
 *
 * <p>Main type: {@link io.headrace.engine.coordinator.Coordinator}, a state machine fed by its
 * mailbox. Threads: the coordinator is called on one thread at a time and hands everything that may
 * block to the host; what is decided is decided by pure functions. Invariants: a checkpoint is
 * published only when every task's part is durable; transactions are committed only after the
 * checkpoint that holds them is published and marked; what was prepared for a checkpoint that was
 * given up is part of the next one; one checkpoint is under way at a time.
 */
@NullMarked
package io.headrace.engine.coordinator;

import org.jspecify.annotations.NullMarked;

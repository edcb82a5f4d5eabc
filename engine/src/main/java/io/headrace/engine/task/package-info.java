/**
 * How records flow: cooperative tasks, the edges between them, barriers and their alignment.
 *
 * <p>Main types: {@link io.headrace.engine.task.SourceTask} and {@link
 * io.headrace.engine.task.OperatorTask}, joined by {@link io.headrace.engine.task.Edge}s and run by
 * a {@link io.headrace.engine.task.Host}. Threads: a task is called by one thread at a time, never
 * blocks, and is reached from elsewhere only through its edges and its mailbox; whatever may block
 * is handed to the host. Invariants: items of an edge arrive in the order they were sent; a barrier
 * is passed on right after the snapshot it stands for, and nothing is processed in between.
 */
@NullMarked
package io.headrace.engine.task;

import org.jspecify.annotations.NullMarked;

/**
 * The threads of a job in production: {@link io.headrace.engine.threads.ThreadHost}.
 *
 * <p>Workers call their tasks in turn and park when there is nothing to do; work that may block has
 * a pool of its own. All threads are named, daemons, and joined when the host is closed.
 *
 * <p>Invariants: a task is called by one thread at a time; a wake-up that comes before a worker
 * parks is not lost; once the host is closed, none of its threads is left.
 */
@NullMarked
package io.headrace.engine.threads;

import org.jspecify.annotations.NullMarked;

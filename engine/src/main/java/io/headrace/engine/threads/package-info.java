/**
 * The threads of a job in production: {@link io.headrace.engine.threads.ThreadHost}.
 *
 * <p>Workers call their tasks in turn and park when there is nothing to do; work that may block has
 * a pool of its own. All threads are named, daemons, and joined when the host is closed.
 */
@NullMarked
package io.headrace.engine.threads;

import org.jspecify.annotations.NullMarked;

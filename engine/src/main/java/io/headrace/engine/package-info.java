/**
 * Runs jobs inside this JVM: {@link io.headrace.engine.Headrace}.
 *
 * <p>Threads: any thread may start a job and use its {@link io.headrace.engine.Run}; the job has
 * threads of its own, which end with it. Invariant: a run that has ended holds no thread, lock or
 * open file.
 */
@NullMarked
package io.headrace.engine;

import org.jspecify.annotations.NullMarked;

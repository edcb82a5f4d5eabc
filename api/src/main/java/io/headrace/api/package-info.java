/**
 * What a user of Headrace writes and reads: jobs, streams, keyed state, and the contracts of
 * sources and sinks.
 *
 * <p>Start with {@link io.headrace.api.Job}. Nothing here runs anything: a job <em>describes</em> a
 * pipeline, {@link io.headrace.api.plan.Plan} holds the description, and an engine runs it. The
 * package depends on nothing but the JDK.
 *
 * <p>Threads: descriptions are built on one thread; the contracts of sources, sinks and processes
 * say on which thread each call comes.
 *
 * <p>Invariants: a plan is complete before anything runs, and everything in it that is stored has a
 * name and a type; what a description holds does not change once it is built; state is touched only
 * for the key of the value that is being processed.
 */
@NullMarked
package io.headrace.api;

import org.jspecify.annotations.NullMarked;

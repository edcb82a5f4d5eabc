/**
 * Runs jobs on Apache Flink: the nodes of a plan become operators of Flink's DataStream API, with
 * the same results. {@link io.headrace.flink.FlinkRunner} is called by programs, {@link
 * io.headrace.flink.Launcher} by Flink's command line.
 *
 * <p>One thread builds a graph. What is said of threads elsewhere here is said of those that Flink
 * calls operators on: the thread of a task, and that of a source's coordinator.
 */
@NullMarked
package io.headrace.flink;

import org.jspecify.annotations.NullMarked;

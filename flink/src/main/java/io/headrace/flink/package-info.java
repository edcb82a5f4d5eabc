/**
 * Runs jobs on Apache Flink: the nodes of a plan become operators of Flink's DataStream API, with
 * the same results.
 */
@NullMarked
package io.headrace.flink;

import org.jspecify.annotations.NullMarked;

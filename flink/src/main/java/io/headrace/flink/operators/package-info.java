/**
 * The nodes of a plan that compute, as operators of Flink: transforms, and processes with keyed and
 * broadcast state and timers ({@link io.headrace.flink.operators.KeyedOperatorFactory}).
 *
 * <p>State is used while a value or a timer is processed, and undone as a whole where an operator
 * puts aside what it fails on. An operator belongs to the thread of its task.
 */
@NullMarked
package io.headrace.flink.operators;

import org.jspecify.annotations.NullMarked;

/** The operators of the plan that compute, as operators of Flink. */
@NullMarked
package io.headrace.flink.operators;

import org.jspecify.annotations.NullMarked;

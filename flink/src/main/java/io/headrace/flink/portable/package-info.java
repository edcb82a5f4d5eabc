/**
 * Finds what would differ between the tasks of a cluster, each of which makes the plan again
 * ({@link io.headrace.flink.portable.Portability}).
 *
 * <p>A plan becomes a list of texts that is the same wherever the plan is. Those of another JVM
 * come as a file, are bounded, and are compared as texts: nothing in them is loaded or made. All is
 * used on the thread of the test that calls.
 */
@NullMarked
package io.headrace.flink.portable;

import org.jspecify.annotations.NullMarked;

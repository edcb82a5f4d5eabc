/**
 * The same work done by a hand-written loop and by other engines, side by side.
 *
 * <p>Start with {@link io.headrace.benchmarks.Benchmarks}: it runs each {@link
 * io.headrace.benchmarks.Contestant} in a JVM of its own ({@link io.headrace.benchmarks.Jvm}) and
 * prints one table. To add a contestant, implement the interface and add a constant to {@link
 * io.headrace.benchmarks.Entrant}; what it does with events is its {@link
 * io.headrace.benchmarks.Work}.
 *
 * <p>Invariants: every contestant draws its events from {@link io.headrace.benchmarks.Workload} or
 * {@link io.headrace.benchmarks.Rotation} and hands every output to a {@link
 * io.headrace.benchmarks.Tally} or a {@link io.headrace.benchmarks.Taker}, so all are measured and
 * checked by the same code.
 *
 * <p>Threads: each contestant starts its own. Wall-clock time is read here on purpose: it is what
 * is measured.
 */
@NullMarked
package io.headrace.benchmarks;

import org.jspecify.annotations.NullMarked;

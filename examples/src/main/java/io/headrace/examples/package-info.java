/**
 * Jobs over real data, to read and to start from: {@link io.headrace.examples.FlightDelays}, and
 * {@link io.headrace.examples.Demo}, which kills it and shows that nothing is lost.
 *
 * <p>Threads: each main class runs its job and waits for it. Invariant: what is committed after any
 * number of kills equals, line by line, what an undisturbed run commits.
 */
@NullMarked
package io.headrace.examples;

import org.jspecify.annotations.NullMarked;

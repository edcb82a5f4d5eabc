/**
 * The real engine on one thread, from a seed: {@link io.headrace.simulation.World}.
 *
 * <p>Engine, codecs, storage and file sink are those of production; threads, clock, chance and disk
 * are the simulator's. Everything happens on the calling thread. Invariant: the same seed gives the
 * same steps, the same bytes and the same trace, in every JVM.
 */
@NullMarked
package io.headrace.simulation;

import org.jspecify.annotations.NullMarked;

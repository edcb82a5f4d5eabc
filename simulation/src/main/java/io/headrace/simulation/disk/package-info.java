/**
 * A disk in memory that keeps only what was synced. {@link
 * io.headrace.simulation.disk.SimulatedDisk} is the main type: production code gets its root path
 * and uses it through {@code Files} and {@code FileChannel}; a test cuts the power whenever it
 * likes.
 *
 * <p>Threads: made for one thread, so that a run can be repeated; every access holds the lock of
 * the disk, so that another thread that reads breaks nothing.
 *
 * <p>Invariants: the same seed and the same operations give the same content after every power
 * loss. A synced content under a synced name survives. A rename never loses both names of a file
 * whose old name was durable.
 */
@NullMarked
package io.headrace.simulation.disk;

import org.jspecify.annotations.NullMarked;

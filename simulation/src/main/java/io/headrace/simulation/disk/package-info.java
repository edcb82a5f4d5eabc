/**
 * A disk in memory that keeps only what was synced: {@link
 * io.headrace.simulation.disk.SimulatedDisk}.
 *
 * <p>Production code uses it through the paths of its file system. One thread. Invariant: after a
 * crash there is everything that was synced, and of the rest what the seed says: each write and
 * each change of a directory kept, lost or torn.
 */
@NullMarked
package io.headrace.simulation.disk;

import org.jspecify.annotations.NullMarked;

/**
 * Files as sources and sinks: {@link io.headrace.files.JsonLines} and {@link
 * io.headrace.files.JsonArray}.
 *
 * <p>Threads: as the contracts of {@link io.headrace.api.Source} and {@link io.headrace.api.Sink}
 * say. Invariants: what a split delivers follows from the file's bytes, and a file whose bytes
 * changed before a position is refused there; a line that was not committed is in no file of the
 * folder that is written to.
 */
@NullMarked
package io.headrace.files;

import org.jspecify.annotations.NullMarked;

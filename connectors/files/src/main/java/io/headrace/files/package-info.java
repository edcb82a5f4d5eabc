/**
 * Files as sources and sinks: {@link io.headrace.files.JsonLines}, {@link
 * io.headrace.files.JsonArray}, {@link io.headrace.files.CsvFiles} and {@link
 * io.headrace.files.TextFiles} make {@link io.headrace.files.FileSource}s, of files that are named
 * or of a {@link io.headrace.files.WatchedFolder}, and {@link io.headrace.files.FileSink}s.
 *
 * <p>Threads: as the contracts of {@link io.headrace.api.Source} and {@link io.headrace.api.Sink}
 * say. Invariants: what a split delivers follows from the file's bytes, and a file whose bytes
 * changed before a position is refused there; a line that was not committed is in no file of the
 * folder that is written to; what a task wrote to a folder is seen in its order and without a gap;
 * nothing that is read or written chooses a file outside the folder.
 */
@NullMarked
package io.headrace.files;

import org.jspecify.annotations.NullMarked;

package io.headrace.files;

import java.nio.file.Path;
import java.util.List;

/**
 * Files of comma-separated values as RFC 4180 has them, in UTF-8. The first record names the
 * columns, in any order: one for each component of the type, of its name, and no others.
 *
 * <p>Components are texts, numbers, booleans, characters, enums, UUIDs, what is in {@code
 * java.time}, and {@code Optional} of those. A cell with nothing in it is an empty text, or an
 * {@code Optional} without a value; a cell with quotes and nothing in them is an empty text in
 * either case. Lines without anything are passed over.
 */
public final class CsvFiles {

  private CsvFiles() {}

  /** The records of a file. */
  public static <T> FileSource<T> read(Path file, Class<T> type) {
    return read(List.of(file), type);
  }

  /**
   * The records of some files, which are read in parallel.
   *
   * @throws io.headrace.api.HeadraceException with {@code INVALID_JOB} if there is none, or one is
   *     named twice
   */
  public static <T> FileSource<T> read(List<Path> files, Class<T> type) {
    return FileSource.of(new NamedFiles(files), type, CsvColumns.of(type));
  }

  /** The records of the files of a folder, also of those that are to come. */
  public static <T> FileSource<T> read(WatchedFolder folder, Class<T> type) {
    return FileSource.of(folder, type, CsvColumns.of(type));
  }

  /**
   * A folder of files as {@link JsonLines#write} writes them, each with the names of the columns
   * and then a value in each record.
   */
  public static <T> FileSink<T> write(Path folder, Class<T> type) {
    return FileSink.to(folder, CsvColumns.of(type).sinkFormat());
  }
}

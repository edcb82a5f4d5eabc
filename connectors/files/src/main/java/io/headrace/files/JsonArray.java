package io.headrace.files;

import java.nio.file.Path;
import java.util.List;

/**
 * Files that hold one JSON array each. Unknown properties of its elements are ignored; missing ones
 * are malformed.
 */
public final class JsonArray {

  private JsonArray() {}

  /** The elements of an array in a file. */
  public static <T> FileSource<T> read(Path file, Class<T> type) {
    return read(List.of(file), type);
  }

  /**
   * The elements of the arrays in some files, which are read in parallel.
   *
   * @throws io.headrace.api.HeadraceException with {@code INVALID_JOB} if there is none, or one is
   *     named twice
   */
  public static <T> FileSource<T> read(List<Path> files, Class<T> type) {
    return FileSource.of(new NamedFiles(files), type, new JsonFormat<>(type, ArrayFormat.INSTANCE));
  }

  /** The elements of the arrays in the files of a folder, also in those that are to come. */
  public static <T> FileSource<T> read(WatchedFolder folder, Class<T> type) {
    return FileSource.of(folder, type, new JsonFormat<>(type, ArrayFormat.INSTANCE));
  }
}

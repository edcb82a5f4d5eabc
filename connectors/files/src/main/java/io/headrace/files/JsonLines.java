package io.headrace.files;

import java.nio.file.Path;
import java.util.List;

/** Files with a JSON value in each line. */
public final class JsonLines {

  private JsonLines() {}

  /** The values in a file. */
  public static <T> JsonSource<T> read(Path file, Class<T> type) {
    return read(List.of(file), type);
  }

  /** The values in some files, which are read in parallel. */
  public static <T> JsonSource<T> read(List<Path> files, Class<T> type) {
    return new JsonSource<>(files, type, LineFormat.INSTANCE, Refusal::refuse);
  }

  /**
   * A folder of files, one for each task and checkpoint that has something to write. Only what is
   * committed is in a file of the folder; their names sort in the order of commits.
   *
   * @param type the type of the values, for a clear signature; any value of it is written
   */
  public static <T> JsonFileSink<T> write(Path folder, Class<T> type) {
    return new JsonFileSink<>(folder, type);
  }
}

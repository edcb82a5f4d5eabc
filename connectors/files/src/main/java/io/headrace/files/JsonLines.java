package io.headrace.files;

import com.fasterxml.jackson.databind.ObjectWriter;
import java.nio.file.Path;
import java.util.List;

/**
 * Files with a JSON value in each line that is not blank. Unknown properties are ignored; missing
 * ones are malformed. Arrays of bytes are texts in base64, times are texts in their ISO form.
 */
public final class JsonLines {

  private JsonLines() {}

  /** The values in a file. */
  public static <T> FileSource<T> read(Path file, Class<T> type) {
    return read(List.of(file), type);
  }

  /**
   * The values in some files, which are read in parallel.
   *
   * @throws io.headrace.api.HeadraceException with {@code INVALID_JOB} if there is none, or one is
   *     named twice
   */
  public static <T> FileSource<T> read(List<Path> files, Class<T> type) {
    return FileSource.of(new NamedFiles(files), type, new JsonFormat<>(type, LineFormat.FILLED));
  }

  /** The values in the files of a folder, also in those that are to come. */
  public static <T> FileSource<T> read(WatchedFolder folder, Class<T> type) {
    return FileSource.of(folder, type, new JsonFormat<>(type, LineFormat.FILLED));
  }

  /**
   * A folder of files, at least one for each task and checkpoint that has something to write. Only
   * what is committed is in a file of the folder; their names sort in the order of commits.
   *
   * @param type the type of the values, for a clear signature; any value of it is written
   */
  public static <T> FileSink<T> write(Path folder, Class<T> type) {
    ObjectWriter json = Json.MAPPER.writerFor(type);
    return FileSink.to(
        folder, SinkFormat.of("jsonl", value -> SinkFormat.line(json.writeValueAsBytes(value))));
  }
}

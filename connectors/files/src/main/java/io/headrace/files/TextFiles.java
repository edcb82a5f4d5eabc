package io.headrace.files;

import io.headrace.api.ValueRejectedException;
import java.nio.file.Path;
import java.util.List;

/**
 * Files of lines of text in UTF-8. Lines end with LF or CRLF, the last may end without; a line that
 * is empty is a value like any other. A mark of the byte order at the beginning is passed over.
 * What is no UTF-8 is malformed.
 */
public final class TextFiles {

  private static final FileFormat<String> FORMAT =
      window -> new FileFormat.Elements<>(LineFormat.ALL, Utf8Text::decode);

  private TextFiles() {}

  /** The lines of a file. */
  public static FileSource<String> read(Path file) {
    return read(List.of(file));
  }

  /**
   * The lines of some files, which are read in parallel.
   *
   * @throws io.headrace.api.HeadraceException with {@code INVALID_JOB} if there is none, or one is
   *     named twice
   */
  public static FileSource<String> read(List<Path> files) {
    return FileSource.of(new NamedFiles(files), String.class, FORMAT);
  }

  /** The lines of the files of a folder, also of those that are to come. */
  public static FileSource<String> read(WatchedFolder folder) {
    return FileSource.of(folder, String.class, FORMAT);
  }

  /**
   * A folder of files as {@link JsonLines#write} writes them, with a value in each line. A value
   * that would not be read back as it is, such as one with two lines, is rejected.
   */
  public static FileSink<String> write(Path folder) {
    return FileSink.to(folder, SinkFormat.of("txt", TextFiles::line));
  }

  private static byte[] line(String value) throws ValueRejectedException {
    boolean isOneLine =
        value.indexOf('\n') < 0 && !value.endsWith("\r") && !value.startsWith("\ufeff");
    if (isOneLine) {
      byte[] line = Utf8Text.encode(value + "\n").orElse(null);
      if (line != null) {
        return line;
      }
    }
    throw new ValueRejectedException(
        "since it is not one line of text: it has an end of line within, a byte order mark in"
            + " front, or half of a character; write it as JSON or CSV, or take that out before");
  }
}

package io.headrace.files;

import io.headrace.api.MalformedInput;
import io.headrace.api.Printable;
import io.headrace.api.SourceOutput;
import io.headrace.api.SourceReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads the elements of one file. One thread. */
final class FileReader<T> implements SourceReader<T, FilePosition> {

  private static final int MOST_PER_POLL = 256;
  private static final int LONGEST_EXCERPT = 40;

  private final ByteWindow window;
  private final FileFormat.Elements<T> elements;

  FileReader(ByteWindow window, FileFormat.Elements<T> elements) {
    this.window = window;
    this.elements = elements;
  }

  /**
   * Tells the end together with the last element: a checkpoint that holds the one holds the other,
   * also of a job that reads nothing more and so takes no further checkpoint.
   */
  @Override
  public Poll poll(SourceOutput<T> out) throws IOException {
    Optional<ElementFormat.Element> next = elements.format().next(window);
    for (int i = 0; i < MOST_PER_POLL && next.isPresent(); i++) {
      read(next.get(), out);
      next = elements.format().next(window);
    }
    return next.isPresent() ? Poll.MORE : Poll.END;
  }

  private void read(ElementFormat.Element element, SourceOutput<T> out) {
    if (element.isBlank()) {
      window.consume(element.consumed());
      return;
    }
    byte[] bytes = window.copy(element.start(), element.end());
    long line = window.lineAt(element.start());
    window.consume(element.consumed());
    window.countElement();
    T value;
    try {
      value = elements.parser().parse(bytes);
    } catch (MalformedException malformed) {
      String reason = malformed.reason() + ", in " + excerpt(bytes);
      out.malformed(new MalformedInput("File " + window.place(line), reason, bytes));
      return;
    }
    out.emit(value);
  }

  private static String excerpt(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8).strip();
    return "\"" + Printable.of(text, LONGEST_EXCERPT) + "\"";
  }

  @Override
  public FilePosition position() {
    return window.position();
  }

  @Override
  public void close() throws IOException {
    window.close();
  }
}

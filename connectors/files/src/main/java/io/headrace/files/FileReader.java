package io.headrace.files;

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
  private final MalformedHandler onMalformed;

  FileReader(ByteWindow window, FileFormat.Elements<T> elements, MalformedHandler onMalformed) {
    this.window = window;
    this.elements = elements;
    this.onMalformed = onMalformed;
  }

  @Override
  public Poll poll(SourceOutput<T> out) throws IOException {
    for (int i = 0; i < MOST_PER_POLL; i++) {
      Optional<ElementFormat.Element> next = elements.format().next(window);
      if (next.isEmpty()) {
        return Poll.END;
      }
      read(next.get(), out);
    }
    return Poll.MORE;
  }

  private void read(ElementFormat.Element element, SourceOutput<T> out) {
    if (element.isBlank()) {
      window.consume(element.consumed());
      return;
    }
    byte[] bytes = window.copy(element.start(), element.end());
    long line = window.lineAt(element.start());
    long offset = window.offset() + element.start();
    window.consume(element.consumed());
    window.countElement();
    T value;
    try {
      value = elements.parser().parse(bytes);
    } catch (MalformedException malformed) {
      String reason = malformed.reason() + ", in " + excerpt(bytes);
      onMalformed.handle(new MalformedElement(window.file(), line, offset, reason, bytes), out);
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

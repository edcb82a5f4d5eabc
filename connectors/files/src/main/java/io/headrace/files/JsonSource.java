package io.headrace.files;

import io.headrace.api.ConnectorContext;
import io.headrace.api.Source;
import io.headrace.api.SourceReader;
import io.headrace.api.Split;
import io.headrace.api.TypeToken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * JSON elements in files, each file a split. An element that is malformed is refused, unless the
 * user says that such are skipped. Unknown properties are ignored; missing ones are malformed.
 *
 * <p>A file must not change while it is read, nor later: a job that starts again reads the bytes
 * before its position once more, and refuses the file if they differ.
 */
public final class JsonSource<T> implements Source<T, FilePosition> {

  private final List<Path> files;
  private final Class<T> type;
  private final ElementFormat format;
  private final OnMalformed onMalformed;
  private final LongAdder skipped = new LongAdder();

  JsonSource(List<Path> files, Class<T> type, ElementFormat format, OnMalformed onMalformed) {
    this.files = List.copyOf(files);
    this.type = type;
    this.format = format;
    this.onMalformed = onMalformed;
    if (files.isEmpty()) {
      throw new IllegalArgumentException("A source of files needs at least one file.");
    }
    Set<Path> named = new HashSet<>();
    for (Path file : files) {
      if (!named.add(file)) {
        throw new IllegalArgumentException(
            "File " + file + " is named twice; a source reads each file once.");
      }
    }
  }

  /** What is done with malformed elements. */
  interface OnMalformed {

    /** Throws, or lets the element be skipped. */
    void handle(MalformedElement element, Exception cause);
  }

  /** The same files, with malformed elements skipped and counted. */
  public JsonSource<T> skipMalformed() {
    return skipMalformed(element -> {});
  }

  /**
   * The same files, with malformed elements skipped, counted, and told.
   *
   * @param listener called on the thread of a task; an element that is read again after a restart
   *     is told again
   */
  public JsonSource<T> skipMalformed(Consumer<MalformedElement> listener) {
    return new JsonSource<>(files, type, format, (element, cause) -> listener.accept(element));
  }

  /** How many elements were skipped in this JVM, those read again after a restart again. */
  public long skipped() {
    return skipped.sum();
  }

  @Override
  public TypeToken<T> type() {
    return TypeToken.of(type);
  }

  @Override
  public TypeToken<FilePosition> positionType() {
    return TypeToken.of(FilePosition.class);
  }

  @Override
  public boolean isBounded() {
    return true;
  }

  @Override
  public List<Split<FilePosition>> splits() {
    return files.stream().map(file -> new Split<>(file.toString(), FilePosition.START)).toList();
  }

  @Override
  public SourceReader<T, FilePosition> open(
      String split, FilePosition position, ConnectorContext context) throws IOException {
    Path file =
        files.stream()
            .filter(each -> each.toString().equals(split))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no file is named " + split));
    return new JsonReader<>(ByteWindow.open(file, position), format, type, this::handle);
  }

  private void handle(MalformedElement element, Exception cause) {
    onMalformed.handle(element, cause);
    skipped.increment();
  }
}

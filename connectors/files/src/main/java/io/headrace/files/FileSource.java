package io.headrace.files;

import io.headrace.api.ConnectorContext;
import io.headrace.api.Source;
import io.headrace.api.SourceOutput;
import io.headrace.api.SourceReader;
import io.headrace.api.Split;
import io.headrace.api.TypeToken;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * Elements in files, each file a split. An element that is malformed is refused, unless the user
 * says that such are skipped.
 *
 * <p>A file must not change while it is read, nor later: a job that starts again reads the bytes
 * before its position once more, and refuses the file if they differ.
 *
 * <p>Files that end in {@code .gz} are unpacked while they are read; positions count what is
 * unpacked. One that becomes much longer than gzip makes real data is refused.
 */
public final class FileSource<T> implements Source<T, FilePosition> {

  private final Inputs inputs;
  private final Class<T> type;
  private final FileFormat<T> format;
  private final MalformedHandler onMalformed;
  private final LongAdder skipped = new LongAdder();

  private FileSource(
      Inputs inputs, Class<T> type, FileFormat<T> format, MalformedHandler onMalformed) {
    this.inputs = inputs;
    this.type = type;
    this.format = format;
    this.onMalformed = onMalformed;
  }

  static <T> FileSource<T> of(Inputs inputs, Class<T> type, FileFormat<T> format) {
    return new FileSource<>(inputs, type, format, MalformedHandler.tellJob());
  }

  /** The same files, with malformed elements skipped and counted. */
  public FileSource<T> skipMalformed() {
    return skipMalformed(element -> {});
  }

  /**
   * The same files, with malformed elements skipped, counted, and told.
   *
   * @param listener called on the thread of a task; an element that is read again after a restart
   *     is told again
   */
  public FileSource<T> skipMalformed(Consumer<MalformedElement> listener) {
    return new FileSource<>(inputs, type, format, MalformedHandler.handOver(listener));
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
    return inputs.interval().isEmpty();
  }

  @Override
  public Optional<Duration> discoveryInterval() {
    return inputs.interval();
  }

  @Override
  public List<Split<FilePosition>> splits() throws IOException {
    return inputs.names().stream().map(name -> new Split<>(name, FilePosition.START)).toList();
  }

  @Override
  public SourceReader<T, FilePosition> open(
      String split, FilePosition position, ConnectorContext context) throws IOException {
    ByteWindow window = ByteWindow.open(inputs.file(split), inputs.openOptions());
    try {
      FileFormat.Elements<T> elements = format.begin(window);
      window.skipTo(position);
      return new FileReader<>(window, elements, this::handle);
    } catch (IOException | RuntimeException failure) {
      window.close();
      throw failure;
    }
  }

  private void handle(MalformedElement element, SourceOutput<?> job) {
    onMalformed.handle(element, job);
    skipped.increment();
  }
}

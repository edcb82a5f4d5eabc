package io.headrace.files;

import io.headrace.api.ConnectorContext;
import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.Printable;
import io.headrace.api.Source;
import io.headrace.api.SourceReader;
import io.headrace.api.Split;
import io.headrace.api.TypeToken;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Elements in files, each file a split.
 *
 * <p>An element that is malformed fails the job, unless {@link io.headrace.api.Stream#skipFailures}
 * or {@link io.headrace.api.Stream#deadLetters} of the source's stream says otherwise; a dead
 * letter then has its file, its line and all of its bytes. Elements have 1 MiB at most: where a
 * longer one ends is not looked for, so it is refused whatever the stream says. So is a file that
 * is not what its format says outside of its elements.
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

  private FileSource(Inputs inputs, Class<T> type, FileFormat<T> format) {
    this.inputs = inputs;
    this.type = type;
    this.format = format;
  }

  static <T> FileSource<T> of(Inputs inputs, Class<T> type, FileFormat<T> format) {
    return new FileSource<>(inputs, type, format);
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
    ByteWindow window = window(inputs.file(split), position, context);
    try {
      FileFormat.Elements<T> elements = format.begin(window);
      window.skipTo(position);
      return new FileReader<>(window, elements);
    } catch (IOException | RuntimeException failure) {
      window.close();
      throw failure;
    }
  }

  private ByteWindow window(Path file, FilePosition position, ConnectorContext context)
      throws IOException {
    try {
      return ByteWindow.open(file, inputs.openOptions());
    } catch (NoSuchFileException missing) {
      String what =
          "File %s of source \"%s\" is not there"
              .formatted(Printable.of(file.toAbsolutePath()), context.operator());
      throw position.equals(FilePosition.START)
          ? refused(
              what + ". Nothing of it has been read.",
              "Check its path, or take it out of the source if no checkpoint knows it yet.",
              missing)
          : refused(
              what + " any more. It was read up to " + position + ".",
              "Bring it back as it was; the job then goes on from there.",
              missing);
    }
  }

  private static HeadraceException refused(String what, String remedy, Exception cause) {
    return new HeadraceException(ErrorCode.INPUT_REFUSED, what + " " + remedy, cause)
        .withRemedy(remedy);
  }
}

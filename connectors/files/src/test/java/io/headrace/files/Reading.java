package io.headrace.files;

import io.headrace.api.Clock;
import io.headrace.api.ConnectorContext;
import io.headrace.api.MalformedInput;
import io.headrace.api.SourceOutput;
import io.headrace.api.SourceReader;
import io.headrace.api.Split;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a source delivers from a file.
 *
 * @param values in their order
 * @param after the position behind each value, as many
 * @param betweenPolls the positions that a checkpoint may store
 * @param malformed what could not be read and was skipped
 */
record Reading<T>(
    List<T> values,
    List<FilePosition> after,
    List<FilePosition> betweenPolls,
    List<MalformedInput> malformed) {

  /** A value of a source. */
  record Word(int id, String text) {}

  static final ConnectorContext CONTEXT =
      new ConnectorContext("job", "here", "source", 0, 1, Clock.system());

  static Path write(Path file, String text) {
    return write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  static Path write(Path file, byte[] bytes) {
    try {
      return Files.write(file, bytes);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  static String json(int id, String text) {
    return "{\"id\":" + id + ",\"text\":\"" + text + "\"}";
  }

  /** Reads the only split of a source to its end, or to what is malformed. */
  static <T> Reading<T> of(FileSource<T> source) throws IOException {
    return from(source, FilePosition.START);
  }

  /** Reads the only split of a source from a position to its end, or to what is malformed. */
  static <T> Reading<T> from(FileSource<T> source, FilePosition position) throws IOException {
    Consumer<MalformedInput> refused =
        input -> {
          throw input.refused();
        };
    return read(source, position, List.of(), refused);
  }

  /** Reads the only split of a source to its end, past what is malformed. */
  static <T> Reading<T> skipping(FileSource<T> source) throws IOException {
    return skipping(source, FilePosition.START);
  }

  /** Reads the only split of a source from a position to its end, past what is malformed. */
  static <T> Reading<T> skipping(FileSource<T> source, FilePosition position) throws IOException {
    List<MalformedInput> malformed = new ArrayList<>();
    return read(source, position, malformed, malformed::add);
  }

  private static <T> Reading<T> read(
      FileSource<T> source,
      FilePosition position,
      List<MalformedInput> malformed,
      Consumer<MalformedInput> onMalformed)
      throws IOException {
    Reading<T> reading =
        new Reading<>(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), malformed);
    try (FileReader<T> reader = open(source, position)) {
      SourceReader.Poll poll = SourceReader.Poll.MORE;
      while (poll == SourceReader.Poll.MORE) {
        reading.betweenPolls.add(reader.position());
        poll =
            reader.poll(
                output(
                    value -> {
                      reading.values.add(value);
                      reading.after.add(reader.position());
                    },
                    onMalformed));
      }
      reading.betweenPolls.add(reader.position());
    }
    return reading;
  }

  /** Takes what a reader reads, and what it cannot read. */
  static <T> SourceOutput<T> output(Consumer<T> values, Consumer<MalformedInput> onMalformed) {
    return new SourceOutput<>() {
      @Override
      public void emit(T value) {
        values.accept(value);
      }

      @Override
      public void malformed(MalformedInput input) {
        onMalformed.accept(input);
      }
    };
  }

  /** The numbers of the lines that what is malformed begins in. */
  List<Long> linesOfMalformed() {
    return malformed.stream()
        .map(input -> input.place().replaceFirst("(?s)^File .*, line (\\d+)$", "$1"))
        .map(Long::valueOf)
        .toList();
  }

  /** Opens the only split of a source. */
  @SuppressWarnings("unchecked") // The only reader that this source opens.
  static <T> FileReader<T> open(FileSource<T> source, FilePosition position) throws IOException {
    Split<FilePosition> split = source.splits().get(0);
    return (FileReader<T>) source.open(split.name(), position, CONTEXT);
  }
}

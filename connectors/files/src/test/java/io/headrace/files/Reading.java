package io.headrace.files;

import io.headrace.api.Clock;
import io.headrace.api.ConnectorContext;
import io.headrace.api.SourceReader;
import io.headrace.api.Split;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a source delivers from a file.
 *
 * @param values in their order
 * @param after the position behind each value, as many
 * @param betweenPolls the positions that a checkpoint may store
 */
record Reading<T>(List<T> values, List<FilePosition> after, List<FilePosition> betweenPolls) {

  /** A value of a source. */
  record Word(int id, String text) {}

  static final ConnectorContext CONTEXT =
      new ConnectorContext("job", "source", 0, 1, Clock.system());

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

  /** Reads the only split of a source to its end. */
  static <T> Reading<T> of(FileSource<T> source) throws IOException {
    return from(source, source.splits().get(0).position());
  }

  /** Reads the only split of a source from a position to its end. */
  static <T> Reading<T> from(FileSource<T> source, FilePosition position) throws IOException {
    Reading<T> reading = new Reading<>(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    try (FileReader<T> reader = open(source, position)) {
      SourceReader.Poll poll = SourceReader.Poll.MORE;
      while (poll == SourceReader.Poll.MORE) {
        reading.betweenPolls.add(reader.position());
        poll =
            reader.poll(
                value -> {
                  reading.values.add(value);
                  reading.after.add(reader.position());
                });
      }
      reading.betweenPolls.add(reader.position());
    }
    return reading;
  }

  /** Opens the only split of a source. */
  @SuppressWarnings("unchecked") // The only reader that this source opens.
  static <T> FileReader<T> open(FileSource<T> source, FilePosition position) throws IOException {
    Split<FilePosition> split = source.splits().get(0);
    return (FileReader<T>) source.open(split.name(), position, CONTEXT);
  }
}

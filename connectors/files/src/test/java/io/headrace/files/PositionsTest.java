package io.headrace.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.SourceOutput;
import io.headrace.api.SourceReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is delivered from a position is the same each time, for all formats, packed or not. */
@Timeout(120)
final class PositionsTest {

  @TempDir Path folder;

  record Row(String text, int number) {}

  /** A format, with random files of it, some elements of which are malformed. */
  enum Format {
    TEXT(".txt") {
      @Override
      String content(SplittableRandom random) {
        return lines(random, () -> RandomText.of(random, RandomText.IN_A_LINE));
      }

      @Override
      FileSource<?> source(Path file) {
        return TextFiles.read(file);
      }
    },
    JSON(".jsonl") {
      @Override
      String content(SplittableRandom random) {
        return lines(
            random,
            () ->
                random.nextInt(4) == 0
                    ? " {"
                    : "{\"text\":\"ü,\",\"number\":%d}".formatted(random.nextInt()));
      }

      @Override
      FileSource<?> source(Path file) {
        return JsonLines.read(file, Row.class);
      }
    },
    ARRAY(".json") {
      @Override
      String content(SplittableRandom random) {
        String lines =
            lines(random, () -> "{\"text\":\"],\",\"number\":%s},".formatted(random.nextInt(9)));
        return "[\n" + lines + "0]";
      }

      @Override
      FileSource<?> source(Path file) {
        return JsonArray.read(file, Row.class);
      }
    },
    CSV(".csv") {
      @Override
      String content(SplittableRandom random) {
        return "\n\r\nnumber,text\n"
            + lines(
                random,
                () ->
                    switch (random.nextInt(5)) {
                      case 0 -> "";
                      case 1 -> "1,a\"\"b";
                      default ->
                          random.nextInt()
                              + ",\""
                              + RandomText.of(random, RandomText.ANY).replace("\"", "\"\"")
                              + "\"";
                    });
      }

      @Override
      FileSource<?> source(Path file) {
        return CsvFiles.read(file, Row.class);
      }
    };

    private final String extension;

    Format(String extension) {
      this.extension = extension;
    }

    abstract String content(SplittableRandom random);

    abstract FileSource<?> source(Path file);

    private static String lines(SplittableRandom random, java.util.function.Supplier<String> line) {
      StringBuilder lines = new StringBuilder(random.nextInt(9) == 0 ? "" : line.get() + "\n");
      for (int left = random.nextInt(1, 400); left > 0; left--) {
        lines.append(line.get()).append(random.nextInt(4) == 0 ? "\r\n" : "\n");
      }
      return lines.toString();
    }
  }

  @ParameterizedTest
  @EnumSource
  void fromAnyPositionTheRestIsTheSame(Format format) throws IOException {
    long seed = Long.getLong("seed", 21);
    SplittableRandom random = new SplittableRandom(seed);
    int values = 0;
    for (int i = 0; i < 30; i++) {
      byte[] content = format.content(random).getBytes(StandardCharsets.UTF_8);
      boolean isPacked = random.nextBoolean();
      Path file = folder.resolve(i + format.extension + (isPacked ? ".gz" : ""));
      Reading.write(file, isPacked ? Gzip.inMembers(content, random) : content);
      values += check(format.source(file), "seed " + seed + ", file " + i, random);
    }

    assertThat(values).isGreaterThan(1000);
  }

  private static <T> int check(FileSource<T> source, String what, SplittableRandom random)
      throws IOException {
    Reading<T> whole = Reading.skipping(source);
    int count = whole.values().size();
    for (int k = 0; k < count; k++) {
      // Behind each value once in a while, and always behind the last.
      if (random.nextInt(4) == 0 || k == count - 1) {
        Reading<T> rest = Reading.skipping(source, whole.after().get(k));
        assertThat(rest.values()).as(what).isEqualTo(whole.values().subList(k + 1, count));
        assertThat(rest.linesOfMalformed())
            .as(what)
            .isEqualTo(lastOf(whole.linesOfMalformed(), rest.malformed().size()));
        assertThat(rest.after()).as(what).isEqualTo(whole.after().subList(k + 1, count));
      }
    }
    assertThat(withRestarts(source, random)).as(what).isEqualTo(whole.values());
    return count;
  }

  private static List<Long> lastOf(List<Long> lines, int count) {
    return lines.subList(lines.size() - count, lines.size());
  }

  /** What is read if the reader is closed and opened again after some of its polls. */
  private static <T> List<T> withRestarts(FileSource<T> source, SplittableRandom random)
      throws IOException {
    List<T> values = new ArrayList<>();
    SourceOutput<T> output = Reading.output(values::add, malformed -> {});
    FilePosition position = FilePosition.START;
    SourceReader.Poll poll = SourceReader.Poll.MORE;
    while (poll == SourceReader.Poll.MORE) {
      try (FileReader<T> reader = Reading.open(source, position)) {
        for (int i = random.nextInt(3); i >= 0 && poll == SourceReader.Poll.MORE; i--) {
          poll = reader.poll(output);
        }
        position = reader.position();
      }
    }
    return values;
  }
}

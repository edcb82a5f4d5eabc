package io.headrace.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("RE-1")
@Timeout(120)
class DemoTest {

  private static final double PER_SECOND = Flights.COUNT / 4.0;

  @TempDir Path folder;

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  private Demo demo() {
    return new Demo(folder, PER_SECOND, new PrintStream(said, true, StandardCharsets.UTF_8), false);
  }

  private String said() {
    return said.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aJobThatIsKilledTwiceCommitsWhatOneDoesThatNobodyDisturbsAndAnotherLineWouldBeSeen()
      throws IOException, InterruptedException {
    assertThat(demo().run()).as(said()).isTrue();

    assertThat(said()).containsSubsequence("kill -9 ", "continued from checkpoint ", "kill -9 ");
    assertThat(said()).doesNotContain("checkpoint - ");
    assertThat(said()).contains("20000 lines were committed, for 220 airports: each equals");

    commitALineTwice();

    assertThat(demo().compare(folder.resolve("killed"), folder.resolve("undisturbed"))).isFalse();
    assertThat(said()).contains("20001 lines were committed, ").contains(" instead of ");
  }

  private void commitALineTwice() throws IOException {
    Path updates = FlightDelaysMain.updates(folder.resolve("killed"));
    try (Stream<Path> files = Files.list(updates)) {
      Path file = files.filter(each -> each.toString().endsWith(".jsonl")).findAny().orElseThrow();
      String line = Files.readAllLines(file).get(0);
      Files.writeString(file, Files.readString(file) + line + "\n");
    }
  }
}

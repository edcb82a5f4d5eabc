package io.headrace.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.Job;
import io.headrace.examples.FlightDelays;
import io.headrace.examples.Flights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a job writes is the same on both runners, but for the order of lines of different keys and
 * what is in which file.
 */
class RunnerContractTest {

  private static Runner flink = new EmbeddedRunner();

  @TempDir Path folder;

  @BeforeAll
  static void startFlink() throws Exception {
    flink = new MiniClusterRunner();
  }

  @AfterAll
  static void stopFlink() throws Exception {
    flink.close();
  }

  /** The sorted lines that a job writes in this JVM, after they were found the same on Flink. */
  private List<String> written(Function<Path, Job> job) throws Exception {
    Path embedded = folder.resolve("embedded");
    new EmbeddedRunner().run(job.apply(embedded), folder.resolve("state"));
    Path onFlink = folder.resolve("flink");
    flink.run(job.apply(onFlink), folder.resolve("checkpoints"));
    List<String> lines = lines(embedded);
    assertThat(lines(onFlink)).isEqualTo(lines);
    return lines;
  }

  private static List<String> lines(Path folder) throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(RunnerContractTest::isCommitted).toList()) {
        lines.addAll(Files.readAllLines(file));
      }
    }
    lines.sort(null);
    return lines;
  }

  private static boolean isCommitted(Path file) {
    return Files.isRegularFile(file) && !file.toString().contains(".pending");
  }

  @Test
  void valuesThatFailLeaveNothingButALetter() throws Exception {
    List<String> lines = written(out -> new Cases.DeadLetters(out.toString()));

    assertThat(lines).filteredOn(line -> line.startsWith("PROCESS")).hasSize(7);
    assertThat(lines).filteredOn(line -> line.contains("no threes")).hasSize(1);
    assertThat(lines).filteredOn(line -> line.contains("no key for forty")).hasSize(1);
    assertThat(lines).filteredOn(line -> line.contains("no seventies")).hasSize(5);
  }

  @Test
  void operatorsUseServicesThatTheJobMakesOfItsSettings() throws Exception {
    List<String> lines = written(out -> new Cases.Lookups(out.toString(), "hello"));

    assertThat(lines).hasSize(30).contains("hello 7");
  }

  @Test
  void timersFireAtTheEndWhateverTheirTime() throws Exception {
    List<String> lines = written(out -> new Cases.TimersAtTheEnd(out.toString()));

    assertThat(lines).filteredOn(line -> line.startsWith("value ")).hasSize(40);
    assertThat(lines).filteredOn(line -> line.contains(" EVENT_TIME ")).hasSize(4 + 26);
    assertThat(lines)
        .filteredOn(line -> line.contains(" PROCESSING_TIME "))
        .hasSize(4 + 4 + 26 - 1);
  }

  @Test
  void valuesWhoseTimeCannotBeToldAreSkipped() throws Exception {
    List<String> lines = written(out -> new Cases.Timeless(out.toString()));

    assertThat(lines).filteredOn(line -> line.startsWith("value ")).hasSize(9);
    assertThat(lines).noneMatch(line -> line.startsWith("value 7"));
  }

  @Test
  void twoStreamsMeetTheSameState() throws Exception {
    List<String> lines = written(out -> new Cases.TwoStreams(out.toString()));

    assertThat(lines).containsExactly("0 1030", "1 1034", "2 1038", "3 1042", "4 1046");
  }

  @Test
  void aSinkPutsAsideWhatItRejects() throws Exception {
    List<String> lines = written(out -> new Cases.Rejecting(out.toString(), false));

    assertThat(lines).containsExactly("WRITE 0", "WRITE 3", "WRITE 6", "WRITE 9");
  }

  @Test
  void aSinkThatCannotGoOnFailsTheJobWhateverIsPutAside() {
    for (Runner runner : List.of(flink, new EmbeddedRunner())) {
      Path out = folder.resolve(runner.getClass().getSimpleName());

      assertThatThrownBy(
              () ->
                  runner.run(new Cases.Rejecting(out.toString(), true), out.resolve("checkpoints")))
          .hasStackTraceContaining("no space left");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aCommitThatFailsIsNotTakenForDoneAndDoneOnce(boolean isDone) throws Exception {
    List<String> lines = written(out -> new FailedCommit(out.toString(), isDone));

    assertThat(lines).hasSize((int) FailedCommit.VALUES).doesNotHaveDuplicates();
    assertThat(folder.resolve("flink-has-failed")).exists();
    assertThat(folder.resolve("embedded-has-failed")).exists();
  }

  @Test
  void aTimerThatIsDueFiresAlthoughTheOneBeforeItFailed() throws Exception {
    List<String> lines = written(out -> new Cases.DueTimers(out.toString()));

    assertThat(lines)
        .containsExactly(
            "0 " + Instant.MAX,
            "0 1970-01-01T00:00:00.002Z",
            "1 " + Instant.MAX,
            "1 1970-01-01T00:00:00.002Z");
  }

  @Test
  void everyTaskSeesTheSameBroadcastState() throws Exception {
    List<String> lines = written(out -> new Cases.Rules(out.toString()));

    assertThat(lines).hasSize(12);
  }

  @Test
  void stateOfKeysIsOutOfReachOfWhatIsBroadcast() {
    for (Runner runner : List.of(flink, new EmbeddedRunner())) {
      Path out = folder.resolve(runner.getClass().getSimpleName());

      assertThatThrownBy(
              () ->
                  runner.run(
                      new Cases.KeyedInBroadcast(out.toString()), out.resolve("checkpoints")))
          .hasStackTraceContaining(
              "State \"count\" of operator \"counts\" was used while no value");
    }
  }

  @Test
  @Timeout(120) // It would not end.
  void readersProcessesAndWritersAreToldOfCheckpoints() throws Exception {
    assertThat(written(out -> new Listening(out.toString()))).hasSizeGreaterThan(0);
  }

  @Test
  void theFlightsAreTheSame() throws Exception {
    Path flights = Flights.copyTo(folder);

    List<String> lines = written(out -> new FlightDelays(flights, 0, out));

    assertThat(lines).hasSize(Flights.COUNT);
  }
}

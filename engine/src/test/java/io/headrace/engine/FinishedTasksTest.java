package io.headrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.CheckpointId;
import io.headrace.api.Job;
import io.headrace.api.OperatorState;
import io.headrace.api.RestartStrategy;
import io.headrace.api.Settings;
import io.headrace.api.connector.CollectingSink;
import io.headrace.api.connector.Sinks;
import io.headrace.api.connector.Sources;
import io.headrace.checkpoint.Manifest;
import io.headrace.checkpoint.StateFile;
import io.headrace.codec.Codec;
import io.headrace.codec.Codecs;
import io.headrace.codec.Decoder;
import io.headrace.engine.coordinator.Outcome;
import io.headrace.engine.task.Activity;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What tasks add to checkpoints after their input has ended, while others go on. */
@Tag("AB-15")
@Timeout(60)
class FinishedTasksTest {

  private static final int KEYS = 10;

  @TempDir Path directory;

  private final ListedSource few = new ListedSource(Optional.empty(), true);
  private final CollectingSink<Long> counted = Sinks.collect();

  private final Job job =
      pipeline -> {
        pipeline
            .source("few", few)
            .keyBy(value -> value.substring(1))
            .aggregate("counts", Long.class, 0L, (count, value) -> count + 1)
            .map(change -> change.value())
            .as(Long.class)
            .sink("counted", counted);
        pipeline
            .source("endless", Sources.generate(Long.class, Long.MAX_VALUE / 4, index -> index))
            .filter(number -> number < 0)
            .sink("rest", Sinks.collect());
      };

  private Settings settings(int parallelism) {
    return Settings.in(directory)
        .parallelism(parallelism)
        .checkpointInterval(Duration.ofDays(1))
        .withRestarts(RestartStrategy.none());
  }

  /** A run in which all tasks that count have read their input to its end. */
  private ManualRun finished() {
    ManualRun run = ManualRun.start(job, settings(2));
    run.until(
        () ->
            run.status().tasks().stream()
                .filter(task -> !task.id().operators().startsWith("endless"))
                .allMatch(task -> task.activity() == Activity.FINISHED));
    return run;
  }

  private Manifest checkpoint(ManualRun run) throws IOException {
    CompletableFuture<CheckpointId> asked = run.coordinator().checkpoint();
    run.until(asked::isDone);
    Manifest newest = StoredCheckpoints.newest(directory);
    assertThat(newest.id()).isEqualTo(asked.join());
    return newest;
  }

  private static void stop(ManualRun run) {
    run.coordinator().stop();
    assertThat(run.end().kind()).isEqualTo(Outcome.Kind.STOPPED);
  }

  @Test
  void theFirstCheckpointHoldsTheirLastTransactionsAndThoseAfterItNone() throws IOException {
    few.list("a", KEYS);
    ManualRun run = finished();

    Manifest first = checkpoint(run);
    Manifest second = checkpoint(run);
    Manifest third = checkpoint(run);
    stop(run);

    assertThat(first.sinks()).extracting(Manifest.Sink::name).containsExactly("counted");
    assertThat(counted.values()).isEqualTo(Collections.nCopies(KEYS, 1L));
    assertThat(second.sinks()).isEmpty();
    assertThat(third.sinks()).isEmpty();
  }

  @Test
  void theirPositionsHaveEndedAndTheirStateStaysAsItWas() throws IOException {
    few.list("a", KEYS);
    ManualRun run = finished();

    Manifest first = checkpoint(run);
    Manifest second = checkpoint(run);
    stop(run);

    for (Manifest each : List.of(first, second)) {
      assertThat(few(each).positions()).singleElement().matches(Manifest.Position::hasEnded);
      assertThat(entries(each)).isEqualTo(KEYS);
    }
    assertThat(second.connectors()).usingRecursiveComparison().isEqualTo(first.connectors());
  }

  @Test
  void theirStateIsThereForInputThatComesWhenTheJobIsStartedAgain() {
    few.list("a", KEYS);
    stop(finished());
    few.list("b", KEYS);

    stop(finished());

    assertThat(counted.values())
        .hasSize(2 * KEYS)
        .containsOnly(1L, 2L)
        .satisfies(counts -> assertThat(Collections.frequency(counts, 2L)).isEqualTo(KEYS));
  }

  /** Of three tasks two are done; whoever goes on, and with how many, has what they held, once. */
  @ParameterizedTest
  @ValueSource(ints = {3, 2, 1, 5})
  @Tag("AB-14")
  @Tag("ST-6")
  @Tag("ST-7")
  @Tag("ST-12")
  void operatorStateOfSomeFinishedTasksIsKeptOnceWhateverGoesOn(int parallelism)
      throws IOException {
    few.list("a", 2);
    few.list("b", 2);
    few.list("endless", Integer.MAX_VALUE);

    for (int tasks : new int[] {3, parallelism, 3}) {
      ManualRun run = ManualRun.start(noting(few), settings(tasks));
      run.until(() -> finishedSources(run) == tasks - 1);
      for (Manifest each : List.of(checkpoint(run), checkpoint(run))) {
        assertNotedOnce(each, "a", "b", "endless");
      }
      stop(run);
    }
  }

  /** Splits that have ended are not opened again where more may be found. */
  @ParameterizedTest
  @ValueSource(ints = {3, 2, 1, 5})
  @Tag("AB-14")
  @Tag("ST-6")
  @Tag("ST-7")
  @Tag("ST-12")
  void operatorStateIsKeptOnceWhereNoTaskHasAnythingToRead(int parallelism) throws IOException {
    ListedSource found = new ListedSource(Optional.of(Duration.ofDays(1)), false);
    found.list("a", 2);
    found.list("b", 2);

    for (int tasks : new int[] {3, parallelism, 3}) {
      ManualRun run = ManualRun.start(noting(found), settings(tasks));
      run.until(() -> found.opened().size() == 2 && found.open() == 0);
      assertNotedOnce(checkpoint(run), "a", "b");
      stop(run);
    }
  }

  /** A barrier may come before a task has looked at what it was given: it is kept, if twice. */
  @Test
  @Tag("ST-7")
  void operatorStateIsKeptUntilTasksHaveLookedAtIt() throws IOException {
    few.list("a", Integer.MAX_VALUE);
    few.list("b", Integer.MAX_VALUE);
    ManualRun first = ManualRun.start(noting(few), settings(2));
    checkpoint(first);
    assertNotedOnce(checkpoint(first), "a", "b"); // Each split is read between two barriers.
    stop(first);

    ManualRun second = ManualRun.start(noting(few), settings(2));
    assertThat(elements(checkpoint(second), NotingSource.UNITED)).contains("a", "b");
    second.coordinator().cancel();
    second.end();

    ManualRun third = ManualRun.start(noting(few), settings(2));
    checkpoint(third);
    assertNotedOnce(checkpoint(third), "a", "b");
    stop(third);
  }

  private static Job noting(ListedSource listed) {
    return pipeline -> pipeline.source("in", new NotingSource(listed)).sink("out", Sinks.collect());
  }

  private static long finishedSources(ManualRun run) {
    return run.status().tasks().stream()
        .filter(task -> task.id().operators().startsWith("in"))
        .filter(task -> task.activity() == Activity.FINISHED)
        .count();
  }

  private static void assertNotedOnce(Manifest manifest, String... splits) {
    for (OperatorState<String> state : List.of(NotingSource.SPLIT, NotingSource.UNITED)) {
      assertThat(elements(manifest, state)).as(state.name()).containsExactlyInAnyOrder(splits);
    }
  }

  private static List<String> elements(Manifest manifest, OperatorState<String> state) {
    Codec<String> codec = Codecs.of(String.class);
    return manifest.connectors().stream()
        .flatMap(connector -> connector.states().stream())
        .filter(each -> each.name().equals(state.name()))
        .flatMap(each -> each.elements().stream())
        .map(bytes -> codec.decode(new Decoder(bytes)))
        .toList();
  }

  private static Manifest.Source few(Manifest manifest) {
    return manifest.sources().stream()
        .filter(source -> source.name().equals("few"))
        .findFirst()
        .orElseThrow();
  }

  private static long entries(Manifest manifest) {
    return manifest.operators().stream()
        .flatMap(operator -> operator.states().stream())
        .flatMap(state -> state.files().stream())
        .mapToLong(StateFile::entries)
        .sum();
  }
}

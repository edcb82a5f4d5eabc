package io.headrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.Job;
import io.headrace.api.RestartStrategy;
import io.headrace.api.Settings;
import io.headrace.api.connector.CollectingSink;
import io.headrace.api.connector.Sinks;
import io.headrace.engine.coordinator.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Jobs whose source is asked for new splits. */
@Timeout(60)
class DiscoveryTest {

  @TempDir Path directory;

  private final CollectingSink<String> sink = Sinks.collect();

  private Job job(ListedSource source) {
    return pipeline -> pipeline.source("in", source).sink("out", sink);
  }

  private Settings settings(int parallelism) {
    return Settings.in(directory)
        .parallelism(parallelism)
        .checkpointInterval(Duration.ofMillis(5))
        .withRestarts(RestartStrategy.none());
  }

  private static ListedSource source(boolean isBounded) {
    return new ListedSource(Optional.of(Duration.ofMillis(1)), isBounded);
  }

  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      assertThat(Thread.interrupted()).as("gave up").isFalse();
      LockSupport.parkNanos(1_000);
    }
  }

  @Test
  @Tag("EE-2")
  void splitsThatAppearWhileTheJobRunsAreReadAndTheirReadersClosed() {
    ListedSource source = source(false);
    try (Run run = Headrace.start(job(source), settings(2))) {
      for (int split = 0; split < 20; split++) {
        source.list("split-" + split + "-", 10);
        int values = (split + 1) * 10;
        await(() -> sink.values().size() == values);
      }
      await(() -> source.open() == 0);

      run.stop();

      assertThat(run.await()).isEqualTo(Outcome.Kind.STOPPED);
    }

    assertThat(sink.values()).hasSize(200).doesNotHaveDuplicates();
  }

  @Test
  @Tag("EE-2")
  void eachSplitIsReadOnceOverStopsAndOtherParallelisms() {
    ListedSource source = source(false);
    int split = 0;
    for (int parallelism : new int[] {1, 3, 2, 1, 4}) {
      source.list("down-" + split + "-", 50);
      try (Run run = Headrace.start(job(source), settings(parallelism))) {
        source.list("up-" + split + "-", 50);
        split++;
        int values = split * 100;
        await(() -> sink.values().size() >= values);
        run.stop();
      }
    }

    assertThat(sink.values()).hasSize(500).doesNotHaveDuplicates();
    assertThat(source.open()).isZero();
  }

  @Test
  @Tag("EE-2")
  void aNameIsFreeAgainAlsoWhereNothingElseIsRead() {
    ListedSource source = source(false);
    source.list("a", 2);
    try (Run run = Headrace.start(job(source), settings(2))) {
      await(() -> sink.values().size() == 2);
      source.remove("a");
      int asked = source.asked();
      await(() -> source.asked() > asked + 2);
      source.list("a", 3);
      await(() -> sink.values().size() == 5);
      run.stop();
    }

    assertThat(sink.values()).containsExactly("a0", "a1", "a0", "a1", "a2");
  }

  @Test
  @Tag("EE-2")
  @Tag("AB-14")
  void aBoundedSourceThatIsAskedAgainEnds() {
    ListedSource source = source(true);
    source.list("a", 10);
    source.list("b", 10);

    Headrace.run(job(source), settings(3));

    assertThat(sink.values()).hasSize(20);
    assertThat(source.asked()).isGreaterThan(1);
  }
}

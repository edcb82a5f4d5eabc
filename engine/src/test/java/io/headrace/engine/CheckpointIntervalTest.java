package io.headrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.ConnectorContext;
import io.headrace.api.Job;
import io.headrace.api.RestartStrategy;
import io.headrace.api.Settings;
import io.headrace.api.SourceOutput;
import io.headrace.api.SourceReader;
import io.headrace.engine.coordinator.CheckpointStatus;
import io.headrace.engine.coordinator.RunPhase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the interval between checkpoints trades: how many there are, for how much is read again. A
 * number is read each millisecond, on a clock that the test moves.
 */
@Tag("SP-2")
@Timeout(120)
class CheckpointIntervalTest {

  private static final Duration STEP = Duration.ofMillis(1);

  @TempDir Path folder;

  private final Counting source = new Counting();

  private ManualRun start(Path directory, int interval) {
    Job job = pipeline -> pipeline.source("in", source).sink("out", new HookedSink(step -> {}));
    ManualRun run =
        ManualRun.start(
            job,
            Settings.in(directory)
                .parallelism(1)
                .checkpointInterval(STEP.multipliedBy(interval))
                .withRestarts(RestartStrategy.none()));
    run.until(() -> run.status().phase() == RunPhase.RUNNING);
    return run;
  }

  private static void steps(ManualRun run, int count) {
    for (int i = 0; i < count; i++) {
      run.step(STEP);
    }
  }

  private static void cancel(ManualRun run) {
    run.coordinator().cancel();
    run.end();
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 60, 180})
  void whatIsReadAgainIsNoMoreThanOneIntervalAndTheTimeOfACheckpointBring(int interval) {
    long most = 0;
    long longest = 0;
    for (int after = 0; after <= 2 * interval; after += interval / 10) {
      Path directory = folder.resolve("after-" + after);
      ManualRun run = start(directory, interval);
      steps(run, interval + after);
      for (CheckpointStatus checkpoint : run.status().checkpoints()) {
        longest = Math.max(longest, checkpoint.duration().dividedBy(STEP));
      }
      long read = source.next;
      cancel(run);
      cancel(start(directory, interval));
      most = Math.max(most, read - source.opened.get(source.opened.size() - 1));
    }

    assertThat(most).isBetween(interval * 9L / 10, interval + longest);
  }

  @Test
  void halfTheIntervalIsTwiceTheCheckpoints() {
    List<Long> counts = new ArrayList<>();
    for (int interval : new int[] {25, 50, 100, 200}) {
      ManualRun run = start(folder.resolve("every-" + interval), interval);
      steps(run, 1_000 + interval / 2);
      counts.add(run.status().complete());
      cancel(run);
    }

    assertThat(counts).containsExactly(40L, 20L, 10L, 5L);
  }

  /** Emits a number each time it is asked. */
  private static final class Counting implements Numbers {

    private final List<Long> opened = new ArrayList<>();
    private long next;

    @Override
    public SourceReader<Long, Long> open(String split, Long start, ConnectorContext context) {
      opened.add(start);
      next = start;
      return new SourceReader<>() {
        @Override
        public Poll poll(SourceOutput<Long> out) {
          out.emit(next++);
          return Poll.MORE;
        }

        @Override
        public Long position() {
          return next;
        }

        @Override
        public void close() {
          // Nothing is held open.
        }
      };
    }
  }
}

package io.headrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.CheckpointId;
import io.headrace.api.Context;
import io.headrace.api.Job;
import io.headrace.api.KeyedProcess;
import io.headrace.api.OnTimerContext;
import io.headrace.api.RestartStrategy;
import io.headrace.api.Settings;
import io.headrace.api.States;
import io.headrace.api.TimerService;
import io.headrace.api.connector.CollectingSink;
import io.headrace.api.connector.Sinks;
import io.headrace.engine.coordinator.Outcome;
import io.headrace.engine.coordinator.RunPhase;
import io.headrace.engine.task.ManualHost;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A job was stopped for longer than all of its processing-time timers were to wait. */
@Tag("FAULT-64")
@Timeout(60)
final class TimersDueTest {

  /** Many times what fires in one step. */
  private static final long COUNT = 5_000;

  private static final long KEYS = 100;

  /** When the first timer is due; each next one is, a millisecond later. */
  private static final Instant FIRST = Instant.EPOCH.plus(Duration.ofHours(1));

  @TempDir Path directory;

  private int timersSet;

  /** What timers have fired, whatever became of it. */
  private final List<Long> fired = new ArrayList<>();

  private final CollectingSink<Long> committed = Sinks.collect();

  private final Job job =
      pipeline ->
          pipeline
              .source("numbers", new FedNumbers(COUNT))
              .keyBy(number -> number % KEYS)
              .process("alarms", Alarms::new)
              .sink("out", committed);

  /** Sets a timer for each number; a later number may have an earlier one. */
  private final class Alarms implements KeyedProcess<Long, Long, Long> {

    private final TimerService timers;

    Alarms(States states) {
      timers = states.timers();
    }

    @Override
    public void process(Long number, Context<Long, Long> at) {
      timersSet++;
      timers.registerProcessingTimeTimer(FIRST.plusMillis(number * 1_237 % COUNT));
    }

    @Override
    public void onTimer(Instant time, OnTimerContext<Long, Long> at) {
      long due = Duration.between(FIRST, time).toMillis();
      fired.add(due);
      at.emit(due);
    }
  }

  private ManualRun start(Duration time) {
    ManualHost host = new ManualHost();
    host.pass(time);
    ManualRun run =
        ManualRun.start(
            host,
            job,
            Settings.in(directory)
                .parallelism(1)
                .checkpointInterval(Duration.ofDays(1))
                .withRestarts(RestartStrategy.none()));
    run.until(() -> run.status().phase() == RunPhase.RUNNING);
    return run;
  }

  private void stopWithAllTimersSet() {
    ManualRun run = start(Duration.ZERO);
    run.until(() -> timersSet == COUNT);
    run.coordinator().stop();
    assertThat(run.end().kind()).isEqualTo(Outcome.Kind.STOPPED);
    assertThat(fired).isEmpty();
  }

  private static List<Long> upTo(long count) {
    return LongStream.range(0, count).boxed().toList();
  }

  @Test
  void whatIsDueAtARestoreFiresInOrderAndACheckpointIsCompleteBeforeAllHas() {
    stopWithAllTimersSet();
    ManualRun run = start(Duration.ofDays(1));

    CompletableFuture<CheckpointId> checkpoint = run.coordinator().checkpoint();
    run.until(checkpoint::isDone);
    int before = fired.size();
    List<Long> inCheckpoint = committed.values();
    run.until(() -> fired.size() == COUNT);

    assertThat(before).isBetween(1, (int) COUNT - 1);
    assertThat(inCheckpoint).isEqualTo(upTo(inCheckpoint.size())).hasSizeBetween(1, before);
    assertThat(fired).isEqualTo(upTo(COUNT));
    run.coordinator().cancel();
    run.end();
  }

  @Test
  void whatACheckpointBetweenThemHasNotFiresAgainAfterIt() {
    stopWithAllTimersSet();
    ManualRun crashed = start(Duration.ofDays(1));
    crashed.until(crashed.coordinator().checkpoint()::isDone);
    List<Long> inCheckpoint = committed.values();
    crashed.until(() -> fired.size() == COUNT);
    crashed.coordinator().cancel();
    crashed.end();
    fired.clear();

    ManualRun last = start(Duration.ofDays(2));
    last.until(() -> fired.size() == COUNT - inCheckpoint.size());
    last.coordinator().stop();

    assertThat(last.end().kind()).isEqualTo(Outcome.Kind.STOPPED);
    assertThat(fired).isEqualTo(upTo(COUNT).subList(inCheckpoint.size(), (int) COUNT));
    assertThat(committed.values()).isEqualTo(upTo(COUNT));
  }
}

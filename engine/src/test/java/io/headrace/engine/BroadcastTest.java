package io.headrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.BroadcastContext;
import io.headrace.api.BroadcastState;
import io.headrace.api.BroadcastStates;
import io.headrace.api.CheckpointSettings;
import io.headrace.api.CheckpointingMode;
import io.headrace.api.Context;
import io.headrace.api.DeadLetter;
import io.headrace.api.Job;
import io.headrace.api.KeyedBroadcastProcess;
import io.headrace.api.OnTimerContext;
import io.headrace.api.RestartStrategy;
import io.headrace.api.Settings;
import io.headrace.api.Source;
import io.headrace.api.Stream;
import io.headrace.api.TimerService;
import io.headrace.api.WritableBroadcastState;
import io.headrace.api.connector.CollectingSink;
import io.headrace.api.connector.Sinks;
import io.headrace.api.connector.Sources;
import io.headrace.engine.coordinator.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A keyed stream of numbers beside rules, which are numbers that are broadcast. */
@Tag("ST-8")
@Timeout(60)
final class BroadcastTest {

  private static final int KEYS = 20;
  private static final String HISTORY = "history";

  @TempDir Path directory;

  private Settings settings(int parallelism) {
    return Settings.in(directory)
        .parallelism(parallelism)
        .checkpointInterval(Duration.ofMillis(5))
        .withRestarts(RestartStrategy.none());
  }

  /** What a test does with a rule. */
  private interface OnRule {
    void take(long rule, WritableBroadcastState<String, Long> rules);
  }

  /** Emits, at the end of input and once for each key, what the rules have come to. */
  private static final class Rules implements KeyedBroadcastProcess<Long, Long, Long, String> {
    private final OnRule onRule;
    private final BroadcastState<String, Long> rules;
    private final TimerService timers;

    Rules(BroadcastStates states, OnRule onRule) {
      this.onRule = onRule;
      this.rules = states.broadcast("rules", String.class, Long.class);
      this.timers = states.timers();
    }

    @Override
    public void process(Long number, Context<Long, String> at) {
      timers.registerEventTimeTimer(Instant.MAX);
    }

    @Override
    public void processBroadcast(Long rule, BroadcastContext at) {
      onRule.take(rule, at.writable(rules));
    }

    @Override
    public void onTimer(Instant time, OnTimerContext<Long, String> at) {
      at.emit(rules.getOrDefault("count", 0L) + " " + rules.getOrDefault(HISTORY, 0L));
    }
  }

  private static Stream<String> ruled(
      io.headrace.api.Pipeline pipeline,
      Source<Long, ?> numbers,
      Source<Long, ?> rules,
      OnRule onRule) {
    Stream<Long> broadcast = pipeline.source("rules", rules);
    return pipeline
        .source("numbers", numbers)
        .keyBy(number -> number % KEYS)
        .connect(broadcast.broadcast())
        .process("ruled", states -> new Rules(states, onRule));
  }

  private static Job job(
      Source<Long, ?> numbers, Source<Long, ?> rules, CollectingSink<String> sink, OnRule onRule) {
    return pipeline -> ruled(pipeline, numbers, rules, onRule).sink("out", sink);
  }

  private static Source<Long, ?> numbers(long count) {
    return Sources.generate(Long.class, count, index -> index).splits(3);
  }

  /** Counts rules, and notes the order that they came in. */
  private static void note(long rule, WritableBroadcastState<String, Long> rules) {
    rules.put("count", rules.getOrDefault("count", 0L) + 1);
    rules.put(HISTORY, rules.getOrDefault(HISTORY, 7L) * 31 + rule);
  }

  @Test
  void everyTaskGetsEveryValueInTheSameOrder() {
    CollectingSink<String> sink = Sinks.collect();

    Headrace.run(job(numbers(100), numbers(3_000), sink, BroadcastTest::note), settings(3));

    assertThat(sink.values()).hasSize(KEYS).allMatch(line -> line.startsWith("3000 "));
    assertThat(new HashSet<>(sink.values())).hasSize(1);
  }

  @Test
  @Tag("FAULT-66")
  @Tag("KS-7")
  void eachTaskHasACopyAfterARestartWithOtherTasks() {
    CollectingSink<String> sink = Sinks.collect();
    AtomicLong seen = new AtomicLong();
    OnRule count =
        (rule, rules) -> {
          note(rule, rules);
          seen.incrementAndGet();
        };
    try (Run run =
        Headrace.start(job(new FedNumbers(100), new FedNumbers(50), sink, count), settings(2))) {
      while (seen.get() < 2 * 50) {
        LockSupport.parkNanos(1_000);
      }
      assertThat(run.stop()).isEqualTo(Outcome.Kind.STOPPED);
    }

    Job more =
        job(
            Sources.generate(Long.class, 110, index -> index),
            Sources.generate(Long.class, 52, index -> index),
            sink,
            BroadcastTest::note);
    Headrace.run(more, settings(4));

    assertThat(sink.values()).hasSize(KEYS).allMatch(line -> line.startsWith("52 "));
    assertThat(new HashSet<>(sink.values())).hasSize(1);
  }

  @Test
  @Tag("N22")
  @Tag("FAULT-61")
  void tasksThatWriteDifferentStateFailTheJob() {
    AtomicLong calls = new AtomicLong();
    Job job =
        job(
            numbers(100),
            numbers(10),
            Sinks.collect(),
            (rule, rules) -> rules.put("call", calls.incrementAndGet()));

    assertThatThrownBy(() -> Headrace.run(job, settings(2)))
        .hasMessageContaining(
            "tasks 0 and 1 of operator \"ruled\" have different broadcast state \"rules\"")
        .hasMessageContaining("BROADCAST_STATE_DIFFERS");
  }

  /** Then tasks may be at different values when they take their snapshots. */
  @Test
  @Tag("N22")
  void atLeastOnceStateIsNotCompared() {
    AtomicLong calls = new AtomicLong();
    CollectingSink<String> sink = Sinks.collect();
    Settings settings =
        settings(2)
            .withCheckpoints(
                CheckpointSettings.defaults()
                    .interval(Duration.ofMillis(5))
                    .mode(CheckpointingMode.AT_LEAST_ONCE));

    Headrace.run(
        job(
            numbers(100),
            numbers(10),
            sink,
            (rule, rules) -> rules.put("call", calls.incrementAndGet())),
        settings);

    assertThat(sink.values()).hasSize(KEYS);
  }

  @Test
  @Tag("N15")
  void aValueThatFailsIsToldOnceAndUndoneInEveryTask() {
    CollectingSink<String> sink = Sinks.collect();
    CollectingSink<DeadLetter> dead = Sinks.collect();
    OnRule failing =
        (rule, rules) -> {
          note(rule, rules);
          if (rule % 10 == 3) {
            throw new IllegalStateException("broken");
          }
        };
    Job job =
        pipeline -> {
          Stream<String> ruled = ruled(pipeline, numbers(100), numbers(100), failing);
          ruled.sink("out", sink);
          ruled.deadLetters().sink("dead", dead);
        };

    Headrace.run(job, settings(3));

    assertThat(sink.values()).hasSize(KEYS).allMatch(line -> line.startsWith("90 "));
    assertThat(dead.values()).hasSize(10).allMatch(letter -> letter.text().endsWith("3"));
  }

  @Test
  @Tag("FAULT-17")
  void aValueThatFailsFailsTheJobAndSaysWhere() {
    Job job =
        job(
            numbers(1),
            numbers(1),
            Sinks.collect(),
            (rule, rules) -> {
              throw new IllegalStateException("broken");
            });

    assertThatThrownBy(() -> Headrace.run(job, settings(1)))
        .hasMessageContaining("Operator \"ruled\", in task \"ruled -> out #0\", failed on value #")
        .hasMessageContaining("its processBroadcast threw java.lang.IllegalStateException: broken");
  }

  /** Keeps what only values that are broadcast may write, and writes it when a timer fires. */
  private static final class Smuggler implements KeyedBroadcastProcess<Long, Long, Long, String> {
    private final BroadcastState<String, Long> rules;
    private final TimerService timers;
    private Optional<WritableBroadcastState<String, Long>> kept = Optional.empty();

    Smuggler(BroadcastStates states) {
      rules = states.broadcast("rules", String.class, Long.class);
      timers = states.timers();
    }

    @Override
    public void process(Long number, Context<Long, String> at) {
      timers.registerEventTimeTimer(Instant.MAX);
    }

    @Override
    public void processBroadcast(Long rule, BroadcastContext at) {
      kept = Optional.of(at.writable(rules));
    }

    @Override
    public void onTimer(Instant time, OnTimerContext<Long, String> at) {
      kept.orElseThrow().put("rule", at.key());
    }
  }

  @Test
  @Tag("FAULT-61")
  void broadcastStateIsNotWrittenFromTheKeyedSide() {
    Job job =
        pipeline -> {
          Stream<Long> rules = pipeline.source("rules", numbers(1));
          pipeline
              .source("numbers", numbers(1))
              .keyBy(number -> number % KEYS)
              .connect(rules.broadcast())
              .process("smuggler", Smuggler::new)
              .sink("out", Sinks.collect());
        };

    assertThatThrownBy(() -> Headrace.run(job, settings(1)))
        .hasMessageContaining(
            "State \"rules\" of operator \"smuggler\" was written while no value that is broadcast"
                + " was being processed")
        .hasMessageContaining("STATE_OUT_OF_SCOPE");
  }
}

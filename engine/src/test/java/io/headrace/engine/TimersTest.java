package io.headrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.Context;
import io.headrace.api.DeadLetter;
import io.headrace.api.Job;
import io.headrace.api.KeyedProcess;
import io.headrace.api.MapState;
import io.headrace.api.OnTimerContext;
import io.headrace.api.Pipeline;
import io.headrace.api.RestartStrategy;
import io.headrace.api.Settings;
import io.headrace.api.Source;
import io.headrace.api.States;
import io.headrace.api.Stream;
import io.headrace.api.TimerService;
import io.headrace.api.WatermarkStrategy;
import io.headrace.api.connector.CollectingSink;
import io.headrace.api.connector.Sinks;
import io.headrace.api.connector.Sources;
import io.headrace.engine.coordinator.Outcome;
import io.headrace.engine.coordinator.TaskStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Timers in jobs. Number n happens at millisecond n. */
@Tag("ST-10")
@Timeout(60)
final class TimersTest {

  private static final int KEYS = 5;
  private static final WatermarkStrategy<Long> IN_ORDER =
      WatermarkStrategy.forMonotonousTimestamps(Instant::ofEpochMilli);

  @TempDir Path directory;

  private Settings settings() {
    return Settings.in(directory)
        .parallelism(2)
        .checkpointInterval(Duration.ofMillis(5))
        .withRestarts(RestartStrategy.none());
  }

  /** What a process with timers does. */
  private interface OnValue {
    void take(long value, TimerService timers, Context<Long, String> at);
  }

  /** Does what a test says, and emits when a timer fires. */
  private static final class Alarms implements KeyedProcess<Long, Long, String> {
    private final TimerService timers;
    private final OnValue onValue;
    private final BiConsumer<TimerService, Instant> onTimer;

    Alarms(States states, OnValue onValue, BiConsumer<TimerService, Instant> onTimer) {
      this.timers = states.timers();
      this.onValue = onValue;
      this.onTimer = onTimer;
    }

    @Override
    public void process(Long value, Context<Long, String> at) {
      onValue.take(value, timers, at);
    }

    @Override
    public void onTimer(Instant time, OnTimerContext<Long, String> at) {
      at.emit(at.key() + " " + at.timeDomain() + " " + time.toEpochMilli());
      onTimer.accept(timers, time);
    }
  }

  private static Stream<String> alarms(
      Pipeline pipeline,
      Source<Long, ?> source,
      OnValue onValue,
      BiConsumer<TimerService, Instant> onTimer) {
    return pipeline
        .source("numbers", source, IN_ORDER)
        .keyBy(number -> number % KEYS)
        .process("alarms", states -> new Alarms(states, onValue, onTimer));
  }

  private static Job job(Source<Long, ?> source, CollectingSink<String> sink, OnValue onValue) {
    return pipeline -> alarms(pipeline, source, onValue, (timers, time) -> {}).sink("out", sink);
  }

  private static Source<Long, ?> numbers(long count) {
    return Sources.generate(Long.class, count, index -> index).splits(3);
  }

  /** Counts the numbers of each key in windows of 100 milliseconds. */
  private static final class Windows implements KeyedProcess<Long, Long, String> {
    private final MapState<Long, Long> counts;
    private final TimerService timers;

    Windows(States states) {
      counts = states.map("counts", Long.class, Long.class);
      timers = states.timers();
    }

    @Override
    public void process(Long number, Context<Long, String> at) {
      long last = at.timestamp().orElseThrow().toEpochMilli() / 100 * 100 + 99;
      counts.put(last, counts.getOrDefault(last, 0L) + 1);
      timers.registerEventTimeTimer(Instant.ofEpochMilli(last));
    }

    @Override
    public void onTimer(Instant time, OnTimerContext<Long, String> at) {
      long last = time.toEpochMilli();
      at.emit(at.key() + " to " + last + ": " + counts.getOrDefault(last, 0L));
      counts.remove(last);
      assertThat(at.timestamp()).contains(time);
    }
  }

  /** The values of a window come through several tasks, of which each has its own pace. */
  @Test
  @Tag("TM-2")
  @Tag("TM-3")
  void noTimerFiresBeforeAllValuesUpToItsTimeHaveCome() {
    CollectingSink<String> sink = Sinks.collect();
    Job job =
        pipeline ->
            pipeline
                .source("numbers", Sources.generate(Long.class, 2_000, index -> index), IN_ORDER)
                .map(number -> number)
                .as(Long.class)
                .parallelism(3)
                .keyBy(number -> number % KEYS)
                .process("windows", Windows::new)
                .sink("out", sink);

    Headrace.run(job, settings());

    assertThat(sink.values())
        .hasSize(100)
        .allSatisfy(line -> assertThat(line).matches("\\d to \\d*99: 20"));
  }

  @Test
  void pendingTimersFireAtTheEndOfInputThoseOfEventTimeFirst() {
    CollectingSink<String> sink = Sinks.collect();

    Headrace.run(
        job(
            numbers(1),
            sink,
            (value, timers, at) -> {
              timers.registerProcessingTimeTimer(Instant.ofEpochMilli(1L << 50));
              timers.registerEventTimeTimer(Instant.ofEpochMilli(1L << 51));
            }),
        settings());

    assertThat(sink.values())
        .containsExactly("0 EVENT_TIME " + (1L << 51), "0 PROCESSING_TIME " + (1L << 50));
  }

  @Test
  void aProcessThatRegistersTheNextTimerEachTimeComesToAnEnd() {
    CollectingSink<String> sink = Sinks.collect();
    Job job =
        pipeline ->
            alarms(
                    pipeline,
                    numbers(1),
                    (value, timers, at) ->
                        timers.registerProcessingTimeTimer(Instant.ofEpochMilli(1L << 50)),
                    (timers, time) -> timers.registerProcessingTimeTimer(time.plusSeconds(60)))
                .sink("out", sink);

    Headrace.run(job, settings());

    assertThat(sink.values()).hasSize(1);
  }

  /** Long after the checkpoint that the input gave rise to: what it emits needs another one. */
  @Test
  void aTimerOfProcessingTimeFiresWithoutInput() {
    CollectingSink<String> sink = Sinks.collect();
    Job job =
        job(
            new FedNumbers(1),
            sink,
            (value, timers, at) ->
                timers.registerProcessingTimeTimer(timers.currentProcessingTime().plusMillis(200)));

    try (Run run = Headrace.start(job, settings())) {
      while (sink.values().isEmpty()) {
        LockSupport.parkNanos(1_000);
      }
      run.stop();
    }

    assertThat(sink.values())
        .singleElement()
        .satisfies(line -> assertThat(line).startsWith("0 PROCESSING_TIME "));
  }

  private void runUntilSeen(long limit, int parallelism, CollectingSink<String> sink) {
    AtomicInteger seen = new AtomicInteger();
    OnValue fiftyLater =
        (value, timers, at) -> {
          timers.registerEventTimeTimer(Instant.ofEpochMilli(value + 50));
          timers.registerEventTimeTimer(Instant.ofEpochMilli(value + 1));
          timers.deleteEventTimeTimer(Instant.ofEpochMilli(value + 1));
          if (value == limit - 1) {
            seen.incrementAndGet();
          }
        };
    try (Run run =
        Headrace.start(
            job(new FedNumbers(limit), sink, fiftyLater), settings().parallelism(parallelism))) {
      while (seen.get() == 0) {
        LockSupport.parkNanos(1_000);
      }
      assertThat(run.stop()).isEqualTo(Outcome.Kind.STOPPED);
    }
  }

  @Test
  @Tag("KS-7")
  @Tag("FAULT-66")
  void timersAreThereAfterARestartWithOtherTasks() {
    CollectingSink<String> sink = Sinks.collect();
    runUntilSeen(100, 2, sink);
    runUntilSeen(200, 4, sink);
    runUntilSeen(300, 1, sink);
    Headrace.run(
        job(Sources.generate(Long.class, 301, index -> index), sink, (value, timers, at) -> {}),
        settings());

    assertThat(sink.values())
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 300)
                .mapToObj(value -> value % KEYS + " EVENT_TIME " + (value + 50))
                .toList());
  }

  /** What is registered for a time that has passed fires at once, also after a restart. */
  @Test
  @Tag("FAULT-65")
  void theWatermarkDoesNotGoBackWithARestart() {
    List<Optional<Instant>> watermarks = new ArrayList<>();
    CollectingSink<String> sink = Sinks.collect();
    OnValue look = (value, timers, at) -> watermarks.add(timers.currentWatermark());
    AtomicInteger seen = new AtomicInteger();
    Settings single = settings().parallelism(1);
    try (Run run =
        Headrace.start(
            job(
                new FedNumbers(100),
                sink,
                (value, timers, at) -> {
                  timers.registerEventTimeTimer(Instant.ofEpochMilli(value));
                  seen.incrementAndGet();
                }),
            single)) {
      while (seen.get() < 100 || sink.values().size() < 99) {
        LockSupport.parkNanos(1_000);
      }
      run.stop();
    }

    Headrace.run(job(Sources.generate(Long.class, 101, index -> index), sink, look), single);

    assertThat(watermarks).hasSize(1);
    assertThat(watermarks.get(0).orElseThrow())
        .isBetween(Instant.ofEpochMilli(98), Instant.ofEpochMilli(99));
  }

  @Test
  @Tag("FAULT-17")
  void aTimerThatFailsFailsTheJobAndSaysWhere() {
    Job job =
        pipeline ->
            alarms(
                    pipeline,
                    numbers(10),
                    (value, timers, at) -> timers.registerEventTimeTimer(Instant.EPOCH),
                    (timers, time) -> {
                      throw new IllegalStateException("broken");
                    })
                .sink("out", Sinks.collect());

    assertThatThrownBy(() -> Headrace.run(job, settings()))
        .hasMessageContaining("Operator \"alarms\", in task \"alarms -> out #")
        .hasMessageContaining(" failed on timer 1970-01-01T00:00:00Z of key #")
        .hasMessageContaining("its onTimer threw java.lang.IllegalStateException: broken")
        .hasMessageContaining("USER_FUNCTION_FAILED");
  }

  @Test
  @Tag("N15")
  void aTimerThatFailsCanBePutAside() {
    CollectingSink<String> sink = Sinks.collect();
    CollectingSink<DeadLetter> dead = Sinks.collect();
    Job job =
        pipeline -> {
          Stream<String> out =
              alarms(
                  pipeline,
                  numbers(10),
                  (value, timers, at) ->
                      timers.registerEventTimeTimer(Instant.ofEpochMilli(value % KEYS)),
                  (timers, time) -> {
                    if (time.toEpochMilli() < KEYS) {
                      timers.registerEventTimeTimer(Instant.ofEpochMilli(1_000));
                    }
                    if (time.toEpochMilli() < 3) {
                      throw new IllegalStateException("broken");
                    }
                  });
          out.sink("out", sink);
          out.deadLetters().sink("dead", dead);
        };

    Headrace.run(job, settings());

    assertThat(dead.values())
        .extracting(DeadLetter::text)
        .containsExactlyInAnyOrder(
            "timer 1970-01-01T00:00:00Z of key 0",
            "timer 1970-01-01T00:00:00.001Z of key 1",
            "timer 1970-01-01T00:00:00.002Z of key 2");
    assertThat(dead.values())
        .extracting(DeadLetter::error)
        .containsOnly("java.lang.IllegalStateException: broken");
    assertThat(sink.values()).contains("3 EVENT_TIME 3", "4 EVENT_TIME 1000").hasSize(4);
  }

  @Test
  void aProcessWithoutOnTimerIsToldSo() {
    Job job =
        pipeline ->
            pipeline
                .source("numbers", numbers(1), IN_ORDER)
                .keyBy(number -> number % KEYS)
                .process(
                    "deaf",
                    states -> {
                      TimerService timers = states.timers();
                      return (Long number, Context<Long, Long> at) ->
                          timers.registerEventTimeTimer(Instant.EPOCH);
                    })
                .as(Long.class)
                .sink("out", Sinks.collect());

    assertThatThrownBy(() -> Headrace.run(job, settings()))
        .hasMessageContaining("the process registers timers, but has no onTimer(...)");
  }

  /** Tells the time of each line. */
  private static final class Stamps implements KeyedProcess<String, String, String> {
    @Override
    public void process(String line, Context<String, String> at) {
      at.emit(line + " at " + at.timestamp().map(Instant::toEpochMilli));
    }
  }

  @Test
  @Tag("TM-1")
  void theTimeOfAValueGoesWithWhatBecomesOfIt() {
    CollectingSink<String> sink = Sinks.collect();
    Job job =
        pipeline ->
            alarms(
                    pipeline,
                    numbers(2),
                    (value, timers, at) -> {
                      at.emit("value " + value);
                      timers.registerEventTimeTimer(Instant.ofEpochMilli(value + 100));
                      timers.registerProcessingTimeTimer(Instant.EPOCH);
                    },
                    (timers, time) -> {})
                .map(line -> line)
                .as(String.class)
                .keyBy(line -> line)
                .process("stamps", states -> new Stamps())
                .sink("out", sink);

    Headrace.run(job, settings());

    assertThat(sink.values())
        .containsExactlyInAnyOrder(
            "value 0 at Optional[0]",
            "value 1 at Optional[1]",
            "0 EVENT_TIME 100 at Optional[100]",
            "1 EVENT_TIME 101 at Optional[101]",
            "0 PROCESSING_TIME 0 at Optional.empty",
            "1 PROCESSING_TIME 0 at Optional.empty");
  }

  @Test
  @Tag("TM-3")
  @Tag("R22")
  void theStatusTellsHowFarTheEventTimeOfEachTaskIs() {
    Instant reached = Instant.ofEpochMilli(98); // One before the last number, which may come again.
    Job job = job(new FedNumbers(100), Sinks.collect(), (value, timers, at) -> {});

    try (Run run = Headrace.start(job, settings().parallelism(1))) {
      while (!watermarks(run).equals(List.of(Optional.of(reached), Optional.of(reached)))) {
        LockSupport.parkNanos(1_000);
      }
      run.stop();
    }
    try (Run run = Headrace.start(job(numbers(100), Sinks.collect(), (v, t, a) -> {}), ended())) {
      run.await();
      assertThat(watermarks(run)).containsOnly(Optional.of(Instant.MAX));
    }
  }

  private Settings ended() {
    return Settings.in(directory.resolve("ended")).parallelism(1);
  }

  private static List<Optional<Instant>> watermarks(Run run) {
    return run.status().tasks().stream().map(TaskStatus::watermark).toList();
  }

  /** Values of a source without event time have none, and nobody waits for them. */
  @Test
  @Tag("R8")
  void aSourceWithoutEventTimeHoldsBackNobody() {
    CollectingSink<String> sink = Sinks.collect();
    Job job =
        pipeline -> {
          Stream<Long> untimed = pipeline.source("untimed", new FedNumbers(0));
          pipeline
              .source("numbers", new FedNumbers(100), IN_ORDER)
              .union(untimed)
              .keyBy(number -> number % KEYS)
              .process(
                  "alarms",
                  states ->
                      new Alarms(
                          states,
                          (value, timers, at) ->
                              timers.registerEventTimeTimer(Instant.ofEpochMilli(50)),
                          (timers, time) -> {}))
              .sink("out", sink);
        };

    try (Run run = Headrace.start(job, settings())) {
      while (sink.values().size() < KEYS) {
        LockSupport.parkNanos(1_000);
      }
      run.stop();
    }
    assertThat(sink.values()).hasSize(KEYS);
  }

  /** Without event time there is no watermark before the end. */
  @Test
  void withoutEventTimeTimersFireAtTheEnd() {
    CollectingSink<String> sink = Sinks.collect();
    Job job =
        pipeline ->
            pipeline
                .source("numbers", numbers(10))
                .keyBy(number -> number % KEYS)
                .process(
                    "alarms",
                    states ->
                        new Alarms(
                            states,
                            (value, timers, at) -> {
                              assertThat(at.timestamp()).isEmpty();
                              timers.registerEventTimeTimer(Instant.ofEpochMilli(7));
                            },
                            (timers, time) -> {}))
                .sink("out", sink);

    Headrace.run(job, settings());

    assertThat(sink.values()).hasSize(KEYS).allMatch(line -> line.endsWith("EVENT_TIME 7"));
  }
}

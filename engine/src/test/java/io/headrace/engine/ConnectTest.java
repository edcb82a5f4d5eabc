package io.headrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.Context;
import io.headrace.api.DeadLetter;
import io.headrace.api.Job;
import io.headrace.api.KeyedCoProcess;
import io.headrace.api.MapState;
import io.headrace.api.OnTimerContext;
import io.headrace.api.Pipeline;
import io.headrace.api.RestartStrategy;
import io.headrace.api.Settings;
import io.headrace.api.States;
import io.headrace.api.Stream;
import io.headrace.api.TimerService;
import io.headrace.api.TypeToken;
import io.headrace.api.ValueState;
import io.headrace.api.WatermarkStrategy;
import io.headrace.api.connector.CollectingSink;
import io.headrace.api.connector.Sinks;
import io.headrace.api.connector.Sources;
import io.headrace.codec.Codecs;
import io.headrace.codec.Decoder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two keyed streams that meet at their keys. */
@Timeout(60)
final class ConnectTest {

  private static final long KEYS = 7;

  @TempDir Path directory;

  private Settings settings(int parallelism) {
    return Settings.in(directory)
        .parallelism(parallelism)
        .checkpointInterval(Duration.ofMillis(5))
        .withRestarts(RestartStrategy.none());
  }

  /** Adds the numbers of the one stream and the lengths of the texts of the other. */
  private static final class Sums implements KeyedCoProcess<Long, Long, String, String> {
    private final ValueState<Long> numbers;
    private final ValueState<Long> lengths;

    Sums(States states) {
      numbers = states.value("numbers", Long.class, 0L);
      lengths = states.value("lengths", Long.class, 0L);
    }

    @Override
    public void process1(Long number, Context<Long, String> at) {
      if (number < 0) {
        throw new IllegalArgumentException("negative");
      }
      at.emit(at.key() + " numbers " + numbers.update(before -> before + number));
    }

    @Override
    public void process2(String text, Context<Long, String> at) {
      if (text.isEmpty()) {
        throw new IllegalArgumentException("empty");
      }
      at.emit(at.key() + " lengths " + lengths.update(before -> before + text.length()));
    }
  }

  private static Stream<Long> numbers(Pipeline pipeline, long count) {
    return pipeline.source("numbers", Sources.generate(Long.class, count, index -> index));
  }

  private static Stream<String> texts(Pipeline pipeline, long count) {
    return pipeline.source(
        "texts", Sources.generate(String.class, count, index -> "x".repeat((int) index % 50 + 1)));
  }

  private static Job sums(long count, CollectingSink<String> sink) {
    return pipeline ->
        numbers(pipeline, count)
            .keyBy(number -> number % KEYS)
            .connect(texts(pipeline, count).keyBy(text -> text.length() % KEYS))
            .process("sums", Sums::new)
            .sink("out", sink);
  }

  private static String lastNumbers(long key, long count) {
    long sum = LongStream.range(0, count).filter(each -> each % KEYS == key).sum();
    return key + " numbers " + sum;
  }

  private static String lastLengths(long key, long count) {
    long sum =
        LongStream.range(0, count)
            .map(each -> each % 50 + 1)
            .filter(each -> each % KEYS == key)
            .sum();
    return key + " lengths " + sum;
  }

  @Test
  void valuesOfBothStreamsMeetTheStateOfTheirKey() {
    CollectingSink<String> sink = Sinks.collect();

    Headrace.run(sums(1_000, sink), settings(3));

    assertThat(sink.values()).hasSize(2_000);
    for (long key = 0; key < KEYS; key++) {
      assertThat(sink.values()).contains(lastNumbers(key, 1_000), lastLengths(key, 1_000));
    }
  }

  @Test
  @Tag("KS-7")
  void theStateOfBothIsThereAfterARestartWithOtherTasks() {
    CollectingSink<String> sink = Sinks.collect();
    Headrace.run(sums(500, sink), settings(2));

    Headrace.run(sums(1_000, sink), settings(4));

    assertThat(sink.values()).hasSize(2_000);
    for (long key = 0; key < KEYS; key++) {
      assertThat(sink.values()).contains(lastNumbers(key, 1_000), lastLengths(key, 1_000));
    }
  }

  /** One stream may be a union, and the other the same stream again. */
  @Test
  void streamsAreToldApartWhateverTheyAreMadeOf() {
    CollectingSink<String> sink = Sinks.collect();

    Headrace.run(
        pipeline -> {
          Stream<Long> numbers = numbers(pipeline, 100);
          Stream<Long> both =
              numbers.union(
                  pipeline.source("more", Sources.generate(Long.class, 100, index -> index)));
          both.keyBy(number -> 0L)
              .connect(numbers.map(number -> "x").as(String.class).keyBy(text -> 0L))
              .process("sums", Sums::new)
              .sink("out", sink);
        },
        settings(2));

    assertThat(sink.values()).hasSize(300).contains("0 numbers " + 2 * 99 * 50, "0 lengths 100");
  }

  @Test
  @Tag("N15")
  void aDeadLetterHasTheTypeOfItsStream() {
    CollectingSink<DeadLetter> dead = Sinks.collect();

    Headrace.run(
        pipeline -> {
          Stream<String> out =
              pipeline
                  .source("numbers", Sources.of(Long.class, List.of(-5L, 5L)))
                  .keyBy(number -> 0L)
                  .connect(
                      pipeline
                          .source("texts", Sources.of(String.class, List.of("", "x")))
                          .keyBy(text -> 0L))
                  .process("sums", Sums::new);
          out.sink("out", Sinks.collect());
          out.deadLetters().sink("dead", dead);
        },
        settings(1));

    assertThat(dead.values()).extracting(DeadLetter::text).containsExactlyInAnyOrder("-5", "");
    for (DeadLetter letter : dead.values()) {
      Decoder bytes = new Decoder(letter.bytes());
      if (letter.text().isEmpty()) {
        assertThat(Codecs.of(TypeToken.of(String.class)).decode(bytes)).isEmpty();
      } else {
        assertThat(Codecs.of(TypeToken.of(Long.class)).decode(bytes)).isEqualTo(-5);
      }
    }
  }

  /** Gathers the numbers of both streams until a time that both have passed. */
  private static final class Until implements KeyedCoProcess<Long, Long, Long, String> {
    private final MapState<Long, Long> seen;
    private final TimerService timers;

    Until(States states) {
      seen = states.map("seen", Long.class, Long.class);
      timers = states.timers();
    }

    @Override
    public void process1(Long number, Context<Long, String> at) {
      take(number);
    }

    @Override
    public void process2(Long number, Context<Long, String> at) {
      take(number);
    }

    private void take(Long number) {
      long last = number / 100 * 100 + 99;
      seen.put(last, seen.getOrDefault(last, 0L) + 1);
      timers.registerEventTimeTimer(Instant.ofEpochMilli(last));
    }

    @Override
    public void onTimer(Instant time, OnTimerContext<Long, String> at) {
      long last = time.toEpochMilli();
      at.emit(last + ": " + seen.get(last).orElseThrow());
      seen.remove(last);
    }
  }

  @Test
  @Tag("ST-10")
  @Tag("TM-3")
  void timersWaitForBothStreams() {
    CollectingSink<String> sink = Sinks.collect();
    WatermarkStrategy<Long> inOrder =
        WatermarkStrategy.forMonotonousTimestamps(Instant::ofEpochMilli);

    Headrace.run(
        pipeline ->
            pipeline
                .source("left", Sources.generate(Long.class, 1_000, index -> index), inOrder)
                .keyBy(number -> 0L)
                .connect(
                    pipeline
                        .source(
                            "right", Sources.generate(Long.class, 1_000, index -> index), inOrder)
                        .keyBy(number -> 0L))
                .process("until", Until::new)
                .sink("out", sink),
        settings(1));

    assertThat(sink.values())
        .containsExactlyElementsOf(
            LongStream.range(0, 10).mapToObj(each -> each * 100 + 99 + ": 200").toList());
  }

  @Test
  void keysOfDifferentTypesAreRefused() {
    @SuppressWarnings("unchecked") // What raw types let users do.
    Job job =
        pipeline ->
            numbers(pipeline, 1)
                .keyBy(number -> number)
                .connect(
                    (io.headrace.api.KeyedStream<Long, String>)
                        (io.headrace.api.KeyedStream<?, String>)
                            texts(pipeline, 1).keyBy(text -> text))
                .process("sums", Sums::new)
                .sink("out", Sinks.collect());

    assertThatThrownBy(() -> Headrace.run(job, settings(1)))
        .hasMessageContaining(
            "Its streams have keys of different types: java.lang.Long and java.lang.String.");
  }
}

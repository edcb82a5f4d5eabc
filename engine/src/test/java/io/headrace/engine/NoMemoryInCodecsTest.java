package io.headrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.Context;
import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.Job;
import io.headrace.api.KeyedProcess;
import io.headrace.api.MapState;
import io.headrace.api.MutableState;
import io.headrace.api.RestartStrategy;
import io.headrace.api.Settings;
import io.headrace.api.States;
import io.headrace.api.TypeToken;
import io.headrace.api.ValueState;
import io.headrace.api.connector.CollectingSink;
import io.headrace.api.connector.Sinks;
import io.headrace.api.connector.Sources;
import io.headrace.engine.coordinator.RunState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No memory while a codec makes or reads a value, wherever the engine calls one: for keys, in
 * state, for views on another thread, and when state is read back.
 */
@Timeout(60)
@Tag("FAULT-20")
class NoMemoryInCodecsTest {

  private static final long COUNT = 5_000;
  private static final long KEYS = 50;

  /** How many more values codecs may make or read. */
  private static final AtomicLong MEMORY = new AtomicLong(Long.MAX_VALUE);

  @TempDir Path directory;

  private final CollectingSink<Long> sums = Sinks.collect();

  /** A value whose parts are made and read by codecs, with memory that may run out. */
  record Amount(long value, String text) {

    Amount {
      use();
    }

    Amount(long value) {
      this(value, Long.toString(value));
    }

    @Override
    public long value() {
      use();
      return value;
    }

    private static void use() {
      if (MEMORY.getAndDecrement() == 0) {
        throw new OutOfMemoryError("Java heap space");
      }
    }
  }

  record Key(long number) {

    Key {
      Amount.use();
    }
  }

  /** State of several kinds. */
  private static final class Sums implements KeyedProcess<Key, Long, Long> {

    private final ValueState<Amount> sum;
    private final MapState<Amount, Amount> seen;
    private final MutableState<List<Amount>> last;

    Sums(States states) {
      sum = states.value("sum", Amount.class, new Amount(0));
      seen = states.map("seen", Amount.class, Amount.class);
      last = states.mutable("last", new TypeToken<List<Amount>>() {}, List.of());
    }

    @Override
    public void process(Long number, Context<Key, Long> at) {
      Amount now = new Amount(sum.get().value + number);
      seen.put(new Amount(number % 3), now);
      last.get().add(now);
      if (last.get().size() > 5) {
        last.get().remove(0);
      }
      sum.set(now);
      at.emit(now.value);
    }
  }

  private final Job job =
      pipeline ->
          pipeline
              .source("numbers", Sources.generate(Long.class, COUNT, number -> number))
              .keyBy(number -> new Key(number % KEYS))
              .process("sums", Sums::new)
              .skipFailures()
              .sink("out", sums);

  /** Ends; twice for want of memory, the second time soon, and at last for good. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 10, 1_000, 10_000, 40_000, 60_000, 80_000})
  void theRunEndsAndTheNextGoesOn(int memory) {
    runWith(memory);
    runWith(memory % 777);

    runWith(Long.MAX_VALUE);

    assertThat(sums.values().stream().sorted().toList()).isEqualTo(expected());
  }

  private void runWith(long memory) {
    Settings settings =
        Settings.in(directory)
            .parallelism(2)
            .workers(2)
            .checkpointInterval(Duration.ofMillis(2))
            .withRestarts(RestartStrategy.fixedDelay(100, Duration.ofMillis(1)));
    MEMORY.set(memory);
    try (Run run = Headrace.start(job, settings)) {
      assertThat(run.await(Duration.ofSeconds(30))).isTrue();
      assertThat(run.status().restarts()).isZero();
      if (run.status().state() instanceof RunState.Failed failed) {
        assertThat(((HeadraceException) failed.cause()).code()).isEqualTo(ErrorCode.OUT_OF_MEMORY);
        assertThat(MEMORY.get()).isNegative();
      } else {
        assertThat(run.status().state()).isInstanceOf(RunState.Finished.class);
        assertThat(MEMORY.get()).describedAs("ran out, and nobody knew").isNotNegative();
      }
    } catch (OutOfMemoryError whileTheJobIsPlanned) {
      assertThat(MEMORY.get()).isNegative();
    } finally {
      MEMORY.set(Long.MAX_VALUE);
    }
  }

  private static List<Long> expected() {
    long[] all = new long[(int) KEYS];
    return LongStream.range(0, COUNT)
        .map(number -> all[(int) (number % KEYS)] += number)
        .sorted()
        .boxed()
        .toList();
  }
}

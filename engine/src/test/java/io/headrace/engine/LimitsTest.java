package io.headrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.headrace.api.Context;
import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.KeyedProcess;
import io.headrace.api.KeyedProcessFactory;
import io.headrace.api.ListState;
import io.headrace.api.MapState;
import io.headrace.api.RestartStrategy;
import io.headrace.api.Settings;
import io.headrace.api.States;
import io.headrace.api.connector.Sinks;
import io.headrace.api.connector.Sources;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Input that wants more and more memory ends in an error that says so, and not in none left. */
@Tag("S23")
@Timeout(120)
class LimitsTest {

  private static final long BUDGET = 4 << 20;

  @TempDir Path directory;

  /** Adds each value to a list that has no end. */
  static final class Hoard implements KeyedProcess<Long, Long, Void> {

    private final ListState<String> list;

    Hoard(States states) {
      list = states.list("list", String.class);
    }

    @Override
    public void process(Long number, Context<Long, Void> at) {
      list.add("x".repeat(100) + number);
    }
  }

  /** Puts each value into a map under a key of its own. */
  static final class Index implements KeyedProcess<Long, Long, Void> {

    private final MapState<Long, String> map;

    Index(States states) {
      map = states.map("map", Long.class, String.class);
    }

    @Override
    public void process(Long number, Context<Long, Void> at) {
      map.put(number, "x".repeat(100));
    }
  }

  private void assertFull(KeyedProcessFactory<Long, Long, Void> process, long keys) {
    Settings settings =
        Settings.in(directory)
            .parallelism(1)
            .stateBytes(BUDGET)
            .withRestarts(RestartStrategy.none());

    HeadraceException failure =
        catchThrowableOfType(
            HeadraceException.class,
            () ->
                Headrace.run(
                    pipeline ->
                        pipeline
                            .source(
                                "numbers", Sources.generate(Long.class, 10_000_000, index -> index))
                            .keyBy(number -> number % keys)
                            .process("hoard", process),
                    settings));

    assertThat(failure.code()).isEqualTo(ErrorCode.STATE_LIMIT_REACHED);
    assertThat(failure.operator()).contains("hoard");
  }

  @Test
  void aListOfAKeyThatOnlyGrowsReachesTheLimit() {
    assertFull(Hoard::new, 1);
  }

  @Test
  void aMapOfAKeyThatOnlyGrowsReachesTheLimit() {
    assertFull(Index::new, 1);
  }

  @Test
  void keysWithoutEndReachTheLimit() {
    assertFull(Index::new, Long.MAX_VALUE);
  }

  @Test
  void keysThatAreLargeReachTheLimit() {
    Settings settings =
        Settings.in(directory)
            .parallelism(1)
            .stateBytes(BUDGET)
            .withRestarts(RestartStrategy.none());

    HeadraceException failure =
        catchThrowableOfType(
            HeadraceException.class,
            () ->
                Headrace.run(
                    pipeline ->
                        pipeline
                            .source("numbers", Sources.generate(Long.class, 500, index -> index))
                            .keyBy(number -> number + "x".repeat(1 << 16))
                            .aggregate("counts", Long.class, 0L, (count, number) -> count + 1)
                            .filter(count -> count.value() < 0)
                            .sink("out", Sinks.collect()),
                    settings));

    assertThat(failure.code()).isEqualTo(ErrorCode.STATE_LIMIT_REACHED);
  }
}

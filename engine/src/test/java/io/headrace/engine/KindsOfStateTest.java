package io.headrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.AggregatingState;
import io.headrace.api.Aggregation;
import io.headrace.api.Context;
import io.headrace.api.Job;
import io.headrace.api.KeyedProcess;
import io.headrace.api.ListState;
import io.headrace.api.MutableState;
import io.headrace.api.ReducingState;
import io.headrace.api.RestartStrategy;
import io.headrace.api.Settings;
import io.headrace.api.States;
import io.headrace.api.TypeToken;
import io.headrace.api.ValueState;
import io.headrace.api.connector.CollectingSink;
import io.headrace.api.connector.Sinks;
import io.headrace.api.connector.Sources;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** States of every kind in a job that is started again on its directory. */
@Timeout(60)
final class KindsOfStateTest {

  private static final int KEYS = 3;
  private static final TypeToken<List<Long>> LIST = new TypeToken<>() {};

  @TempDir Path directory;

  /** Emits what a function with state makes of each number. */
  private static final class Calculate implements KeyedProcess<Long, Long, Long> {
    private final LongUnaryOperator function;

    Calculate(LongUnaryOperator function) {
      this.function = function;
    }

    @Override
    public void process(Long number, Context<Long, Long> at) {
      at.emit(function.applyAsLong(number));
    }
  }

  private static final class Mean implements Aggregation<Long, long[], Long> {
    @Override
    public long[] initial() {
      return new long[2];
    }

    @Override
    public long[] add(long[] accumulator, Long value) {
      accumulator[0]++;
      accumulator[1] += value;
      return accumulator;
    }

    @Override
    public Long result(long[] accumulator) {
      return accumulator[1] / accumulator[0];
    }
  }

  /** Processes the numbers up to a count, from where the last run on the directory ended. */
  private List<Long> run(long count, Function<States, LongUnaryOperator> function) {
    CollectingSink<Long> sink = Sinks.collect();
    Job job =
        pipeline ->
            pipeline
                .source("numbers", Sources.generate(Long.class, count, index -> index))
                .keyBy(number -> number % KEYS)
                .process("calculate", states -> new Calculate(function.apply(states)))
                .sink("out", sink);
    Headrace.run(job, Settings.in(directory).withRestarts(RestartStrategy.none()));
    return sink.values();
  }

  private static LongUnaryOperator list(States states) {
    ListState<Long> list = states.list("state", Long.class);
    return number -> {
      list.add(number);
      return list.toList().stream().mapToLong(each -> each).sum();
    };
  }

  private static LongUnaryOperator reducing(States states) {
    ReducingState<Long> sum = states.reducing("state", Long.class, Long::sum);
    return number -> {
      sum.add(number);
      return sum.get().orElseThrow();
    };
  }

  private static LongUnaryOperator value(States states) {
    ValueState<Long> sum = states.value("state", Long.class, 0L);
    return number -> sum.update(before -> before + number);
  }

  private static LongUnaryOperator valueOfList(States states) {
    ValueState<List<Long>> list = states.value("state", LIST, List.of());
    return number ->
        list
            .update(
                before ->
                    LongStream.concat(numbers(before), LongStream.of(number)).boxed().toList())
            .stream()
            .mapToLong(each -> each)
            .sum();
  }

  private static LongUnaryOperator mutable(States states) {
    MutableState<List<Long>> list = states.mutable("state", LIST, List.of());
    return number -> {
      list.get().add(number);
      return numbers(list.get()).sum();
    };
  }

  private static LongStream numbers(List<Long> list) {
    return list.stream().mapToLong(each -> each);
  }

  /** The sums of each key up to each of the numbers from one to another. */
  private static List<Long> sums(long from, long to) {
    return LongStream.range(from, to)
        .map(n -> LongStream.rangeClosed(0, n).filter(each -> each % KEYS == n % KEYS).sum())
        .boxed()
        .toList();
  }

  @Test
  @Tag("ST-2")
  @Tag("ST-4")
  void eachKindGoesOnWhereItStopped() {
    for (Function<States, LongUnaryOperator> kind :
        List.<Function<States, LongUnaryOperator>>of(
            KindsOfStateTest::list, KindsOfStateTest::reducing, KindsOfStateTest::mutable)) {
      directory = directory.resolve("next");
      assertThat(run(100, kind)).isEqualTo(sums(0, 100));

      assertThat(run(150, kind)).isEqualTo(sums(100, 150));
    }
  }

  @Test
  @Tag("ST-5")
  void anAccumulatorGoesOnWhereItStopped() {
    Function<States, LongUnaryOperator> mean =
        states -> {
          AggregatingState<Long, Long> state =
              states.aggregating("state", long[].class, new Mean());
          return number -> {
            state.add(number);
            return state.get().orElseThrow();
          };
        };
    run(30, mean);

    assertThat(run(31, mean)).containsExactly(15L);
  }

  /** Their entries have the same schema, but what they mean differs. */
  @Test
  @Tag("ST-4")
  void aRestoreTellsTheKindsApart() {
    run(100, KindsOfStateTest::reducing);

    assertThatThrownBy(() -> run(150, KindsOfStateTest::value))
        .hasMessageContaining(
            "there are state \"state\" of operator \"calculate\", which it has not")
        .hasMessageContaining("STATE_INCOMPATIBLE");
  }

  @Test
  void aValueMayComeToBeChangedInPlaceAndBack() {
    run(100, KindsOfStateTest::valueOfList);

    assertThat(run(150, KindsOfStateTest::mutable)).isEqualTo(sums(100, 150));
    assertThat(run(200, KindsOfStateTest::valueOfList)).isEqualTo(sums(150, 200));
  }

  @Test
  @SuppressWarnings("NullAway") // What users without NullAway may do.
  void anObjectThatCannotBeStoredEndsTheRunAtTheBarrier() {
    assertThatThrownBy(
            () ->
                run(
                    10,
                    states -> {
                      MutableState<List<Long>> list = states.mutable("state", LIST, List.of());
                      return number -> list.get().add(null) ? 1 : 0;
                    }))
        .hasMessageContaining("State \"state\" of operator \"calculate\" holds an object that was")
        .hasMessageContaining("VALUE_NOT_ENCODABLE");
  }
}

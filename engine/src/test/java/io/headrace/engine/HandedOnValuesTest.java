package io.headrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.Context;
import io.headrace.api.Job;
import io.headrace.api.MapFunction;
import io.headrace.api.RestartStrategy;
import io.headrace.api.Settings;
import io.headrace.api.Stream;
import io.headrace.api.connector.CollectingSink;
import io.headrace.api.connector.Sinks;
import io.headrace.api.connector.Sources;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which operators have the same object, where its type says that nobody changes it but it can. */
@Tag("FAULT-59")
@Timeout(60)
class HandedOnValuesTest {

  private static final int COUNT = 1_000;

  /** What users may take for a value that nobody can change. */
  record Reading(long number, long[] raw) {}

  private final CollectingSink<Reading> one = Sinks.collect();
  private final CollectingSink<Reading> other = Sinks.collect();

  private static void run(Job job) {
    Headrace.run(job, Settings.ephemeral().parallelism(2).withRestarts(RestartStrategy.none()));
  }

  private static Reading reading(long number) {
    return new Reading(number, new long[] {number});
  }

  /** Does what no function should. */
  private static MapFunction<Reading, Reading> spoiling(long by) {
    return reading -> {
      reading.raw()[0] = by;
      return reading;
    };
  }

  private static List<Long> raw(CollectingSink<Reading> sink) {
    return sink.values().stream().map(reading -> reading.raw()[0]).sorted().toList();
  }

  private static List<Long> numbers() {
    return LongStream.range(0, COUNT).boxed().toList();
  }

  @Test
  void operatorsThatTakeTheSameOutputShareNoObjectThatCouldBeChanged() {
    run(
        pipeline -> {
          Stream<Reading> readings =
              pipeline.source(
                  "in", Sources.generate(Reading.class, COUNT, HandedOnValuesTest::reading));
          readings.map(spoiling(-1)).as(Reading.class).sink("first", Sinks.collect());
          readings.sink("one", one);
          readings.map(spoiling(-2)).as(Reading.class).sink("second", Sinks.collect());
          readings
              .keyBy(Reading::number)
              .process(
                  "keyed",
                  states -> (Reading reading, Context<Long, Reading> at) -> at.emit(reading))
              .as(Reading.class)
              .sink("other", other);
        });

    assertThat(raw(one)).isEqualTo(numbers());
    assertThat(raw(other)).isEqualTo(numbers());
  }

  /** That is why it must not be changed. */
  @Test
  void oneOperatorIsGivenTheObjectThatWasEmittedAlsoInAnotherTask() {
    List<Reading> readings = new ArrayList<>();
    for (long number = 0; number < COUNT; number++) {
      readings.add(reading(number));
    }

    run(
        pipeline ->
            pipeline
                .source("in", Sources.of(Reading.class, readings))
                .filter(reading -> true)
                .keyBy(Reading::number)
                .process(
                    "keyed",
                    states -> (Reading reading, Context<Long, Reading> at) -> at.emit(reading))
                .as(Reading.class)
                .sink("one", one));

    List<Reading> written = new ArrayList<>(one.values());
    written.sort(Comparator.comparing(Reading::number));
    assertThat(written).hasSize(COUNT);
    for (int index = 0; index < COUNT; index++) {
      assertThat(written.get(index)).isSameAs(readings.get(index));
    }
  }
}

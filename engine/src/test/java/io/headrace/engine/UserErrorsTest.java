package io.headrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.headrace.api.Context;
import io.headrace.api.DeadLetter;
import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.Job;
import io.headrace.api.KeyedProcess;
import io.headrace.api.MapFunction;
import io.headrace.api.RestartStrategy;
import io.headrace.api.Settings;
import io.headrace.api.Stream;
import io.headrace.api.connector.CollectingSink;
import io.headrace.api.connector.Sinks;
import io.headrace.api.connector.Sources;
import io.headrace.codec.Codecs;
import io.headrace.codec.Encoder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Functions of the user that throw, or give null, on one value: the error names operator, task,
 * value and place, and tells nothing of what is in the value; and what becomes of the value is what
 * the operator's policy says.
 */
@Tag("FAULT-17")
@Tag("R14")
@Tag("R30")
@Timeout(120)
class UserErrorsTest {

  private static final String SECRET = "hunter2";
  private static final long COUNT = 100;
  private static final long POISON = 50;

  @TempDir Path directory;

  record Person(String name, long number) {}

  /** Where a function of the user is called, with the one that is to be called there. */
  enum Place {
    MAP("map-1", "its map function") {
      @Override
      Stream<Long> after(Stream<Person> people, MapFunction<Person, Long> function) {
        return people.map(function);
      }
    },
    FILTER("filter-1", "its filter condition") {
      @Override
      Stream<Long> after(Stream<Person> people, MapFunction<Person, Long> function) {
        return guard(people.filter(person -> function.map(person) >= 0))
            .map(person -> person.number());
      }
    },
    FLAT_MAP("flatMap-1", "its flatMap function") {
      @Override
      Stream<Long> after(Stream<Person> people, MapFunction<Person, Long> function) {
        return people.flatMap((person, out) -> out.emit(function.map(person)));
      }
    },
    FLAT_MAP_THAT_CATCHES("flatMap-1", "its flatMap function") {
      @Override
      Stream<Long> after(Stream<Person> people, MapFunction<Person, Long> function) {
        return people.flatMap(
            (person, out) -> {
              Long number = function.map(person);
              quietly(() -> out.emit(number));
            });
      }
    },
    KEY_SELECTOR("counts", "its key selector") {
      @Override
      Stream<Long> after(Stream<Person> people, MapFunction<Person, Long> function) {
        return guard(
                people
                    .keyBy(person -> function.map(person))
                    .aggregate("counts", Long.class, 0L, (count, person) -> count + 1))
            .map(each -> each.key());
      }
    },
    AGGREGATE("counts", "its process") {
      @Override
      Stream<Long> after(Stream<Person> people, MapFunction<Person, Long> function) {
        return guard(
                people
                    .keyBy(person -> person.number())
                    .aggregate("counts", Long.class, 0L, (count, person) -> function.map(person)))
            .map(each -> each.value());
      }
    },
    PROCESS("process", "its process") {
      @Override
      Stream<Long> after(Stream<Person> people, MapFunction<Person, Long> function) {
        return process(people, (person, at) -> at.emit(function.map(person)));
      }
    },
    PROCESS_THAT_CATCHES("process", "its process") {
      @Override
      Stream<Long> after(Stream<Person> people, MapFunction<Person, Long> function) {
        return process(
            people,
            (person, at) -> {
              Long number = function.map(person);
              quietly(() -> at.emit(number));
            });
      }
    };

    private final String operator;
    private final String words;

    Place(String operator, String words) {
      this.operator = operator;
      this.words = words;
    }

    /** The numbers of people, as far as a function of theirs gives them. */
    abstract Stream<Long> after(Stream<Person> people, MapFunction<Person, Long> function);

    /** Where the operator under test is followed by another one, marks which stream is its own. */
    <T> Stream<T> guard(Stream<T> own) {
      OWN.set(own);
      return own;
    }

    private static Stream<Long> process(
        Stream<Person> people, KeyedProcess<Long, Person, Long> process) {
      return people
          .keyBy(person -> person.number() % 3)
          .process("process", states -> new Delegating(process));
    }
  }

  private static final ThreadLocal<@Nullable Stream<?>> OWN = new ThreadLocal<>();

  /** A process that is another one in each task. */
  private record Delegating(KeyedProcess<Long, Person, Long> process, Object identity)
      implements KeyedProcess<Long, Person, Long> {

    Delegating(KeyedProcess<Long, Person, Long> process) {
      this(process, new Object());
    }

    @Override
    public void process(Person person, Context<Long, Long> at) throws Exception {
      process.process(person, at);
    }
  }

  private static void quietly(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException caught) {
      // As users do who want to go on whatever happens.
    }
  }

  private static Long failing(Person person) {
    if (person.number() == POISON) {
      throw new IllegalStateException("no");
    }
    return person.number();
  }

  @SuppressWarnings("NullAway") // A mistake, made on purpose.
  private static Long nothing(Person person) {
    return person.number() == POISON ? null : person.number();
  }

  private static Stream<Person> people(io.headrace.api.Pipeline pipeline) {
    return pipeline.source(
        "people", Sources.generate(Person.class, COUNT, index -> new Person(SECRET, index)));
  }

  private static Job job(
      Place place, MapFunction<Person, Long> function, CollectingSink<Long> sink) {
    return pipeline -> place.after(people(pipeline), function).as(Long.class).sink("out", sink);
  }

  private HeadraceException failureOf(Job job, RestartStrategy strategy) {
    Settings settings =
        Settings.in(directory)
            .parallelism(1)
            .checkpointInterval(Duration.ofMillis(5))
            .withRestarts(strategy);
    return catchThrowableOfType(HeadraceException.class, () -> Headrace.run(job, settings));
  }

  private static RestartStrategy atOnce() {
    return RestartStrategy.fixedDelay(Integer.MAX_VALUE, Duration.ZERO);
  }

  private static String idOf(Person person) {
    Encoder out = new Encoder();
    Codecs.of(Person.class).encode(person, out);
    return "#%016x".formatted(io.headrace.codec.Hash.ofBytes(out.buffer(), 0, out.size(), 0));
  }

  private static void assertTold(HeadraceException failure, Place place) {
    assertThat(failure.operator()).contains(place.operator);
    assertThat(failure)
        .hasMessageContaining("Operator \"" + place.operator + "\", in task \"")
        .hasMessageContaining(" #0\", failed on value " + idOf(new Person(SECRET, POISON)))
        .hasMessageContaining("split \"0\" of source \"people\"");
    assertThat(failure.position().orElseThrow()).contains("split \"0\" of source \"people\"");
    for (Throwable each = failure; each != null; each = each.getCause()) {
      assertThat(each.toString()).doesNotContain(SECRET);
    }
    assertThat(failure.position().orElseThrow()).doesNotContain(SECRET);
  }

  @ParameterizedTest
  @EnumSource
  void whatThrowsIsNamedWithOperatorTaskValueAndPlaceAndNotWithItsContent(Place place) {
    HeadraceException failure =
        failureOf(job(place, UserErrorsTest::failing, Sinks.collect()), RestartStrategy.none());

    assertThat(failure.code()).isEqualTo(ErrorCode.USER_FUNCTION_FAILED);
    assertTold(failure, place);
    assertThat(failure)
        .hasMessageContaining(
            place.words + " threw java.lang.IllegalStateException: no. If it fails")
        .hasMessageEndingWith("[USER_FUNCTION_FAILED, user error]")
        .hasCauseInstanceOf(IllegalStateException.class);
    assertThat(failure.position().orElseThrow()).startsWith("UserErrorsTest.java:");
  }

  @ParameterizedTest
  @EnumSource
  void whatGivesNullIsNamedTheSameWay(Place place) {
    HeadraceException failure =
        failureOf(job(place, UserErrorsTest::nothing, Sinks.collect()), RestartStrategy.none());

    assertTold(failure, place);
    assertThat(failure).message().contains("null").containsOnlyOnce("[").endsWith("user error]");
  }

  @ParameterizedTest
  @EnumSource
  void aValueThatEachAttemptFailsOnEndsTheJobAndTheErrorSaysSo(Place place) {
    for (MapFunction<Person, Long> function : functions()) {
      HeadraceException failure = failureOf(job(place, function, Sinks.collect()), atOnce());

      assertThat(failure.code()).isEqualTo(ErrorCode.POISONOUS_INPUT);
      assertTold(failure, place);
      assertThat(failure)
          .hasMessageContaining("The job stops, since 4 attempts failed on this value. Mend")
          .message()
          .doesNotContain("starts again");
    }
  }

  /** It has nothing to start again from; the strategy is the default. */
  @Test
  void aJobWithoutADirectoryDoesNotSayThatItStartsAgain() {
    List<HeadraceException> failures = new ArrayList<>();

    String log =
        Log.textOf(
            () ->
                failures.add(
                    catchThrowableOfType(
                        HeadraceException.class,
                        () ->
                            Headrace.run(
                                job(Place.MAP, UserErrorsTest::failing, Sinks.collect()),
                                Settings.ephemeral().parallelism(1)))));

    assertThat(failures.get(0))
        .message()
        .contains("no. If it fails")
        .doesNotContain("starts again");
    assertThat(log)
        .contains("failed and ends, since it has no directory to start again from: Operator ")
        .doesNotContain("starts again");
  }

  private static List<MapFunction<Person, Long>> functions() {
    return List.of(UserErrorsTest::failing, UserErrorsTest::nothing);
  }

  @ParameterizedTest
  @EnumSource
  void aValueThatIsToBeSkippedIsSkippedAndNothingElse(Place place) throws Exception {
    for (MapFunction<Person, Long> function : functions()) {
      CollectingSink<Long> sink = Sinks.collect();
      Job job =
          pipeline -> {
            OWN.remove();
            Stream<Long> numbers = place.after(people(pipeline), function).as(Long.class);
            Stream<?> own = OWN.get();
            var unused = (own == null ? numbers : own).skipFailures();
            numbers.sink("out", sink);
          };

      try (Run run = Headrace.start(job, Settings.ephemeral().parallelism(1))) {
        run.await();

        assertThat(run.status().putAside()).isEqualTo(1);
      }
      assertThat(sink.values()).hasSize((int) COUNT - 1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aValueThatIsToBeADeadLetterIsOneWithItsPlace(Place place) {
    for (MapFunction<Person, Long> function : functions()) {
      CollectingSink<DeadLetter> dead = Sinks.collect();
      Job job =
          pipeline -> {
            OWN.remove();
            Stream<Long> numbers = place.after(people(pipeline), function).as(Long.class);
            Stream<?> own = OWN.get();
            (own == null ? numbers : own).deadLetters().sink("dead", dead);
            numbers.sink("out", Sinks.collect());
          };

      Headrace.run(job, Settings.ephemeral().parallelism(1));

      assertThat(dead.values())
          .singleElement()
          .satisfies(
              letter -> {
                assertThat(letter.operator()).isEqualTo(place.operator);
                assertThat(letter.position().orElseThrow()).contains("source \"people\"");
                assertThat(letter.text()).contains("number=" + POISON);
              });
    }
  }

  /** The attempts, one after the other, fail on one of two values in turn. */
  @Test
  void twoValuesThatTakeTurnsEndTheJobAsOneDoes() throws Exception {
    AtomicInteger made = new AtomicInteger();
    Job job =
        pipeline ->
            pipeline
                .source("numbers", Sources.generate(Long.class, COUNT, index -> index))
                .keyBy(number -> number)
                .process("picky", states -> new Picky((made.getAndIncrement() + 1) / 2))
                .sink("out", Sinks.collect());
    Settings settings = Settings.in(directory).parallelism(2).withRestarts(atOnce());

    try (Run run = Headrace.start(job, settings)) {
      HeadraceException failure = catchThrowableOfType(HeadraceException.class, run::await);

      assertThat(failure.code()).isEqualTo(ErrorCode.POISONOUS_INPUT);
      assertThat(run.status().restarts()).isLessThanOrEqualTo(6);
    }
  }

  /** Fails on one of two values, depending on the attempt. */
  private static final class Picky implements KeyedProcess<Long, Long, Long> {

    private final int attempt;

    Picky(int attempt) {
      this.attempt = attempt;
    }

    @Override
    public void process(Long number, Context<Long, Long> at) {
      if (number == POISON + attempt % 2) {
        throw new IllegalStateException("no " + number);
      }
      at.emit(number);
    }
  }
}

package io.headrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.headrace.api.Context;
import io.headrace.api.DeadLetter;
import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.Job;
import io.headrace.api.KeyedProcess;
import io.headrace.api.ListState;
import io.headrace.api.OperatorState;
import io.headrace.api.RestartStrategy;
import io.headrace.api.Settings;
import io.headrace.api.States;
import io.headrace.api.Stream;
import io.headrace.api.ValueState;
import io.headrace.api.connector.CollectingSink;
import io.headrace.api.connector.Sinks;
import io.headrace.api.connector.Sources;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Values that cannot be encoded where they have to be: in state, as keys, between operators. */
@Tag("FAULT-58")
@Timeout(60)
class UnencodableValuesTest {

  private static final long COUNT = 1_000;

  @TempDir Path directory;

  /** The number is encoded before the words are. */
  record Line(long number, List<@Nullable String> words) {}

  private static boolean isBad(long number) {
    return number % 100 == 50;
  }

  private static Line line(long number) {
    return new Line(number, Collections.singletonList(isBad(number) ? null : "word"));
  }

  private static Stream<Long> numbers(io.headrace.api.Pipeline pipeline) {
    return pipeline.source("numbers", Sources.generate(Long.class, COUNT, index -> index));
  }

  private Settings settings() {
    return Settings.in(directory).parallelism(2).checkpointInterval(Duration.ofMillis(2));
  }

  private HeadraceException failureOf(Job job, RestartStrategy strategy) {
    return catchThrowableOfType(
        HeadraceException.class, () -> Headrace.run(job, settings().withRestarts(strategy)));
  }

  private static RestartStrategy atOnce() {
    return RestartStrategy.fixedDelay(Integer.MAX_VALUE, Duration.ZERO);
  }

  private static void assertNamed(HeadraceException failure, String operator, String path) {
    assertThat(failure.operator()).contains(operator);
    assertThat(failure)
        .hasMessageContaining("\"" + operator + "\"")
        .hasMessageContaining(path)
        .hasMessageContaining("source \"numbers\"");
  }

  /** Writes a list and a value of its key, of which the value may be refused. */
  private static final class Keeping implements KeyedProcess<Long, Long, String> {

    private final ListState<Long> all;
    private final ValueState<Line> last;

    Keeping(States states) {
      all = states.list("all", Long.class);
      last = states.value("last", Line.class, new Line(-1, List.of()));
    }

    @Override
    public void process(Long number, Context<Long, String> at) {
      all.add(number);
      at.emit("early " + number);
      last.set(line(number));
      at.emit(number + ": " + all.size() + " " + last.get().number());
    }
  }

  private static Stream<String> kept(Stream<Long> numbers) {
    return numbers.keyBy(number -> number % 3).process("keeping", Keeping::new);
  }

  @Test
  void inStateItIsRefusedWhereItIsPutWithThePathToWhatIsWrong() {
    Job job = pipeline -> kept(numbers(pipeline)).sink("out", Sinks.collect());

    HeadraceException failure = failureOf(job, RestartStrategy.none());
    HeadraceException end = failureOf(job, atOnce());

    assertThat(failure.code()).isEqualTo(ErrorCode.VALUE_NOT_ENCODABLE);
    assertThat(end.code()).isEqualTo(ErrorCode.POISONOUS_INPUT);
    for (HeadraceException each : List.of(failure, end)) {
      assertNamed(
          each, "keeping", "its process: io.headrace.engine.UnencodableValuesTest$Line.words");
    }
  }

  @Test
  @Tag("R14")
  void inStateItsNeighboursAreIntactAlsoAfterARestart() {
    CollectingSink<String> out = Sinks.collect();
    CollectingSink<String> expected = Sinks.collect();
    Headrace.run(
        pipeline ->
            kept(pipeline.source("numbers", Sources.generate(Long.class, COUNT / 2, i -> i)))
                .skipFailures()
                .sink("out", out),
        settings());

    Headrace.run(pipeline -> kept(numbers(pipeline)).skipFailures().sink("out", out), settings());
    Headrace.run(
        pipeline -> kept(numbers(pipeline).filter(number -> !isBad(number))).sink("out", expected),
        Settings.ephemeral().parallelism(2));

    assertThat(out.values()).containsExactlyInAnyOrderElementsOf(expected.values());
  }

  private static Stream<Line> copied(Stream<Long> numbers, CollectingSink<Line> first) {
    Stream<Line> lines = numbers.map(UnencodableValuesTest::line);
    lines.sink("first", first);
    return lines;
  }

  @Test
  void betweenOperatorsThatEachGetACopyItIsRefusedWithThePath() {
    Job job =
        pipeline -> copied(numbers(pipeline), Sinks.collect()).sink("second", Sinks.collect());

    HeadraceException failure = failureOf(job, RestartStrategy.none());
    HeadraceException end = failureOf(job, atOnce());

    assertThat(failure.code()).isEqualTo(ErrorCode.VALUE_NOT_ENCODABLE);
    assertThat(end.code()).isEqualTo(ErrorCode.POISONOUS_INPUT);
    for (HeadraceException each : List.of(failure, end)) {
      assertNamed(each, "map-1", "UnencodableValuesTest$Line.words");
    }
  }

  @Test
  @Tag("R14")
  void betweenOperatorsItCanBeSkippedAndNobodyGetsIt() {
    CollectingSink<Line> first = Sinks.collect();
    CollectingSink<Line> second = Sinks.collect();

    Headrace.run(
        pipeline -> copied(numbers(pipeline), first).skipFailures().sink("second", second),
        settings());

    List<Line> good =
        LongStream.range(0, COUNT)
            .filter(number -> !isBad(number))
            .mapToObj(UnencodableValuesTest::line)
            .toList();
    assertThat(first.values()).containsExactlyInAnyOrderElementsOf(good);
    assertThat(second.values()).containsExactlyInAnyOrderElementsOf(good);
  }

  /** The source itself emits what cannot be copied. */
  private static Stream<Line> read(io.headrace.api.Pipeline pipeline, CollectingSink<Line> first) {
    Stream<Line> lines =
        pipeline.source(
            "numbers", Sources.generate(Line.class, COUNT, UnencodableValuesTest::line));
    lines.sink("first", first);
    return lines;
  }

  @Test
  @Tag("R14")
  void fromASourceItIsSkippedOrADeadLetterWhereTheSourceSaysSo() {
    CollectingSink<Line> first = Sinks.collect();
    CollectingSink<Line> second = Sinks.collect();
    CollectingSink<DeadLetter> dead = Sinks.collect();
    Job skipping = pipeline -> read(pipeline, first).skipFailures().sink("second", second);
    Job letting =
        pipeline -> {
          Stream<Line> lines = read(pipeline, first);
          lines.sink("second", second);
          lines.deadLetters().sink("dead", dead);
        };

    Headrace.run(skipping, Settings.ephemeral().parallelism(2));
    Headrace.run(letting, settings());

    assertThat(first.values()).hasSize(2 * (int) COUNT - 20).isEqualTo(second.values());
    assertThat(first.values()).noneMatch(line -> isBad(line.number()));
    assertThat(dead.values())
        .hasSize(10)
        .allSatisfy(
            letter -> {
              assertThat(letter.operator()).isEqualTo("numbers");
              assertThat(letter.stage()).isEqualTo(DeadLetter.Stage.READ);
              assertThat(letter.error()).contains("UnencodableValuesTest$Line.words");
              assertThat(letter.position().orElseThrow()).contains("split \"0\"");
            });
  }

  @Test
  void fromASourceThatSaysNothingOfItItFailsTheJobWithThePath() {
    Job job = pipeline -> read(pipeline, Sinks.collect()).sink("second", Sinks.collect());

    HeadraceException failure = failureOf(job, RestartStrategy.none());

    assertThat(failure.code()).isEqualTo(ErrorCode.VALUE_NOT_ENCODABLE);
    assertNamed(failure, "numbers", "UnencodableValuesTest$Line.words");
  }

  private static Job keyed(CollectingSink<Long> out, CollectingSink<DeadLetter> dead) {
    return pipeline -> {
      Stream<Long> counts =
          numbers(pipeline).keyBy(UnencodableValuesTest::line).process("counts", Counting::new);
      counts.sink("out", out);
      counts.deadLetters().sink("dead", dead);
    };
  }

  /** Counts the values of each key. */
  private static final class Counting implements KeyedProcess<Line, Long, Long> {

    private final ValueState<Long> count;

    Counting(States states) {
      count = states.value("count", Long.class, 0L);
    }

    @Override
    public void process(Long number, Context<Line, Long> at) {
      at.emit(count.update(before -> before + 1));
    }
  }

  @Test
  @Tag("R14")
  void asAKeyItIsTheKeyedOperatorsFailureAndTheOtherKeysGoOn() {
    CollectingSink<Long> out = Sinks.collect();
    CollectingSink<DeadLetter> dead = Sinks.collect();

    Headrace.run(keyed(out, dead), settings());

    assertThat(out.values()).hasSize((int) COUNT - 10).containsOnly(1L);
    assertThat(dead.values())
        .hasSize(10)
        .allSatisfy(
            letter -> {
              assertThat(letter.operator()).isEqualTo("counts");
              assertThat(letter.error()).contains("UnencodableValuesTest$Line.words");
            });
  }

  @Test
  void inASnapshotTheStateThatHoldsItIsNamedWithThePath() {
    OperatorState<Line> lines = OperatorState.evenSplit("lines", Line.class);
    NotingSink sink =
        new NotingSink(
            List.of(lines),
            context -> {},
            (context, value) -> context.states().elements(lines).add(line(50)),
            context -> {});

    HeadraceException failure =
        failureOf(
            pipeline ->
                pipeline
                    .source("texts", Sources.generate(String.class, 10, index -> "t" + index))
                    .sink("noting", sink),
            RestartStrategy.none());

    assertThat(failure.code()).isEqualTo(ErrorCode.VALUE_NOT_ENCODABLE);
    assertThat(failure.operator()).contains("noting");
    assertThat(failure)
        .hasMessageStartingWith("Operator state \"lines\" of operator \"noting\" holds an element")
        .hasMessageContaining("UnencodableValuesTest$Line.words");
  }

  @Test
  @Tag("FAULT-60")
  void aKeyThatIsTooLargeFailsTheOperatorThatKeepsItAndOtherKeysGoOn() {
    CollectingSink<Long> out = Sinks.collect();
    Job job = pipeline -> large(pipeline).sink("out", out);

    HeadraceException failure = failureOf(job, RestartStrategy.none());

    assertThat(failure.code()).isEqualTo(ErrorCode.VALUE_NOT_ENCODABLE);
    assertNamed(failure, "sizes", "A key of operator \"sizes\" takes 1100004 bytes, and a key may");
    Headrace.run(pipeline -> large(pipeline).skipFailures().sink("out", out), settings());
    assertThat(out.values()).hasSize(19);
  }

  private static Stream<Long> large(io.headrace.api.Pipeline pipeline) {
    return pipeline
        .source("numbers", Sources.generate(Long.class, 20, index -> index))
        .keyBy(number -> number == 7 ? "x".repeat(1_100_000) : "k" + number)
        .process("sizes", Sizes::new);
  }

  /** Keeps the size of each key. */
  private static final class Sizes implements KeyedProcess<String, Long, Long> {

    private final ValueState<Long> size;

    Sizes(States states) {
      size = states.value("size", Long.class, 0L);
    }

    @Override
    public void process(Long number, Context<String, Long> at) {
      size.set((long) at.key().length());
      at.emit(size.get());
    }
  }

  @Test
  @Tag("FAULT-60")
  void aKeyThatIsNullFailsTheOperatorThatItIsForWithOneSentence() {
    HeadraceException failure =
        failureOf(
            pipeline ->
                numbers(pipeline)
                    .keyBy(UnencodableValuesTest::noKey)
                    .aggregate("counts", Long.class, 0L, (count, number) -> count + 1)
                    .sink("out", Sinks.collect()),
            RestartStrategy.none());

    assertThat(failure.code()).isEqualTo(ErrorCode.USER_FUNCTION_FAILED);
    assertNamed(
        failure, "counts", ": its key selector returned null, and every value needs a key:");
    assertThat(failure).message().containsOnlyOnce("failed on").containsOnlyOnce("[");
  }

  @SuppressWarnings("NullAway") // A mistake, made on purpose.
  private static String noKey(Long number) {
    return isBad(number) ? null : "k";
  }

  @Test
  @Tag("FAULT-60")
  void aKeyThatIsANullPartOfAValueIsToldWithoutTheErrorOfTheValue() {
    HeadraceException failure =
        failureOf(
            pipeline ->
                numbers(pipeline)
                    .map(UnencodableValuesTest::line)
                    .keyBy(UnencodableValuesTest::firstWord)
                    .aggregate("counts", Long.class, 0L, (count, line) -> count + 1)
                    .sink("out", Sinks.collect()),
            RestartStrategy.none());

    assertThat(failure.code()).isEqualTo(ErrorCode.USER_FUNCTION_FAILED);
    assertNamed(
        failure,
        "counts",
        "on value of io.headrace.engine.UnencodableValuesTest$Line, which cannot be encoded, read");
    assertThat(failure).message().containsOnlyOnce("[").doesNotContain("VALUE_NOT_ENCODABLE");
  }

  @SuppressWarnings("NullAway") // A mistake, made on purpose.
  private static String firstWord(Line line) {
    return new ArrayList<>(line.words()).get(0);
  }
}

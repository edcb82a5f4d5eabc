package io.headrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.Context;
import io.headrace.api.DeadLetter;
import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.Job;
import io.headrace.api.KeyedProcess;
import io.headrace.api.MapState;
import io.headrace.api.Pipeline;
import io.headrace.api.RestartStrategy;
import io.headrace.api.Settings;
import io.headrace.api.SideOutput;
import io.headrace.api.States;
import io.headrace.api.Stream;
import io.headrace.api.TypeToken;
import io.headrace.api.ValueState;
import io.headrace.api.connector.CollectingSink;
import io.headrace.api.connector.Sinks;
import io.headrace.api.connector.Sources;
import io.headrace.codec.Codecs;
import io.headrace.codec.Decoder;
import io.headrace.engine.coordinator.RunStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Values that operators fail on. */
@Tag("N15")
@Tag("R14")
@Tag("FAULT-57")
@Timeout(60)
class PoisonTest {

  private static final SideOutput<String> NOTES = SideOutput.of("notes", String.class);
  private static final int KEYS = 3;
  private static final long COUNT = 1_000;

  @TempDir Path directory;

  private static boolean isPoison(long number) {
    return number % 10 == 7;
  }

  private static List<Long> poison() {
    return LongStream.range(0, COUNT).filter(PoisonTest::isPoison).boxed().toList();
  }

  private static long checked(long number) {
    if (isPoison(number)) {
      throw new IllegalArgumentException("poison");
    }
    return number;
  }

  private Settings settings() {
    return Settings.in(directory).parallelism(2).checkpointInterval(Duration.ofMillis(5));
  }

  private static Stream<Long> numbers(Pipeline pipeline) {
    return pipeline.source("numbers", Sources.generate(Long.class, COUNT, index -> index));
  }

  /** Changes all its states, emits, and then fails on poison. */
  static final class Careless implements KeyedProcess<Long, Long, String> {

    private final ValueState<Long> count;
    private final MapState<Long, Long> seen;

    Careless(States states) {
      count = states.value("count", Long.class, 0L);
      seen = states.map("seen", Long.class, Long.class);
    }

    @Override
    public void process(Long number, Context<Long, String> at) {
      long now = count.update(before -> before + 1);
      at.emit("early " + number);
      at.emit(NOTES, "note " + number);
      seen.put(number % 10, number);
      if (seen.size() > 4) {
        seen.remove((number + 5) % 10);
      }
      checked(number);
      StringBuilder order = new StringBuilder();
      seen.forEach((key, value) -> order.append(key).append(' '));
      at.emit(number + ": " + now + " " + order);
    }
  }

  @Test
  void whatAFailedValueDidIsUndone() {
    CollectingSink<String> all = Sinks.collect();
    CollectingSink<String> notes = Sinks.collect();
    CollectingSink<String> allOfGood = Sinks.collect();
    CollectingSink<String> notesOfGood = Sinks.collect();

    Headrace.run(careless(all, notes, false), settings());
    Headrace.run(careless(allOfGood, notesOfGood, true), Settings.ephemeral().parallelism(2));

    assertThat(all.values()).containsExactlyInAnyOrderElementsOf(allOfGood.values());
    assertThat(notes.values()).containsExactlyInAnyOrderElementsOf(notesOfGood.values());
  }

  private static Job careless(
      CollectingSink<String> all, CollectingSink<String> notes, boolean isOfGoodOnly) {
    return pipeline -> {
      Stream<String> out =
          numbers(pipeline)
              .filter(number -> !isOfGoodOnly || !isPoison(number))
              .keyBy(number -> number % KEYS)
              .process("careless", Careless::new)
              .skipFailures();
      out.sink("all", all);
      out.side(NOTES).sink("notes", notes);
    };
  }

  @Test
  void deadLettersTellValueOperatorPlaceAndError() {
    CollectingSink<Long> good = Sinks.collect();
    CollectingSink<DeadLetter> dead = Sinks.collect();

    Headrace.run(
        pipeline -> {
          Stream<Long> mapped = numbers(pipeline).map(number -> checked(number));
          mapped.sink("good", good);
          mapped.deadLetters().sink("dead", dead);
        },
        settings());

    assertThat(good.values()).hasSize((int) COUNT - poison().size());
    assertThat(dead.values()).hasSize(poison().size());
    assertThat(dead.values()).extracting(PoisonTest::decoded).hasSameElementsAs(poison());
    assertThat(dead.values())
        .allSatisfy(
            letter -> {
              assertThat(letter.operator()).startsWith("map");
              assertThat(letter.stage()).isEqualTo(DeadLetter.Stage.PROCESS);
              assertThat(letter.error()).contains("IllegalArgumentException", "poison");
              assertThat(letter.stack())
                  .hasValueSatisfying(
                      stack -> assertThat(stack).contains("PoisonTest.checked(PoisonTest.java:"));
              assertThat(letter.text()).isEqualTo(decoded(letter).toString());
              assertThat(letter.position()).hasValueSatisfying(PoisonTest::isAPlaceOfNumbers);
            });
  }

  /** Says what it is made of, in which it is itself. */
  record Endless(long number) {
    @Override
    public String toString() {
      return "Endless[" + this + "]";
    }
  }

  @Test
  void aValueWhoseTextHasNoEndIsADeadLetterAllTheSame() {
    CollectingSink<DeadLetter> dead = Sinks.collect();

    Headrace.run(
        pipeline -> {
          Stream<Long> mapped =
              numbers(pipeline)
                  .map(Endless::new)
                  .as(Endless.class)
                  .map(endless -> checked(endless.number()));
          mapped.sink("good", Sinks.collect());
          mapped.deadLetters().sink("dead", dead);
        },
        settings().withRestarts(RestartStrategy.none()));

    assertThat(dead.values())
        .hasSize(poison().size())
        .allSatisfy(
            letter ->
                assertThat(letter.text())
                    .isEqualTo(
                        "a io.headrace.engine.PoisonTest$Endless, whose toString() threw a"
                            + " java.lang.StackOverflowError"));
  }

  private static void isAPlaceOfNumbers(String place) {
    assertThat(place).contains("source \"numbers\"");
  }

  private static Long decoded(DeadLetter letter) {
    assertThat(letter.schema()).contains("\"long\"");
    return Codecs.of(TypeToken.of(Long.class)).decode(new Decoder(letter.bytes()));
  }

  @Test
  void aKeyThatCannotBeSelectedIsTheKeyedOperatorsFailure() {
    CollectingSink<String> good = Sinks.collect();
    CollectingSink<DeadLetter> dead = Sinks.collect();

    Headrace.run(
        pipeline -> {
          Stream<String> out =
              numbers(pipeline)
                  .keyBy(number -> checked(number) % KEYS)
                  .process("careless", Careless::new);
          out.sink("good", good);
          out.side(NOTES).sink("notes", Sinks.collect());
          out.deadLetters().sink("dead", dead);
        },
        settings());

    assertThat(dead.values()).extracting(PoisonTest::decoded).hasSameElementsAs(poison());
    assertThat(dead.values()).extracting(DeadLetter::operator).containsOnly("careless");
  }

  @Test
  void aValueThatASinkRejectsCanBeADeadLetter() {
    RejectingSink sink = new RejectingSink();
    CollectingSink<DeadLetter> dead = Sinks.collect();

    Headrace.run(
        pipeline -> numbers(pipeline).sink("picky", sink).deadLetters().sink("dead", dead),
        settings());

    assertThat(sink.values()).hasSize((int) COUNT - poison().size());
    assertThat(dead.values()).extracting(PoisonTest::decoded).hasSameElementsAs(poison());
    assertThat(dead.values()).extracting(DeadLetter::stage).containsOnly(DeadLetter.Stage.WRITE);
    assertThat(dead.values())
        .allSatisfy(letter -> assertThat(letter.stack().orElseThrow()).contains("RejectingSink"));
  }

  @Test
  void aValueThatASinkRejectsCanBeSkippedAndCounted() throws Exception {
    RejectingSink sink = new RejectingSink();

    RunStatus status =
        run(pipeline -> numbers(pipeline).sink("picky", sink).skipFailures(), settings());

    assertThat(sink.values())
        .hasSize((int) COUNT - poison().size())
        .doesNotContainAnyElementsOf(poison());
    assertThat(status.putAside()).isEqualTo(poison().size());
  }

  @Test
  void skippedValuesAreCounted() throws Exception {
    Job job =
        pipeline ->
            numbers(pipeline)
                .map(number -> checked(number))
                .skipFailures()
                .sink("good", Sinks.collect());

    try (Run run = Headrace.start(job, settings())) {
      run.await();

      assertThat(run.status().putAside()).isEqualTo(poison().size());
    }
  }

  /** So the count is that of dead letters, whatever fails in between. */
  @Test
  void whatIsReadAgainIsCountedOnce() throws Exception {
    AtomicBoolean fails = new AtomicBoolean(true);
    Settings atOnce =
        settings().withRestarts(RestartStrategy.fixedDelay(Integer.MAX_VALUE, Duration.ZERO));
    run(skipping(COUNT, number -> {}), settings());
    Job failingOnce =
        skipping(
            2 * COUNT,
            number -> {
              if (number == COUNT + 500 && fails.getAndSet(false)) {
                throw new IllegalStateException("once");
              }
            });

    RunStatus status = run(failingOnce, atOnce.parallelism(3));

    assertThat(status.restarts()).isEqualTo(1);
    assertThat(status.putAside()).isEqualTo(2L * poison().size());
  }

  @Test
  void whatFailsMayBeDecidedAnewAtEachStart() throws Exception {
    run(skipping(COUNT, number -> {}), settings());
    CollectingSink<Long> all = Sinks.collect();
    Job failing =
        pipeline ->
            pipeline
                .source("numbers", Sources.generate(Long.class, COUNT + 7, index -> index))
                .map(number -> checked(number))
                .sink("good", all);

    run(failing, settings());

    assertThat(all.values()).hasSize(7);
    assertThat(run(skipping(COUNT + 8, number -> {}), settings()).putAside()).isEqualTo(1);
  }

  private static Job skipping(long count, Consumer<Long> after) {
    return pipeline ->
        pipeline
            .source("numbers", Sources.generate(Long.class, count, index -> index))
            .map(number -> checked(number))
            .skipFailures()
            .map(
                number -> {
                  after.accept(number);
                  return number;
                })
            .sink("good", Sinks.collect());
  }

  private static RunStatus run(Job job, Settings settings) throws Exception {
    try (Run run = Headrace.start(job, settings)) {
      run.await();
      return run.status();
    }
  }

  @Test
  void whatIsNotTheValuesFaultEndsTheJobAllTheSame() {
    CollectingSink<String> good = Sinks.collect();
    RestartStrategy atOnce = RestartStrategy.fixedDelay(Integer.MAX_VALUE, Duration.ZERO);
    Job job =
        pipeline -> {
          Stream<String> out =
              numbers(pipeline)
                  .keyBy(number -> number % KEYS)
                  .process("careless", Careless::new)
                  .skipFailures();
          out.sink("good", good); // Nobody takes the notes.
        };

    assertThatThrownBy(() -> Headrace.run(job, settings().withRestarts(atOnce)))
        .extracting(error -> ((HeadraceException) error).code())
        .isEqualTo(ErrorCode.SIDE_OUTPUT_UNCONNECTED);
  }

  @Test
  void theJobStopsWhenOneValueFailsItAgainAndAgain() {
    RestartStrategy atOnce = RestartStrategy.fixedDelay(Integer.MAX_VALUE, Duration.ZERO);
    Job job =
        pipeline -> numbers(pipeline).map(number -> checked(number)).sink("good", Sinks.collect());

    assertThatThrownBy(() -> Headrace.run(job, settings().withRestarts(atOnce)))
        .hasMessageContaining("numbers")
        .hasMessageContaining("map-1")
        .extracting(error -> Optional.of(((HeadraceException) error).code()))
        .isEqualTo(Optional.of(ErrorCode.POISONOUS_INPUT));
  }
}

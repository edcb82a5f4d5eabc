package io.headrace.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.TimeDomain;
import io.headrace.api.TimerService;
import io.headrace.codec.Codec;
import io.headrace.codec.Codecs;
import io.headrace.codec.Decoder;
import io.headrace.codec.Encoder;
import io.headrace.codec.KeyCodec;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * No memory for one of the allocations of an operation: state is what it was, whoever catches the
 * error, and the error is told as it is.
 */
@Tag("FAULT-20")
final class NoMemoryTest {

  /** The first allocation of an element fails, then the second, until it passes. */
  @Test
  @Tag("N15")
  void anElementCanBeUndoneWhicheverAllocationFails() throws ReflectiveOperationException {
    FailingClasses.run(Elements.class);
  }

  /** An operation is done or not, where it changes one entry; else it is done for some of them. */
  @Test
  void noOperationIsHalfDoneWhicheverAllocationFails() throws ReflectiveOperationException {
    FailingClasses.run(Operations.class);
  }

  @Test
  @Tag("ST-10")
  void aTimerFiresOnceWhicheverAllocationFails() throws ReflectiveOperationException {
    FailingClasses.run(Timers.class);
  }

  @Test
  void valuesAreWholeOrTheErrorIsToldWhicheverAllocationFails()
      throws ReflectiveOperationException {
    FailingClasses.run(Values.class);
  }

  @Test
  @Tag("full")
  void neitherInManySteps() throws ReflectiveOperationException {
    FailingClasses.run(ManySteps.class);
  }

  static final class Elements implements Runnable {

    @Override
    public void run() {
      ofLongs(StatesFixture::undoable).elements(30);
      ofStrings(StatesFixture::undoable).elements(30);
    }
  }

  static final class Operations implements Runnable {

    @Override
    public void run() {
      ofLongs(StatesFixture::states).operations(2_000);
      ofStrings(StatesFixture::states).operations(2_000);
    }
  }

  static final class Timers implements Runnable {

    private final KeyCodec<String> keys = TestTypes.strings();
    private final KeyedStates<String> states = StatesFixture.states(keys);
    private final TimerService timers = states.timers();
    private final Firing<String> firing = states.firing().orElseThrow();
    private final Set<String> expected = new TreeSet<>();
    private final List<String> fired = new ArrayList<>();

    @Override
    public void run() {
      SplittableRandom random = new SplittableRandom(1);
      for (int i = 0; i < 500; i++) {
        String key = "key-" + random.nextInt(20);
        long time = random.nextInt(1_000);
        expected.add(key + " at " + time);
        untilItPasses(() -> register(key, time));
      }
      while (firing.next(TimeDomain.EVENT_TIME) < TimerQueue.NONE) {
        untilItPasses(this::fire);
      }
      assertThat(fired).containsExactlyInAnyOrderElementsOf(expected);
    }

    private void register(String key, long time) {
      StatesFixture.enter(states, keys, key);
      timers.registerEventTimeTimer(Instant.ofEpochMilli(time));
    }

    private void fire() {
      if (firing.enter(TimeDomain.EVENT_TIME)) {
        fired.add(firing.key() + " at " + firing.time());
      }
    }

    private void untilItPasses(Runnable operation) {
      int number = 1;
      while (thrownBy(operation, number).isPresent()) {
        states.leave();
        number++;
      }
      states.leave();
    }
  }

  sealed interface Shape permits Circle, Box {}

  record Circle(double radius) implements Shape {}

  record Box(List<BigDecimal> sides) implements Shape {}

  record Wide(
      String text,
      Map<String, List<Long>> lists,
      Optional<Instant> time,
      TimeDomain domain,
      Set<Shape> shapes,
      byte[] bytes) {}

  static final class Values implements Runnable {

    private static final Wide VALUE =
        new Wide(
            "häufig",
            Map.of("a", List.of(1L, 1L << 40), "b", List.of()),
            Optional.of(Instant.EPOCH),
            TimeDomain.PROCESSING_TIME,
            Set.of(new Circle(2), new Box(List.of(BigDecimal.TEN))),
            new byte[] {1, 2, 3});

    private final Codec<Wide> codec = Codecs.of(Wide.class);
    private final Encoder encoder = new Encoder();
    private byte[] encoded = {};
    private int failures;

    @Override
    public void run() {
      codec.encode(VALUE, encoder);
      byte[] whole = encoder.toBytes();

      untilItPasses(
          () -> {
            encoder.clear();
            codec.encode(VALUE, encoder);
            encoded = encoder.toBytes();
          });
      assertThat(encoded).isEqualTo(whole);
      untilItPasses(
          () ->
              assertThat(codec.decode(new Decoder(whole, 0, whole.length)))
                  .usingRecursiveComparison()
                  .isEqualTo(VALUE));
      assertThat(failures).isGreaterThan(30);
    }

    private void untilItPasses(Runnable operation) {
      for (int number = 1; thrownBy(operation, number).isPresent(); number++) {
        failures++;
      }
    }
  }

  static final class ManySteps implements Runnable {

    @Override
    public void run() {
      ofLongs(StatesFixture::undoable).elements(200);
      ofStrings(StatesFixture::undoable).elements(200);
      ofLongs(StatesFixture::states).operations(30_000);
      ofStrings(StatesFixture::states).operations(30_000);
    }
  }

  private static Optional<OutOfMemoryError> thrownBy(Runnable operation, long number) {
    Allocations.failAt(number);
    try {
      operation.run();
      assertThat(Allocations.hasFailed()).describedAs("failed, and nobody knew").isFalse();
      return Optional.empty();
    } catch (OutOfMemoryError expected) {
      return Optional.of(expected);
    } finally {
      Allocations.failNoMore();
    }
  }

  private static Steps<Long> ofLongs(Function<KeyCodec<Long>, KeyedStates<Long>> states) {
    return new Steps<>(TestTypes.longs(), number -> number, states);
  }

  private static Steps<String> ofStrings(Function<KeyCodec<String>, KeyedStates<String>> states) {
    return new Steps<>(TestTypes.strings(), number -> "key-" + number, states);
  }

  /** Random steps of a model, and views. */
  private static final class Steps<K> {

    private static final int KEYS = 12;

    /** Most steps make fewer allocations. */
    private static final int MOST = 100;

    private final KeyCodec<K> codec;
    private final StatesModel<K> model;
    private int failures;

    Steps(KeyCodec<K> codec, LongFunction<K> keys, Function<KeyCodec<K>, KeyedStates<K>> states) {
      this.codec = codec;
      this.model = new StatesModel<>(codec, keys, states.apply(codec), new StatesContent<>());
    }

    /** Each step begins with the same state however often it failed. */
    void elements(int steps) {
      for (int seed = 0; seed < steps; seed++) {
        int number = 1;
        while (fails(seed, number)) {
          number++;
        }
        number = 1;
        while (seed % 10 == 0 && fails(this::view, "view", number)) {
          number++;
        }
      }
      assertThat(failures).isGreaterThan(10 * steps);
    }

    /** Each step begins with what the one before has left. */
    void operations(int steps) {
      for (int seed = 0; seed < steps; seed++) {
        fails(seed, seed % MOST + 1);
        if (seed % 10 == 0) {
          fails(this::view, "view", seed % MOST + 1);
        }
      }
      assertThat(failures).isGreaterThan(steps / 10);
    }

    private boolean fails(int seed, int number) {
      return fails(() -> model.step(new SplittableRandom(seed), KEYS), "step " + seed, number);
    }

    private boolean fails(Runnable operation, String what, int number) {
      Optional<OutOfMemoryError> thrown = thrownBy(operation, number);
      try {
        model.states.leave();
        model.check();
      } catch (AssertionError | RuntimeException changed) {
        thrown.ifPresent(changed::addSuppressed);
        throw new AssertionError(what + ", allocation " + number, changed);
      }
      failures += thrown.isPresent() ? 1 : 0;
      return thrown.isPresent();
    }

    /** What a checkpoint does. */
    private void view() {
      try (StatesView view = model.states.view()) {
        assertThat(StatesContent.decoded(view, codec)).isEqualTo(model.content);
      }
      model.states.coveredUpTo(model.states.views());
    }
  }
}

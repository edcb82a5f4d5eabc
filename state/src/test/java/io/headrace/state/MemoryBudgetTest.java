package io.headrace.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.codec.HashRange;
import io.headrace.codec.KeyCodec;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MemoryBudgetTest {

  @Test
  void theLimitIsAnErrorThatSaysWhatToDo() {
    KeyedStates<Long> states =
        StatesFixture.states(TestTypes.longs(), HashRange.ALL, new MemoryBudget(10_000));
    var sum = states.value("sum", Long.class, 0L);

    assertThatThrownBy(
            () -> {
              for (long key = 0; ; key++) {
                StatesFixture.enter(states, TestTypes.longs(), key);
                sum.set(key);
              }
            })
        .isInstanceOf(HeadraceException.class)
        .hasMessage(
            "State \"sum\" of operator \"op\" needs 8448 bytes more, but the state of the job may"
                + " take 10000 bytes, of which 4224 are used. Raise the limit on state memory (and"
                + " the heap with it), keep less for each key, or clear what is no longer needed."
                + "   [STATE_LIMIT_REACHED, resource limit]");
  }

  @Test
  void aLimitOfNothingIsRefused() {
    assertThatThrownBy(() -> new MemoryBudget(0)).hasMessageContaining("its limit is 0 bytes");
  }

  @Test
  void aSmallStateTakesLittle() {
    MemoryBudget budget = new MemoryBudget(StatesFixture.PLENTY);
    KeyedStates<Long> states = StatesFixture.states(TestTypes.longs(), HashRange.ALL, budget);
    var sum = states.value("sum", Long.class, 0L);

    for (long key = 0; key < 220; key++) {
      StatesFixture.enter(states, TestTypes.longs(), key);
      sum.set(key);
    }

    assertThat(budget.used()).isLessThan(10_000);
  }

  /** A view that is being read makes writes copy; that is no reason to stop a job. */
  @Test
  void aBatchWaitsForAViewRatherThanRunOutOfMemoryForCopies() {
    MemoryBudget budget = new MemoryBudget(12_000_000);
    KeyedStates<Long> states = StatesFixture.states(TestTypes.longs(), HashRange.ALL, budget);
    var sum = states.value("sum", Long.class, 0L);
    for (long key = 0; budget.used() < 7_000_000; key++) {
      StatesFixture.enter(states, TestTypes.longs(), key);
      sum.set(key);
    }
    states.leave();

    assertThat(states.shouldWait(256)).isFalse();
    try (StatesView view = states.view()) {
      assertThat(view.states()).hasSize(1);
      assertThat(states.shouldWait(256)).isTrue();
      assertThat(states.shouldWait(1)).isFalse();
    }
    assertThat(states.shouldWait(256)).isFalse();
  }

  /** Wherever memory runs out, what was done before stays done and no more. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void afterTheLimitStateIsAsItWas(long seed) {
    assertThatStateIsAsItWas(seed, TestTypes.longs(), number -> number, MemoryBudgetTest::plain);
    assertThatStateIsAsItWas(
        seed, TestTypes.strings(), number -> "key-" + number, MemoryBudgetTest::plain);
  }

  /** Nor is anything left of an element that was undone because memory had run out. */
  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23, 24, 25, 26, 27, 28})
  @Tag("N15")
  void whatTheLimitInterruptedCanBeUndone(long seed) {
    assertThatStateIsAsItWas(seed, TestTypes.longs(), number -> number, StatesFixture::undoable);
    assertThatStateIsAsItWas(
        seed, TestTypes.strings(), number -> "key-" + number, StatesFixture::undoable);
  }

  private static <K> KeyedStates<K> plain(KeyCodec<K> codec, MemoryBudget budget) {
    return StatesFixture.states(codec, HashRange.ALL, budget);
  }

  private <K> void assertThatStateIsAsItWas(
      long seed,
      KeyCodec<K> codec,
      LongFunction<K> keys,
      BiFunction<KeyCodec<K>, MemoryBudget, KeyedStates<K>> states) {
    SplittableRandom random = new SplittableRandom(seed);
    MemoryBudget budget = new MemoryBudget(random.nextInt(200_000, 2_000_000));
    StatesModel<K> model =
        new StatesModel<>(codec, keys, states.apply(codec, budget), new StatesContent<>());
    int refusals = 0;
    Deque<StatesView> open = new ArrayDeque<>();
    try {
      for (int step = 0; step < 30_000; step++) {
        refusals += isRefused(model, random, open) ? 1 : 0;
        if (open.size() > 2) {
          open.remove().close();
        }
      }
      assertThat(refusals).isPositive();
      open.forEach(StatesView::close);
      budget.giveBack(StatesFixture.PLENTY); // For the objects that were changed in place.
      model.check();
      try (StatesView view = model.states.view()) {
        assertThat(StatesContent.decoded(view, codec)).isEqualTo(model.content);
      }
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("seed " + seed + " of " + codec.codec().type(), e);
    }
  }

  private static boolean isRefused(
      StatesModel<?> model, SplittableRandom random, Deque<StatesView> open) {
    try {
      model.step(random, 30_000);
      if (random.nextInt(2_000) == 0) {
        open.add(model.states.view());
      }
      return false;
    } catch (HeadraceException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.STATE_LIMIT_REACHED);
      model.states.leave();
      return true;
    }
  }

  /** Memory is charged and given back: neither views nor copies make it grow for ever. */
  @Test
  void stateThatStaysTheSameTakesUpToTwiceItsSize() {
    MemoryBudget budget = new MemoryBudget(StatesFixture.PLENTY);
    KeyedStates<Long> states = StatesFixture.states(TestTypes.longs(), HashRange.ALL, budget);
    var sum = states.value("sum", Long.class, 0L);
    Deque<StatesView> open = new ArrayDeque<>();
    long once = 0;
    for (int round = 0; round < 40; round++) {
      for (long key = 0; key < 60_000; key++) {
        StatesFixture.enter(states, TestTypes.longs(), key);
        sum.set(key);
      }
      states.leave();
      once = round == 0 ? budget.used() : once;
      open.add(states.view());
      if (open.size() > 1) {
        open.remove().close(); // Overlaps with the next: there is never a moment without a view.
      }

      assertThat(budget.used()).as("round %s", round).isLessThanOrEqualTo(3 * once);
    }
    open.remove().close();
    states.view().close();
    states.view().close();

    assertThat(budget.used()).as("after two views without writes").isEqualTo(once);
  }

  @Test
  void largeValuesSplitSegmentsToo() {
    MemoryBudget budget = new MemoryBudget(StatesFixture.PLENTY);
    KeyedStates<Long> states = StatesFixture.states(TestTypes.longs(), HashRange.ALL, budget);
    var text = states.value("text", String.class, "");
    for (long key = 0; key < 1_000; key++) {
      StatesFixture.enter(states, TestTypes.longs(), key);
      text.set("x".repeat(10_000));
    }
    states.leave();
    Table table = ((ValueTable<?, ?>) states.state("text")).table();
    long before = table.copiedBytes();

    try (StatesView view = states.view()) {
      StatesFixture.enter(states, TestTypes.longs(), 5L);
      text.set("y");
      assertThat(view.number()).isEqualTo(1);
    }

    assertThat(table.copiedBytes() - before).isLessThan(300_000);
    assertThat(budget.used()).isLessThan(3 * 10_000_000L);
  }
}

package io.headrace.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.codec.Decoder;
import io.headrace.codec.HashRange;
import io.headrace.codec.KeyCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random uses of state beside plain maps, with views taken, read, covered and dropped. */
@Tag("ST-1")
@Tag("ST-3")
final class StatesPropertyTest {

  private static final ExecutorService READER = Executors.newSingleThreadExecutor();

  @AfterAll
  static void stop() {
    READER.shutdownNow();
  }

  /** A view, what it must show, and what another thread has read from it. */
  private record Taken<K>(
      StatesView view, StatesContent<K> expected, Future<StatesContent<K>> read) {}

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void stateAndViewsHoldWhatPlainMapsHold(long seed) throws Exception {
    assertThatAllHold(seed, TestTypes.longs(), number -> number, StatesFixture::states);
    assertThatAllHold(seed, TestTypes.strings(), number -> "key-" + number, StatesFixture::states);
  }

  @ParameterizedTest
  @ValueSource(longs = {31, 32, 33, 34, 35, 36})
  @Tag("N15")
  void whatWasUndoneIsInNoStateAndNoView(long seed) throws Exception {
    assertThatAllHold(seed, TestTypes.longs(), number -> number, StatesFixture::undoable);
    assertThatAllHold(
        seed, TestTypes.strings(), number -> "key-" + number, StatesFixture::undoable);
  }

  private <K> void assertThatAllHold(
      long seed,
      KeyCodec<K> codec,
      LongFunction<K> keys,
      Function<KeyCodec<K>, KeyedStates<K>> states)
      throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    StatesModel<K> model =
        new StatesModel<>(codec, keys, states.apply(codec), new StatesContent<>());
    int keySpace = List.of(3, 300, 20_000).get((int) (seed % 3));
    List<Taken<K>> open = new ArrayList<>();
    try {
      for (int step = 0; step < 40_000; step++) {
        model.step(random, keySpace);
        if (random.nextInt(4_000) == 0) {
          open.add(take(model));
        }
        if (!open.isEmpty() && random.nextInt(4_000) == 0) {
          close(open.remove(random.nextInt(open.size())));
        }
        if (model.states.views() > 0 && random.nextInt(4_000) == 0) {
          model.states.coveredUpTo(random.nextLong(1, model.states.views() + 1));
        }
      }
      model.check();
      for (Taken<K> taken : open) {
        close(taken);
      }
    } catch (AssertionError e) {
      throw new AssertionError("seed " + seed + " of " + codec.codec().type(), e);
    }
  }

  private static <K> Taken<K> take(StatesModel<K> model) {
    StatesView view = model.states.view();
    return new Taken<>(
        view, model.content.copy(), READER.submit(() -> StatesContent.decoded(view, model.codec)));
  }

  private static <K> void close(Taken<K> taken) throws Exception {
    assertThat(taken.read.get()).isEqualTo(taken.expected);
    taken.view.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18})
  void aBaseAndTheChangesSinceRestoreTheState(long seed) {
    assertThatChangesRestore(seed, TestTypes.longs(), number -> number, StatesFixture::states);
    assertThatChangesRestore(
        seed, TestTypes.strings(), number -> "key-" + number, StatesFixture::states);
  }

  @ParameterizedTest
  @ValueSource(longs = {41, 42, 43, 44, 45, 46, 47, 48})
  @Tag("N15")
  void changesTellAllThatMattersWhereSomeWereUndone(long seed) {
    assertThatChangesRestore(seed, TestTypes.longs(), number -> number, StatesFixture::undoable);
    assertThatChangesRestore(
        seed, TestTypes.strings(), number -> "key-" + number, StatesFixture::undoable);
  }

  /** What a checkpoint holds: the entries of each state, and what was deleted from it. */
  private record Stored(
      List<List<StatesFixture.Entry>> entries, List<List<StatesFixture.Entry>> deletions) {}

  private <K> void assertThatChangesRestore(
      long seed,
      KeyCodec<K> codec,
      LongFunction<K> keys,
      Function<KeyCodec<K>, KeyedStates<K>> states) {
    SplittableRandom random = new SplittableRandom(seed);
    StatesModel<K> model =
        new StatesModel<>(codec, keys, states.apply(codec), new StatesContent<>());
    int keySpace = List.of(20, 1_000, 3_000).get((int) (seed % 3));
    List<Stored> full = new ArrayList<>(List.of(new Stored(List.of(), List.of())));
    try {
      for (int round = 1; round <= 12; round++) {
        for (int steps = random.nextInt(2 * keySpace); steps > 0; steps--) {
          model.step(random, keySpace);
        }
        try (StatesView view = model.states.view()) {
          full.add(stored(view, true));
          StatesContent<K> expected = model.content.copy();
          List<Stored> parts = new ArrayList<>();
          parts.add(full.get((int) view.base()));
          parts.add(stored(view, false));
          restored(parts, codec, keys, expected).check();
          assertThat(StatesContent.decoded(view, codec)).isEqualTo(expected);
        }
        cover(model.states, random);
      }
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("seed " + seed + " of " + codec.codec().type(), e);
    }
  }

  /** Often the last view but one, as where a checkpoint completes after the next has begun. */
  private static void cover(KeyedStates<?> states, SplittableRandom random) {
    long lag = random.nextInt(3);
    if (states.views() > lag && random.nextInt(4) > 0) {
      states.coveredUpTo(states.views() - lag);
    }
  }

  private static Stored stored(StatesView view, boolean isFull) {
    List<List<StatesFixture.Entry>> entries = new ArrayList<>();
    List<List<StatesFixture.Entry>> deletions = new ArrayList<>();
    for (StatesView.State state : view.states()) {
      entries.add(isFull ? StatesFixture.entries(state) : StatesFixture.changes(state));
      deletions.add(isFull ? List.of() : StatesFixture.deletions(state));
    }
    return new Stored(entries, deletions);
  }

  private static <K> StatesModel<K> restored(
      List<Stored> parts, KeyCodec<K> codec, LongFunction<K> keys, StatesContent<K> expected) {
    KeyedStates<K> fresh = StatesFixture.states(codec);
    StatesModel<K> model = new StatesModel<>(codec, keys, fresh, expected);
    for (Stored part : parts) {
      for (int state = 0; state < part.entries.size(); state++) {
        String name = fresh.names().get(state);
        StatesFixture.restore(fresh, name, part.entries.get(state));
        part.deletions
            .get(state)
            .forEach(entry -> fresh.restoreDeletion(name, new Decoder(entry.bytes())));
      }
    }
    try (StatesView view = fresh.view()) {
      assertThat(StatesContent.decoded(view, codec)).isEqualTo(expected);
    }
    return model;
  }

  @Test
  void stateIsRestoredIntoAnyNumberOfTasks() {
    StatesModel<String> one =
        new StatesModel<>(
            TestTypes.strings(),
            Long::toString,
            StatesFixture.states(TestTypes.strings()),
            new StatesContent<>());
    SplittableRandom random = new SplittableRandom(21);
    for (int step = 0; step < 20_000; step++) {
      one.step(random, 3_000);
    }

    List<KeyedStates<String>> three = split(List.of(one.states), 3);
    List<KeyedStates<String>> two = split(three, 2);
    KeyedStates<String> again = split(two, 1).get(0);

    try (StatesView view = again.view()) {
      assertThat(StatesContent.decoded(view, TestTypes.strings())).isEqualTo(one.content);
    }
    for (int task = 0; task < 2; task++) {
      HashRange range = HashRange.ofTask(task, 2);
      try (StatesView view = two.get(task).view()) {
        assertThat(StatesContent.decoded(view, TestTypes.strings()).of("sum"))
            .isNotEmpty()
            .allSatisfy(
                (key, value) -> assertThat(range.contains(TestTypes.strings().hash(key))).isTrue());
      }
    }
  }

  private static List<KeyedStates<String>> split(List<KeyedStates<String>> from, int parallelism) {
    List<KeyedStates<String>> tasks = new ArrayList<>();
    for (int task = 0; task < parallelism; task++) {
      KeyedStates<String> states =
          StatesFixture.states(
              TestTypes.strings(),
              HashRange.ofTask(task, parallelism),
              new MemoryBudget(StatesFixture.PLENTY));
      new StatesModel.Handles(states);
      for (KeyedStates<String> each : from) {
        try (StatesView view = each.view()) {
          view.states()
              .forEach(
                  state ->
                      StatesFixture.restore(states, state.name(), StatesFixture.entries(state)));
        }
      }
      tasks.add(states);
    }
    return tasks;
  }
}

package io.headrace.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.MapState;
import io.headrace.api.ValueState;
import io.headrace.codec.Hash;
import java.io.IOException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** How much an increment lists, and what deletions leave behind. */
final class ChangesTest {

  private static final int KEYS = 1_000_000;
  private static final int BATCH = 250;

  private final KeyedStates<Long> states = StatesFixture.states(TestTypes.longs());
  private final ValueState<Long> sum = states.value("sum", Long.class, 0L);
  private final Table table = ((ValueTable<?, ?>) states.state("sum")).table();

  @Test
  void whenOnePercentWasWrittenAboutOnePercentIsListed() throws IOException {
    writeAll();
    SplittableRandom random = new SplittableRandom(1);
    states.coveredUpTo(closedView());

    for (int round = 0; round < 4; round++) {
      writeOnePercent(random);
      try (StatesView view = states.view()) {
        assertThat(changes(view)).as("round %s", round).isBetween(9_900L, 10_100L);
        states.coveredUpTo(view.number());
      }
    }
  }

  /** Each segment is written again right after each view, long before the view is covered. */
  @Test
  void whenCheckpointsCompleteLateTheIntervalBeforeIsListedAsWell() throws IOException {
    writeAll();
    SplittableRandom random = new SplittableRandom(2);
    states.coveredUpTo(closedView());

    for (int round = 0; round < 6; round++) {
      writeOnePercent(random);
      try (StatesView view = states.view()) {
        writeOnePercent(random);
        states.coveredUpTo(view.number());
        if (round > 0) {
          assertThat(changes(view)).as("round %s", round).isBetween(19_000L, 30_300L);
        }
      }
    }
  }

  @Test
  void anIdleStateListsNothing() throws IOException {
    writeAll();
    long view = closedView();
    assertThat(changes(states.view())).isEqualTo(KEYS);

    states.coveredUpTo(view);

    assertThat(changes(states.view())).isZero();
  }

  @Test
  void deletionsBeforeTheFirstViewLeaveNothing() {
    for (long key = 0; key < 200_000; key++) {
      enter(key);
      sum.set(1L);
      sum.clear();
    }
    states.leave();

    assertThat(table.rows()).isZero();
    assertThat(table.segments()).isEqualTo(1);
  }

  @Test
  void deletionsAreForgottenOnceTheyAreCovered() throws IOException {
    for (long key = 0; key < 1_000_000; key++) {
      if (key % 10_000 == 0) {
        states.leave();
        states.coveredUpTo(closedView());
      }
      enter(key);
      sum.set(1L);
      sum.clear();
    }
    states.leave();

    assertThat(table.segments()).isLessThan(12);
    assertThat(changes(states.view())).isBetween(10_000L, 20_000L);
  }

  @Test
  void theIntervalBeforeCountsForMapsToo() throws IOException {
    MapState<Long, Long> map = states.map("map", Long.class, Long.class);
    enter(1);
    for (long mapKey = 0; mapKey < 100_000; mapKey++) {
      map.put(mapKey, mapKey);
    }
    states.leave();
    states.coveredUpTo(closedView());
    enter(1);
    for (long mapKey = 0; mapKey < 500; mapKey++) {
      map.remove(mapKey * 7);
    }
    states.leave();

    try (StatesView view = states.view()) {
      long[] listed = {0};
      view.states().get(1).writeChangesTo(hash -> StatesFixture.counting(listed));
      view.states().get(1).writeDeletionsTo(hash -> StatesFixture.counting(listed));
      assertThat(listed[0]).as("removed ones and those in their places").isBetween(500L, 1_000L);
    }
  }

  private void writeAll() {
    for (int from = 0; from < KEYS; from += BATCH) {
      long[] hashes = new long[BATCH];
      for (int i = 0; i < BATCH; i++) {
        hashes[i] = Hash.mix(from + i);
      }
      write(hashes);
    }
  }

  private void writeOnePercent(SplittableRandom random) {
    long first = random.nextInt(100);
    for (long from = first; from < KEYS; from += 100 * BATCH) {
      long[] hashes = new long[BATCH];
      for (int i = 0; i < BATCH; i++) {
        hashes[i] = Hash.mix(from + 100L * i);
      }
      write(hashes);
    }
  }

  private void write(long[] hashes) {
    states.begin(new Object[0], hashes, hashes.length);
    for (int i = 0; i < hashes.length; i++) {
      states.enter(i);
      sum.set(sum.get() + 1);
    }
    states.leave();
  }

  private long closedView() {
    StatesView view = states.view();
    view.close();
    return view.number();
  }

  private static long changes(StatesView view) throws IOException {
    long[] listed = {0};
    view.states().get(0).writeChangesTo(hash -> StatesFixture.counting(listed));
    view.states().get(0).writeDeletionsTo(hash -> StatesFixture.counting(listed));
    return listed[0];
  }

  private void enter(long key) {
    StatesFixture.enter(states, TestTypes.longs(), key);
  }
}

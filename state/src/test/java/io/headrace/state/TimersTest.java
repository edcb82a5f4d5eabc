package io.headrace.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.TimeDomain;
import io.headrace.api.TimerService;
import io.headrace.api.plan.StateDeclaration;
import io.headrace.codec.HashRange;
import io.headrace.codec.KeyCodec;
import io.headrace.codec.Millis;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("ST-10")
final class TimersTest {

  private static final TimeDomain EVENT = TimeDomain.EVENT_TIME;

  private final ManualTimes times = new ManualTimes();
  private final KeyCodec<String> keys = TestTypes.strings();
  private final MemoryBudget budget = new MemoryBudget(StatesFixture.PLENTY);
  private final KeyedStates<String> states = states(HashRange.ALL);
  private final TimerService timers = states.timers();

  /** Time as a test sets it. */
  private static final class ManualTimes implements Times {
    private long watermark = NO_WATERMARK;
    private long now;

    @Override
    public long watermark() {
      return watermark;
    }

    @Override
    public Instant processingTime() {
      return Instant.ofEpochMilli(now);
    }

    @Override
    public boolean mayRegisterProcessingTime() {
      return watermark != END;
    }
  }

  private KeyedStates<String> states(HashRange range) {
    return new KeyedStates<>("op", keys, new TaskShare(range, budget, StatesFixture.SALT, times));
  }

  private void enter(String key) {
    StatesFixture.enter(states, keys, key);
  }

  private void register(String key, long time) {
    enter(key);
    timers.registerEventTimeTimer(Instant.ofEpochMilli(time));
    states.leave();
  }

  private void delete(String key, long time) {
    enter(key);
    timers.deleteEventTimeTimer(Instant.ofEpochMilli(time));
    states.leave();
  }

  /** What fires up to now, in its order. */
  private List<String> fired(KeyedStates<String> of, TimeDomain domain) {
    Firing<String> firing = of.firing().orElseThrow();
    List<String> fired = new ArrayList<>();
    while (firing.isDue(domain)) {
      if (firing.enter(domain)) {
        fired.add(firing.key() + "" + firing.time());
        if (of.isUndoable()) {
          of.commit();
        }
        of.leave();
      }
    }
    return fired;
  }

  @Test
  void timersFireInTheOrderOfTheirTimesOnceTheWatermarkReachesThem() {
    List.of(7, 3, 9, 1, 5).forEach(time -> register("k", time));

    times.watermark = 5;
    assertThat(fired(states, EVENT)).containsExactly("k1", "k3", "k5");
    times.watermark = 8;
    assertThat(fired(states, EVENT)).containsExactly("k7");
    assertThat(fired(states, EVENT)).isEmpty();
  }

  @Test
  void aKeyHasOneTimerForATimeAndDomain() {
    register("k", 1);
    register("k", 1);
    register("other", 1);
    enter("k");
    timers.registerProcessingTimeTimer(Instant.ofEpochMilli(1));
    states.leave();

    times.watermark = 1;
    assertThat(fired(states, EVENT)).containsExactlyInAnyOrder("k1", "other1");
    times.now = 1;
    assertThat(fired(states, TimeDomain.PROCESSING_TIME)).containsExactly("k1");
  }

  @Test
  void aTimerThatWasDeletedDoesNotFireAndOneThatWasRegisteredAgainDoesOnce() {
    register("k", 1);
    register("k", 2);
    delete("k", 1);
    delete("k", 2);
    register("k", 2);
    delete("k", 3);

    times.watermark = 10;
    assertThat(fired(states, EVENT)).containsExactly("k2");
  }

  @Test
  void aTimerMayRegisterOthersThatAreDue() {
    register("k", 1);
    register("k", 3);
    times.watermark = 3;
    Firing<String> firing = states.firing().orElseThrow();

    assertThat(firing.enter(EVENT)).isTrue();
    timers.registerEventTimeTimer(Instant.ofEpochMilli(2));
    states.leave();

    assertThat(fired(states, EVENT)).containsExactly("k2", "k3");
  }

  @Test
  void noTimerFiresBeforeItsTime() {
    enter("k");
    timers.registerEventTimeTimer(Instant.ofEpochSecond(0, 1_000_001));
    timers.registerEventTimeTimer(Instant.MAX);
    timers.registerEventTimeTimer(Instant.MIN);
    states.leave();

    times.watermark = 1;
    assertThat(fired(states, EVENT)).containsExactly("k" + Millis.FIRST);
    times.watermark = 2;
    assertThat(fired(states, EVENT)).containsExactly("k2");
    times.watermark = Millis.LAST - 1;
    assertThat(fired(states, EVENT)).isEmpty();
    times.watermark = Times.END;
    assertThat(fired(states, EVENT)).containsExactly("k" + Millis.LAST);
  }

  @Test
  @Tag("FAULT-63")
  void aClockThatJumpsLosesNoTimerAndHasNoneFireTwice() {
    enter("k");
    timers.registerProcessingTimeTimer(Instant.ofEpochMilli(100));
    timers.registerProcessingTimeTimer(Instant.ofEpochMilli(200));
    states.leave();

    times.now = 150;
    assertThat(fired(states, TimeDomain.PROCESSING_TIME)).containsExactly("k100");
    times.now = 50;
    assertThat(fired(states, TimeDomain.PROCESSING_TIME)).isEmpty();
    times.now = 1_000_000;
    assertThat(fired(states, TimeDomain.PROCESSING_TIME)).containsExactly("k200");
    times.now = 0;
    assertThat(fired(states, TimeDomain.PROCESSING_TIME)).isEmpty();
  }

  @Test
  @Tag("KS-2")
  void timersBelongToAKey() {
    assertThatThrownBy(() -> timers.registerEventTimeTimer(Instant.EPOCH))
        .hasMessageContaining("State \"headrace.timers\" of operator \"op\"")
        .hasMessageContaining("STATE_OUT_OF_SCOPE");
    assertThatThrownBy(timers::currentWatermark).hasMessageContaining("STATE_OUT_OF_SCOPE");
  }

  @Test
  void theWatermarkIsKnown() {
    enter("k");
    assertThat(timers.currentWatermark()).isEmpty();
    times.watermark = 5;
    assertThat(timers.currentWatermark()).contains(Instant.ofEpochMilli(5));
    times.watermark = Times.END;
    assertThat(timers.currentWatermark()).contains(Instant.MAX);
  }

  @Test
  void afterTheEndNoProcessingTimeIsWaitedFor() {
    enter("k");
    timers.registerProcessingTimeTimer(Instant.ofEpochMilli(1_000));
    states.leave();
    times.watermark = Times.END;

    assertThat(fired(states, TimeDomain.PROCESSING_TIME)).containsExactly("k1000");
    enter("k");
    timers.registerProcessingTimeTimer(Instant.ofEpochMilli(2_000));
    states.leave();
    assertThat(fired(states, TimeDomain.PROCESSING_TIME)).isEmpty();
  }

  /** A restore with two tasks: each has the timers of its keys, and together they have all. */
  @Test
  @Tag("KS-7")
  @Tag("FAULT-66")
  void timersGoWithTheirKeys() {
    for (int i = 0; i < 1_000; i++) {
      register("k" + i + "@", i % 10);
    }
    delete("k7@", 7);
    List<StatesFixture.Entry> entries = StatesFixture.entries(states.view().states().get(0));
    assertThat(entries).hasSize(999);

    times.watermark = 100;
    List<String> fired = new ArrayList<>();
    for (int task = 0; task < 2; task++) {
      KeyedStates<String> half = states(HashRange.ofTask(task, 2));
      half.timers();
      StatesFixture.restore(half, StateDeclaration.TIMERS.name(), entries);
      List<String> its = fired(half, EVENT);
      assertThat(its).hasSizeBetween(400, 600);
      assertThat(its).isSortedAccordingTo(Comparator.comparing(each -> each.split("@")[1]));
      fired.addAll(its);
    }
    assertThat(fired).containsExactlyInAnyOrderElementsOf(fired(states, EVENT));
  }

  @Test
  @Tag("N15")
  void whatAnElementDidToTimersIsUndone() {
    KeyedStates<String> undoable =
        KeyedStates.undoable(
            "op", keys, new TaskShare(HashRange.ALL, budget, StatesFixture.SALT, times));
    TimerService itsTimers = undoable.timers();
    StatesFixture.enter(undoable, keys, "k");
    itsTimers.registerEventTimeTimer(Instant.ofEpochMilli(1));
    undoable.commit();

    StatesFixture.enter(undoable, keys, "k");
    itsTimers.deleteEventTimeTimer(Instant.ofEpochMilli(1));
    itsTimers.registerEventTimeTimer(Instant.ofEpochMilli(2));
    undoable.undo();

    times.watermark = 5;
    assertThat(fired(undoable, EVENT)).containsExactly("k1");
  }

  @Test
  @Tag("N15")
  void aTimerWhoseElementIsUndoneHasFired() {
    KeyedStates<String> undoable =
        KeyedStates.undoable(
            "op", keys, new TaskShare(HashRange.ALL, budget, StatesFixture.SALT, times));
    TimerService itsTimers = undoable.timers();
    StatesFixture.enter(undoable, keys, "k");
    itsTimers.registerEventTimeTimer(Instant.ofEpochMilli(1));
    undoable.commit();
    times.watermark = 5;
    Firing<String> firing = undoable.firing().orElseThrow();

    assertThat(firing.enter(EVENT)).isTrue();
    itsTimers.registerEventTimeTimer(Instant.ofEpochMilli(2));
    undoable.undo();

    assertThat(fired(undoable, EVENT)).isEmpty();
    assertThat(StatesFixture.entries(undoable.view().states().get(0))).isEmpty();
  }

  /** As a process does that puts a timeout off with each value. */
  @Test
  void timersThatWereDeletedDoNotPileUp() {
    for (long time = 1; time < 200_000; time++) {
      register("k", time);
      delete("k", time - 1);
      times.watermark = 0;
      assertThat(states.firing().orElseThrow().isDue(EVENT)).isFalse();
    }

    assertThat(budget.used()).isLessThan(1_000_000);
    times.watermark = 1_000_000;
    assertThat(fired(states, EVENT)).containsExactly("k199999");
  }

  @Test
  @Tag("S23")
  void timersAreBoundedAsStateIs() {
    MemoryBudget small = new MemoryBudget(200_000);
    KeyedStates<String> bounded =
        new KeyedStates<>(
            "op", keys, new TaskShare(HashRange.ALL, small, StatesFixture.SALT, times));
    TimerService itsTimers = bounded.timers();
    StatesFixture.enter(bounded, keys, "k");

    assertThatThrownBy(
            () -> {
              for (long time = 0; ; time++) {
                itsTimers.registerEventTimeTimer(Instant.ofEpochMilli(time));
              }
            })
        .hasMessageContaining("State \"headrace.timers\" of operator \"op\" needs")
        .hasMessageContaining("STATE_LIMIT_REACHED");
  }

  /** Beside the rows, which are charged as those of any state. */
  @Test
  @Tag("S23")
  void whatSaysWhichTimerComesNextIsChargedToo() {
    MemoryBudget charged = new MemoryBudget(StatesFixture.PLENTY);
    TimerQueue queue = new TimerQueue(charged, new StateName("op", "timers"));
    int count = 1_000;
    for (int time = 0; time < count; time++) {
      queue.reserve();
      queue.add(time, 0, null);
    }

    assertThat(charged.used()).isGreaterThanOrEqualTo(count * (2L * Long.BYTES + Integer.BYTES));
    queue.clear();
    assertThat(charged.used()).isZero();
  }

  private record Timer(String key, long time) {}

  /** Random operations, compared with a set; the seed is in the message. */
  @Test
  void timersAreASet() {
    for (long seed = 1; seed <= 30; seed++) {
      new Comparison(seed).run();
    }
  }

  /** Keys that hashes tell, and others; elements that are undone; restores. */
  private final class Comparison {
    private final long seed;
    private final Random random;
    private final KeyCodec<Object> anyKeys;
    private final Map<Timer, Boolean> expected = new HashMap<>();
    private KeyedStates<Object> tested;
    private TimerService service;

    @SuppressWarnings("unchecked") // Keys are made to match.
    Comparison(long seed) {
      this.seed = seed;
      this.random = new Random(seed);
      this.anyKeys =
          (KeyCodec<Object>)
              (KeyCodec<?>) (seed % 2 == 0 ? TestTypes.strings() : TestTypes.longs());
      this.tested = fresh();
      this.service = tested.timers();
      times.watermark = Times.NO_WATERMARK;
    }

    private KeyedStates<Object> fresh() {
      return KeyedStates.undoable(
          "op", anyKeys, new TaskShare(HashRange.ALL, budget, random.nextLong(), times));
    }

    private Object key(int number) {
      return seed % 2 == 0 ? Integer.toString(number) : (Object) (long) number;
    }

    void run() {
      for (int step = 0; step < 2_000; step++) {
        switch (random.nextInt(20)) {
          case 0 -> fire();
          case 1 -> restore();
          default -> change();
        }
      }
      times.watermark = Times.END;
      check();
    }

    private void change() {
      Object key = key(random.nextInt(20));
      StatesFixture.enter(tested, anyKeys, key);
      Map<Timer, Boolean> before = new HashMap<>(expected);
      for (int i = random.nextInt(4); i >= 0; i--) {
        long time = random.nextInt(300);
        if (random.nextBoolean()) {
          service.registerEventTimeTimer(Instant.ofEpochMilli(time));
          expected.put(new Timer(key.toString(), time), true);
        } else {
          service.deleteEventTimeTimer(Instant.ofEpochMilli(time));
          expected.remove(new Timer(key.toString(), time));
        }
      }
      if (random.nextInt(3) == 0) {
        tested.undo();
        expected.clear();
        expected.putAll(before);
      } else {
        tested.commit();
      }
    }

    private void fire() {
      times.watermark = random.nextInt(300);
      check();
    }

    private void check() {
      TreeSet<Long> order = new TreeSet<>();
      Firing<Object> firing = tested.firing().orElseThrow();
      while (firing.isDue(EVENT)) {
        if (firing.enter(EVENT)) {
          Timer timer = new Timer(firing.key().toString(), firing.time());
          assertThat(expected.remove(timer)).describedAs("seed %d: %s", seed, timer).isTrue();
          assertThat(order.higher(timer.time())).describedAs("seed %d", seed).isNull();
          order.add(timer.time());
          tested.commit();
        }
      }
      assertThat(expected.keySet().stream().filter(timer -> timer.time() <= times.watermark))
          .describedAs("seed %d", seed)
          .isEmpty();
    }

    private void restore() {
      List<StatesFixture.Entry> entries = StatesFixture.entries(tested.view().states().get(0));
      tested = fresh();
      service = tested.timers();
      StatesFixture.restore(tested, StateDeclaration.TIMERS.name(), entries);
    }
  }
}

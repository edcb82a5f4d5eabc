package io.headrace.api.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.AggregatingState;
import io.headrace.api.Aggregation;
import io.headrace.api.BroadcastState;
import io.headrace.api.ListState;
import io.headrace.api.MapState;
import io.headrace.api.MutableState;
import io.headrace.api.ReducingState;
import io.headrace.api.Services;
import io.headrace.api.States;
import io.headrace.api.TimerService;
import io.headrace.api.ValueState;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a process can do with its states in its constructor: nothing but declare them. */
final class UnusableStatesTest {

  private final StateRecorder recorder =
      new StateRecorder("count", new PlanRecorder(Services.none()));

  @Test
  void valuesAndMapsCannotBeUsed() {
    ValueState<Long> value = recorder.value("state", Long.class, 0L);
    MapState<Long, Long> map = recorder.map("map", Long.class, Long.class);

    assertThatAllAreRefused(value::get, () -> value.set(1L), value::clear);
    assertThatAllAreRefused(
        () -> map.get(1L),
        () -> map.getOrDefault(1L, 1L),
        () -> map.contains(1L),
        () -> map.put(1L, 1L),
        () -> map.remove(1L),
        map::size,
        map::isEmpty,
        () -> map.forEach((key, each) -> {}),
        map::clear);
  }

  @Test
  @Tag("ST-2")
  void listsCannotBeUsed() {
    ListState<Long> list = recorder.list("state", Long.class);

    assertThatAllAreRefused(
        () -> list.add(1L),
        () -> list.addAll(List.of()),
        () -> list.get(0),
        list::size,
        list::isEmpty,
        () -> list.forEach(each -> {}),
        list::toList,
        () -> list.update(List.of()),
        list::clear);
  }

  @Test
  @Tag("ST-4")
  @Tag("ST-5")
  void reducingAndAggregatingStatesCannotBeUsed() {
    ReducingState<Long> reducing = recorder.reducing("state", Long.class, Long::sum);
    AggregatingState<Long, Long> aggregating =
        recorder.aggregating("other", Integer.class, new Count());

    assertThatAllAreRefused(() -> reducing.add(1L), reducing::get, reducing::clear);
    assertThatAllAreRefused(() -> aggregating.add(1L), aggregating::get, aggregating::clear);
  }

  @Test
  void mutableStatesCannotBeUsed() {
    MutableState<Long> mutable = recorder.mutable("state", Long.class, 0L);

    assertThatAllAreRefused(mutable::get, () -> mutable.set(1L), mutable::clear);
  }

  @Test
  @Tag("ST-8")
  void broadcastStateCannotBeUsed() {
    BroadcastState<String, Long> rates = recorder.broadcast("state", String.class, Long.class);

    assertThatAllAreRefused(
        () -> rates.get("k"),
        () -> rates.getOrDefault("k", 1L),
        () -> rates.contains("k"),
        rates::size,
        rates::isEmpty,
        () -> rates.forEach((key, each) -> {}));
  }

  @Test
  @Tag("ST-10")
  void timersCannotBeUsed() {
    TimerService timers = recorder.timers();

    assertThatAllAreRefused(
        timers::currentProcessingTime,
        timers::currentWatermark,
        () -> timers.registerEventTimeTimer(Instant.EPOCH),
        () -> timers.registerProcessingTimeTimer(Instant.EPOCH),
        () -> timers.deleteEventTimeTimer(Instant.EPOCH),
        () -> timers.deleteProcessingTimeTimer(Instant.EPOCH));
  }

  private static final class Count implements Aggregation<Long, Integer, Long> {
    @Override
    public Integer initial() {
      return 0;
    }

    @Override
    public Integer add(Integer accumulator, Long value) {
      return accumulator + 1;
    }

    @Override
    public Long result(Integer accumulator) {
      return (long) accumulator;
    }
  }

  private static void assertThatAllAreRefused(ThrowingCallable... uses) {
    for (ThrowingCallable use : uses) {
      assertThatThrownBy(use)
          .hasMessageContaining("of operator \"count\" was used in the constructor of its process")
          .hasMessageContaining("[STATE_OUT_OF_SCOPE, user error]");
    }
  }

  @Test
  @Tag("ST-2")
  @Tag("ST-4")
  @Tag("ST-5")
  void eachKindIsDeclaredAsItself() {
    States states = recorder;
    states.value("value", Long.class, 0L);
    states.map("map", Integer.class, Long.class);
    states.list("list", String.class);
    states.reducing("reducing", Long.class, Long::sum);
    states.aggregating("aggregating", Integer.class, new Count());
    states.mutable("mutable", String.class, "");
    states.timers();
    states.timers();

    assertThat(recorder.declarations())
        .containsExactly(
            new StateDeclaration("value", StateDeclaration.Kind.VALUE, List.of(Long.class)),
            new StateDeclaration(
                "map", StateDeclaration.Kind.MAP, List.of(Integer.class, Long.class)),
            new StateDeclaration("list", StateDeclaration.Kind.LIST, List.of(String.class)),
            new StateDeclaration("reducing", StateDeclaration.Kind.REDUCING, List.of(Long.class)),
            new StateDeclaration(
                "aggregating", StateDeclaration.Kind.AGGREGATING, List.of(Integer.class)),
            new StateDeclaration("mutable", StateDeclaration.Kind.VALUE, List.of(String.class)),
            StateDeclaration.TIMERS);
  }
}

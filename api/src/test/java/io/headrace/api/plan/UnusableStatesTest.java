package io.headrace.api.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.ListState;
import io.headrace.api.MapState;
import io.headrace.api.States;
import io.headrace.api.ValueState;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a process can do with its states in its constructor: nothing but declare them. */
final class UnusableStatesTest {

  private final StateRecorder recorder = new StateRecorder("count", new PlanRecorder());

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

  private static void assertThatAllAreRefused(ThrowingCallable... uses) {
    for (ThrowingCallable use : uses) {
      assertThatThrownBy(use)
          .hasMessageContaining("of operator \"count\" was used in the constructor of its process")
          .hasMessageContaining("[STATE_OUT_OF_SCOPE, user error]");
    }
  }

  @Test
  @Tag("ST-2")
  void eachKindIsDeclaredAsItself() {
    States states = recorder;
    states.value("value", Long.class, 0L);
    states.map("map", Integer.class, Long.class);
    states.list("list", String.class);

    assertThat(recorder.declarations())
        .containsExactly(
            new StateDeclaration("value", StateDeclaration.Kind.VALUE, List.of(Long.class)),
            new StateDeclaration(
                "map", StateDeclaration.Kind.MAP, List.of(Integer.class, Long.class)),
            new StateDeclaration("list", StateDeclaration.Kind.LIST, List.of(String.class)));
  }
}

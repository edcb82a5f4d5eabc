package io.headrace.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.ListState;
import io.headrace.api.MapState;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be done to maps and lists while they are iterated over, beside plain lists. */
@Tag("FAULT-62")
final class IterationTest {

  private static final int ROUNDS = 3_000;

  private final KeyedStates<Long> states = StatesFixture.states(TestTypes.longs());
  private final MapState<Long, Long> map = states.map("map", Long.class, Long.class);
  private final MapState<String, Long> otherMap = states.map("other", String.class, Long.class);
  private final ListState<String> list = states.list("list", String.class);
  private final ListState<Long> otherList = states.list("numbers", Long.class);

  /** What the map is to hold, in its order. */
  private final List<Map.Entry<Long, Long>> entries = new ArrayList<>();

  /** What the list is to hold. */
  private final List<String> elements = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void aMapTellsOfEachChangeWhileItIsIteratedOverAndOfNothingElse(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < ROUNDS; round++) {
      enter(1);
      for (int change = random.nextInt(4); change > 0; change--) {
        changeMap(random);
      }
      iterateMap(random);
      assertThat(content()).as("seed %s, round %s", seed, round).isEqualTo(entries);
      states.leave();
    }
  }

  private void iterateMap(SplittableRandom random) {
    List<Map.Entry<Long, Long>> before = List.copyOf(entries);
    List<Map.Entry<Long, Long>> seen = new ArrayList<>();
    int at = random.nextInt(12);
    boolean isToChange = random.nextBoolean() && at < before.size();

    Throwable thrown =
        thrownBy(
            () ->
                map.forEach(
                    (mapKey, value) -> {
                      seen.add(Map.entry(mapKey, value));
                      if (seen.size() == at + 1) {
                        useMap(random, isToChange);
                      }
                    }));

    assertThat(seen).isEqualTo(isToChange ? before.subList(0, at + 1) : before);
    assertThat(thrown instanceof ConcurrentModificationException).isEqualTo(isToChange);
  }

  private void useMap(SplittableRandom random, boolean isToChange) {
    if (isToChange) {
      changeMap(random);
      return;
    }
    switch (random.nextInt(4)) {
      case 0 -> map.remove(100L); // It is not there.
      case 1 -> assertThat(content()).isEqualTo(entries);
      case 2 -> otherMap.put("key", random.nextLong());
      default -> assertThat(map.contains(entries.get(0).getKey())).isTrue();
    }
  }

  /** A change, also one after which all is as it was. */
  private void changeMap(SplittableRandom random) {
    long mapKey = random.nextInt(10);
    int at = indexOf(mapKey);
    switch (random.nextInt(at < entries.size() ? 5 : 3)) {
      case 0, 1 -> put(mapKey, at, random.nextLong());
      case 2 -> {
        if (random.nextInt(4) == 0) {
          map.clear();
          entries.clear();
        } else {
          put(mapKey, at, 7);
        }
      }
      case 3 -> put(mapKey, at, entries.get(at).getValue());
      default -> {
        map.remove(mapKey);
        entries.set(at, entries.get(entries.size() - 1));
        entries.remove(entries.size() - 1);
      }
    }
  }

  private void put(long mapKey, int at, long value) {
    map.put(mapKey, value);
    if (at < entries.size()) {
      entries.set(at, Map.entry(mapKey, value));
    } else {
      entries.add(Map.entry(mapKey, value));
    }
  }

  private int indexOf(long mapKey) {
    for (int at = 0; at < entries.size(); at++) {
      if (entries.get(at).getKey() == mapKey) {
        return at;
      }
    }
    return entries.size();
  }

  private List<Map.Entry<Long, Long>> content() {
    List<Map.Entry<Long, Long>> content = new ArrayList<>();
    map.forEach((mapKey, value) -> content.add(Map.entry(mapKey, value)));
    return content;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void aListTellsOfEachChangeWhileItIsIteratedOverAndOfNothingElse(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < ROUNDS; round++) {
      enter(1);
      for (int change = random.nextInt(3); change > 0; change--) {
        changeList(random);
      }
      iterateList(random);
      assertThat(list.toList()).as("seed %s, round %s", seed, round).isEqualTo(elements);
      states.leave();
    }
  }

  private void iterateList(SplittableRandom random) {
    List<String> before = List.copyOf(elements);
    List<String> seen = new ArrayList<>();
    int at = random.nextInt(12);
    boolean isToChange = random.nextBoolean() && at < before.size();

    Throwable thrown =
        thrownBy(
            () ->
                list.forEach(
                    element -> {
                      seen.add(element);
                      if (seen.size() == at + 1) {
                        useList(random, isToChange);
                      }
                    }));

    assertThat(seen).isEqualTo(isToChange ? before.subList(0, at + 1) : before);
    assertThat(thrown instanceof ConcurrentModificationException).isEqualTo(isToChange);
  }

  private void useList(SplittableRandom random, boolean isToChange) {
    if (isToChange) {
      changeList(random);
      return;
    }
    switch (random.nextInt(4)) {
      case 0 -> list.addAll(List.of());
      case 1 -> assertThat(list.toList()).isEqualTo(elements);
      case 2 -> otherList.add(random.nextLong());
      default -> assertThat(list.get(0)).isEqualTo(elements.get(0));
    }
  }

  private void changeList(SplittableRandom random) {
    switch (random.nextInt(6)) {
      case 0 -> {
        list.clear();
        elements.clear();
      }
      case 1 -> list.update(List.copyOf(elements)); // All is as it was.
      case 2 -> {
        List<String> others = random.longs(random.nextInt(8)).mapToObj(Long::toString).toList();
        list.update(others);
        elements.clear();
        elements.addAll(others);
      }
      default -> {
        String element = Long.toString(random.nextLong());
        list.add(element);
        elements.add(element);
      }
    }
  }

  /** Nothing of an iteration outlives the value that is processed, and so none meets a barrier. */
  @Test
  void noBarrierComesWhileStateIsIteratedOver() {
    enter(1);
    list.add("a");
    map.put(1L, 1L);

    assertThatThrownBy(() -> list.forEach(element -> states.view()))
        .hasMessageContaining("a view of op was taken while an element is processed");
    assertThatThrownBy(() -> map.forEach((mapKey, value) -> states.view()))
        .hasMessageContaining("a view of op was taken while an element is processed");
  }

  @Test
  void aCopyOfAListIsTheSameAfterABarrierAndAfterEveryChange() {
    enter(1);
    list.addAll(List.of("a", "b"));
    List<String> copy = list.toList();
    states.leave();

    try (StatesView view = states.view()) {
      enter(1);
      list.update(List.of("c"));
      states.leave();
      assertThat(StatesFixture.entries(view.states().get(2))).hasSize(2);
    }

    assertThat(copy).containsExactly("a", "b");
  }

  private static Throwable thrownBy(Runnable use) {
    try {
      use.run();
      return new Throwable("nothing");
    } catch (ConcurrentModificationException changed) {
      return changed;
    }
  }

  private void enter(long key) {
    StatesFixture.enter(states, TestTypes.longs(), key);
  }
}

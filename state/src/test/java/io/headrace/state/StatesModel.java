package io.headrace.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.AggregatingState;
import io.headrace.api.HeadraceException;
import io.headrace.api.ListState;
import io.headrace.api.MapState;
import io.headrace.api.MutableState;
import io.headrace.api.ReducingState;
import io.headrace.api.ValueState;
import io.headrace.codec.KeyCodec;
import io.headrace.state.TestTypes.Point;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.LongFunction;

/** Keyed states of every kind beside plain maps that must hold the same. */
final class StatesModel<K> {

  /** The states of a process. */
  record Handles(
      ValueState<Long> sum,
      ValueState<String> text,
      ValueState<Point> point,
      MapState<Long, Long> counts,
      MapState<String, String> names,
      ListState<Long> numbers,
      ListState<String> lines,
      ReducingState<String> chain,
      AggregatingState<Long, String> tally,
      MutableState<List<Long>> window) {

    Handles(KeyedStates<?> states) {
      this(
          states.value("sum", Long.class, 0L),
          states.value("text", String.class, ""),
          states.value("point", Point.class, new Point(0, 0)),
          states.map("counts", Long.class, Long.class),
          states.map("names", String.class, String.class),
          states.list("numbers", Long.class),
          states.list("lines", String.class),
          states.reducing("chain", String.class, StatesModel::chained),
          states.aggregating("tally", Point.class, TestTypes.SUM),
          states.mutable("window", TestTypes.LIST, List.of()));
    }
  }

  final KeyCodec<K> codec;
  final KeyedStates<K> states;
  final StatesContent<K> content;
  private final Handles handles;
  private final LongFunction<K> keys;

  StatesModel(
      KeyCodec<K> codec, LongFunction<K> keys, KeyedStates<K> states, StatesContent<K> content) {
    this.codec = codec;
    this.keys = keys;
    this.states = states;
    this.content = content;
    this.handles = new Handles(states);
    states.seal();
  }

  /**
   * Processes one element with random uses of its state; of an undoable operator now and then
   * undoes it, also where a limit was reached.
   */
  void step(SplittableRandom random, int keySpace) {
    K key = keys.apply(random.nextInt(keySpace));
    if (!states.isUndoable()) {
      StatesFixture.enter(states, codec, key);
      use(key, random);
      states.leave();
      return;
    }
    StatesContent<K> before = content.only(key);
    try {
      StatesFixture.enter(states, codec, key);
      use(key, random);
      if (random.nextInt(3) > 0) {
        states.commit();
        return;
      }
    } catch (HeadraceException | OutOfMemoryError limit) {
      undo(key, before);
      throw limit;
    }
    undo(key, before);
  }

  private void undo(K key, StatesContent<K> before) {
    Allocations.failNoMore(); // With no memory to undo something, the attempt ends.
    states.undo();
    content.take(key, before);
    assertThat(read(key)).isEqualTo(before);
  }

  private void use(K key, SplittableRandom random) {
    for (int uses = random.nextInt(1, 4); uses > 0; uses--) {
      switch (random.nextInt(10)) {
        case 0 -> useSum(content.typed("sum"), key, random);
        case 1 -> useText(content.typed("text"), key, random);
        case 2 -> usePoint(content.typed("point"), key, random);
        case 3 -> use(handles.counts, content.typed("counts"), key, random, number -> number);
        case 4 -> use(handles.names, content.typed("names"), key, random, StatesModel::text);
        case 5 -> use(handles.numbers, content.typed("numbers"), key, random, number -> number);
        case 6 -> useChain(content.typed("chain"), key, random);
        case 7 -> useTally(content.typed("tally"), key, random);
        case 8 -> useWindow(content.typed("window"), key, random);
        default -> use(handles.lines, content.typed("lines"), key, random, StatesModel::text);
      }
    }
  }

  private void useSum(Map<K, Long> model, K key, SplittableRandom random) {
    assertThat(handles.sum.get()).isEqualTo(model.getOrDefault(key, 0L));
    if (random.nextInt(4) == 0) {
      handles.sum.clear();
      model.remove(key);
    } else {
      long value = random.nextLong();
      assertThat(handles.sum.update(before -> before + value))
          .isEqualTo(model.merge(key, value, Long::sum));
    }
  }

  private void useText(Map<K, String> model, K key, SplittableRandom random) {
    if (random.nextInt(4) == 0) {
      handles.text.clear();
      model.remove(key);
    } else {
      String value = text(random.nextLong());
      handles.text.set(value);
      model.put(key, value);
    }
    assertThat(handles.text.get()).isEqualTo(model.getOrDefault(key, ""));
  }

  private void usePoint(Map<K, Point> model, K key, SplittableRandom random) {
    Point value = new Point(random.nextInt(), random.nextDouble());
    handles.point.set(value);
    model.put(key, value);
    if (random.nextInt(4) == 0) {
      handles.point.clear();
      model.remove(key);
    }
    assertThat(handles.point.get()).isEqualTo(model.getOrDefault(key, new Point(0, 0)));
  }

  /** Order counts. */
  private static String chained(String before, String next) {
    return before.substring(before.length() / 2) + next;
  }

  private void useChain(Map<K, String> model, K key, SplittableRandom random) {
    if (random.nextInt(4) == 0) {
      handles.chain.clear();
      model.remove(key);
    } else {
      String value = text(random.nextLong());
      handles.chain.add(value);
      model.merge(key, value, StatesModel::chained);
    }
    assertThat(handles.chain.get()).isEqualTo(Optional.ofNullable(model.get(key)));
  }

  private void useTally(Map<K, Point> model, K key, SplittableRandom random) {
    if (random.nextInt(4) == 0) {
      handles.tally.clear();
      model.remove(key);
    } else {
      long value = random.nextInt();
      handles.tally.add(value);
      model.merge(key, new Point(value, 1), (a, b) -> new Point(a.x() + b.x(), a.y() + b.y()));
    }
    assertThat(handles.tally.get())
        .isEqualTo(Optional.ofNullable(model.get(key)).map(TestTypes.SUM::result));
  }

  private void useWindow(Map<K, List<Long>> model, K key, SplittableRandom random) {
    List<Long> expected = model.getOrDefault(key, new ArrayList<>());
    List<Long> live = handles.window.get();
    assertThat(live).isEqualTo(expected);
    long value = random.nextLong();
    switch (random.nextInt(6)) {
      case 0 -> {
        handles.window.clear();
        expected.clear();
      }
      case 1 -> {
        handles.window.set(List.of(value));
        expected = new ArrayList<>(List.of(value));
      }
      case 2 -> {
        live.clear();
        expected.clear();
      }
      default -> {
        live.add(value);
        expected.add(value);
      }
    }
    keep(model, key, expected);
    assertThat(handles.window.get()).isEqualTo(expected);
  }

  private static Point tally(String result) {
    String[] parts = result.split(" of ", -1);
    return new Point(Long.parseLong(parts[0]), Double.parseDouble(parts[1]));
  }

  private <T> void use(
      MapState<T, T> state,
      Map<K, List<Map.Entry<T, T>>> model,
      K key,
      SplittableRandom random,
      LongFunction<T> parts) {
    List<Map.Entry<T, T>> expected = model.getOrDefault(key, new ArrayList<>());
    T mapKey = parts.apply(random.nextInt(12));
    switch (random.nextInt(8)) {
      case 0, 1, 2, 3 -> {
        T value = parts.apply(random.nextLong());
        state.put(mapKey, value);
        put(expected, mapKey, value);
      }
      case 4, 5 -> {
        state.remove(mapKey);
        remove(expected, mapKey);
      }
      case 6 ->
          assertThat(state.get(mapKey))
              .isEqualTo(
                  expected.stream()
                      .filter(entry -> entry.getKey().equals(mapKey))
                      .findFirst()
                      .map(Map.Entry::getValue));
      default -> {
        if (random.nextInt(4) == 0) {
          try {
            state.clear();
          } catch (HeadraceException | OutOfMemoryError limit) {
            keep(model, key, firstOf(expected, inOrder(state)));
            throw limit;
          }
          expected.clear();
        }
      }
    }
    keep(model, key, expected);
    assertThat(state.size()).isEqualTo(expected.size());
    if (random.nextInt(8) == 0) {
      assertThat(inOrder(state)).isEqualTo(expected);
    }
  }

  private <T> void use(
      ListState<T> state,
      Map<K, List<T>> model,
      K key,
      SplittableRandom random,
      LongFunction<T> values) {
    List<T> expected = model.getOrDefault(key, new ArrayList<>());
    switch (random.nextInt(8)) {
      case 0, 1, 2, 3, 4 -> {
        T value = values.apply(random.nextLong());
        state.add(value);
        expected.add(value);
      }
      case 5 -> {
        if (!expected.isEmpty()) {
          int index = random.nextInt(expected.size());
          assertThat(state.get(index)).isEqualTo(expected.get(index));
        }
      }
      default -> {
        List<T> others = random.longs(random.nextInt(6)).mapToObj(values).toList();
        try {
          replace(state, others);
        } catch (HeadraceException | OutOfMemoryError limit) {
          keep(model, key, partOf(expected, others, state.toList()));
          throw limit;
        }
        expected = new ArrayList<>(others);
      }
    }
    keep(model, key, expected);
    assertThat(state.size()).isEqualTo(expected.size());
    if (random.nextInt(8) == 0) {
      assertThat(state.toList()).isEqualTo(expected);
    }
  }

  private static <T> void replace(ListState<T> state, List<T> others) {
    if (others.isEmpty()) {
      state.clear();
    } else {
      state.update(others);
    }
  }

  private static <K, T> void keep(Map<K, List<T>> model, K key, List<T> list) {
    if (list.isEmpty()) {
      model.remove(key);
    } else {
      model.put(key, list);
    }
  }

  /** What was found where one list was to take the place of another and something gave out. */
  private static <T> List<T> partOf(List<T> before, List<T> after, List<T> found) {
    for (int i = 0; i < found.size(); i++) {
      List<T> may = new ArrayList<>();
      may.addAll(before.subList(Math.min(i, before.size()), Math.min(i + 1, before.size())));
      may.addAll(after.subList(Math.min(i, after.size()), Math.min(i + 1, after.size())));
      assertThat(may).contains(found.get(i));
    }
    return found;
  }

  /** What was found where entries were deleted from the last on and something gave out. */
  private static <T> List<T> firstOf(List<T> before, List<T> found) {
    assertThat(found).isEqualTo(before.subList(0, found.size()));
    return found;
  }

  private static <T> void put(List<Map.Entry<T, T>> map, T mapKey, T value) {
    int at = indexOf(map, mapKey);
    if (at < map.size()) {
      map.set(at, Map.entry(mapKey, value));
    } else {
      map.add(Map.entry(mapKey, value));
    }
  }

  private static <T> void remove(List<Map.Entry<T, T>> map, T mapKey) {
    int at = indexOf(map, mapKey);
    if (at < map.size()) {
      map.set(at, map.get(map.size() - 1));
      map.remove(map.size() - 1);
    }
  }

  private static <T> int indexOf(List<Map.Entry<T, T>> map, T mapKey) {
    int at = 0;
    while (at < map.size() && !map.get(at).getKey().equals(mapKey)) {
      at++;
    }
    return at;
  }

  private static <T> List<Map.Entry<T, T>> inOrder(MapState<T, T> state) {
    List<Map.Entry<T, T>> entries = new ArrayList<>();
    state.forEach((mapKey, value) -> entries.add(Map.entry(mapKey, value)));
    return entries;
  }

  private static String text(long number) {
    return "x".repeat((int) (number & 31)) + number;
  }

  /** Reads every key of the model through the handles. */
  void check() {
    StatesContent<K> read = new StatesContent<>();
    Set<K> all = new HashSet<>();
    content.byState().values().forEach(values -> all.addAll(values.keySet()));
    all.forEach(key -> read.take(key, read(key)));
    assertThat(read).isEqualTo(content);
  }

  /** What the handles say of a key. */
  private StatesContent<K> read(K key) {
    StatesFixture.enter(states, codec, key);
    StatesContent<K> read = new StatesContent<>();
    read.of("sum").put(key, handles.sum.get());
    read.of("text").put(key, handles.text.get());
    read.of("point").put(key, handles.point.get());
    read.of("counts").put(key, inOrder(handles.counts));
    read.of("names").put(key, inOrder(handles.names));
    read.of("numbers").put(key, handles.numbers.toList());
    read.of("lines").put(key, handles.lines.toList());
    read.of("window").put(key, List.copyOf(handles.window.get()));
    handles.chain.get().ifPresent(value -> read.of("chain").put(key, value));
    handles.tally.get().ifPresent(value -> read.of("tally").put(key, tally(value)));
    for (Map<K, Object> values : read.byState().values()) {
      values
          .values()
          .removeIf(value -> List.of(0L, "", new Point(0, 0), List.of()).contains(value));
    }
    states.commit();
    return read;
  }
}

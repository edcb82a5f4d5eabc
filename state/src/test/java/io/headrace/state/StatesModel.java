package io.headrace.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.HeadraceException;
import io.headrace.api.ListState;
import io.headrace.api.MapState;
import io.headrace.api.ValueState;
import io.headrace.codec.Decoder;
import io.headrace.codec.KeyCodec;
import io.headrace.state.TestTypes.Point;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
      ListState<String> lines) {

    Handles(KeyedStates<?> states) {
      this(
          states.value("sum", Long.class, 0L),
          states.value("text", String.class, ""),
          states.value("point", Point.class, new Point(0, 0)),
          states.map("counts", Long.class, Long.class),
          states.map("names", String.class, String.class),
          states.list("numbers", Long.class),
          states.list("lines", String.class));
    }
  }

  /** What plain maps hold; of a map state the entries in their order. */
  record Content<K>(
      Map<K, Long> sum,
      Map<K, String> text,
      Map<K, Point> point,
      Map<K, List<Map.Entry<Long, Long>>> counts,
      Map<K, List<Map.Entry<String, String>>> names,
      Map<K, List<Long>> numbers,
      Map<K, List<String>> lines) {

    Content() {
      this(
          new HashMap<>(),
          new HashMap<>(),
          new HashMap<>(),
          new HashMap<>(),
          new HashMap<>(),
          new HashMap<>(),
          new HashMap<>());
    }

    Content<K> copy() {
      Content<K> copy = new Content<>();
      copy.sum.putAll(sum);
      copy.text.putAll(text);
      copy.point.putAll(point);
      counts.forEach((key, map) -> copy.counts.put(key, new ArrayList<>(map)));
      names.forEach((key, map) -> copy.names.put(key, new ArrayList<>(map)));
      numbers.forEach((key, list) -> copy.numbers.put(key, new ArrayList<>(list)));
      lines.forEach((key, list) -> copy.lines.put(key, new ArrayList<>(list)));
      return copy;
    }
  }

  final KeyCodec<K> codec;
  final KeyedStates<K> states;
  final Content<K> content;
  private final Handles handles;
  private final LongFunction<K> keys;

  StatesModel(KeyCodec<K> codec, LongFunction<K> keys, KeyedStates<K> states, Content<K> content) {
    this.codec = codec;
    this.keys = keys;
    this.states = states;
    this.content = content;
    this.handles = new Handles(states);
    states.seal();
  }

  /** Processes one element with random uses of its state. */
  void step(SplittableRandom random, int keySpace) {
    K key = keys.apply(random.nextInt(keySpace));
    StatesFixture.enter(states, codec, key);
    for (int uses = random.nextInt(1, 4); uses > 0; uses--) {
      switch (random.nextInt(7)) {
        case 0 -> useSum(key, random);
        case 1 -> useText(key, random);
        case 2 -> usePoint(key, random);
        case 3 -> use(handles.counts, content.counts, key, random, number -> number);
        case 4 -> use(handles.names, content.names, key, random, StatesModel::text);
        case 5 -> use(handles.numbers, content.numbers, key, random, number -> number);
        default -> use(handles.lines, content.lines, key, random, StatesModel::text);
      }
    }
    states.leave();
  }

  private void useSum(K key, SplittableRandom random) {
    assertThat(handles.sum.get()).isEqualTo(content.sum.getOrDefault(key, 0L));
    if (random.nextInt(4) == 0) {
      handles.sum.clear();
      content.sum.remove(key);
    } else {
      long value = random.nextLong();
      assertThat(handles.sum.update(before -> before + value))
          .isEqualTo(content.sum.merge(key, value, Long::sum));
    }
  }

  private void useText(K key, SplittableRandom random) {
    if (random.nextInt(4) == 0) {
      handles.text.clear();
      content.text.remove(key);
    } else {
      String value = text(random.nextLong());
      handles.text.set(value);
      content.text.put(key, value);
    }
    assertThat(handles.text.get()).isEqualTo(content.text.getOrDefault(key, ""));
  }

  private void usePoint(K key, SplittableRandom random) {
    Point value = new Point(random.nextInt(), random.nextDouble());
    handles.point.set(value);
    content.point.put(key, value);
    if (random.nextInt(4) == 0) {
      handles.point.clear();
      content.point.remove(key);
    }
    assertThat(handles.point.get()).isEqualTo(content.point.getOrDefault(key, new Point(0, 0)));
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
          state.clear();
          expected.clear();
        }
      }
    }
    assertThat(state.size()).isEqualTo(expected.size());
    if (random.nextInt(8) == 0) {
      assertThat(inOrder(state)).isEqualTo(expected);
    }
    keep(model, key, expected);
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
      case 6 -> {
        List<T> others = random.longs(random.nextInt(6)).mapToObj(values).toList();
        try {
          state.update(others);
        } catch (HeadraceException limit) {
          keep(model, key, partOf(expected, others, state.toList()));
          throw limit;
        }
        expected = new ArrayList<>(others);
      }
      default -> {
        try {
          state.clear();
        } catch (HeadraceException limit) {
          keep(model, key, partOf(expected, List.of(), state.toList()));
          throw limit;
        }
        expected.clear();
      }
    }
    assertThat(state.size()).isEqualTo(expected.size());
    if (random.nextInt(8) == 0) {
      assertThat(state.toList()).isEqualTo(expected);
    }
    keep(model, key, expected);
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
    Content<K> read = new Content<>();
    content.sum.keySet().forEach(key -> read.sum.put(key, in(key).sum.get()));
    content.text.keySet().forEach(key -> read.text.put(key, in(key).text.get()));
    content.point.keySet().forEach(key -> read.point.put(key, in(key).point.get()));
    content.counts.keySet().forEach(key -> read.counts.put(key, inOrder(in(key).counts)));
    content.names.keySet().forEach(key -> read.names.put(key, inOrder(in(key).names)));
    content.numbers.keySet().forEach(key -> read.numbers.put(key, in(key).numbers.toList()));
    content.lines.keySet().forEach(key -> read.lines.put(key, in(key).lines.toList()));
    states.leave();
    assertThat(read).isEqualTo(content);
  }

  private Handles in(K key) {
    StatesFixture.enter(states, codec, key);
    return handles;
  }

  // What a view shows

  /** What the entries of a view say. */
  static <K> Content<K> decoded(StatesView view, KeyCodec<K> codec) {
    Content<K> content = new Content<>();
    for (StatesView.State state : view.states()) {
      for (StatesFixture.Entry entry : StatesFixture.entries(state)) {
        Decoder in = new Decoder(entry.bytes());
        K key = codec.codec().decode(in);
        assertThat(entry.keyHash()).isEqualTo(codec.hash(key));
        decode(state.name(), in, key, content);
        assertThat(in.remaining()).isZero();
      }
    }
    return content;
  }

  private static <K> void decode(String state, Decoder in, K key, Content<K> content) {
    switch (state) {
      case "sum" -> content.sum.put(key, in.readLong());
      case "text" -> content.text.put(key, in.readString());
      case "point" -> content.point.put(key, new Point(in.readLong(), in.readDouble()));
      case "counts" -> {
        long mapKey = in.readLong();
        place(content.counts, key, in.readLong(), Map.entry(mapKey, in.readLong()));
      }
      case "numbers" -> place(content.numbers, key, in.readLong(), in.readLong());
      case "lines" -> place(content.lines, key, in.readLong(), in.readString());
      default -> {
        String mapKey = in.readString();
        place(content.names, key, in.readLong(), Map.entry(mapKey, in.readString()));
      }
    }
  }

  private static <K, E> void place(Map<K, List<E>> maps, K key, long index, E entry) {
    List<E> map = maps.computeIfAbsent(key, absent -> new ArrayList<>());
    while (map.size() <= index) {
      map.add(null);
    }
    assertThat(map.set((int) index, entry)).as("another entry at %s", index).isNull();
  }
}

package io.headrace.state;

import io.headrace.codec.Decoder;
import io.headrace.codec.KeyCodec;
import io.headrace.state.TestTypes.Point;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What the states of {@link StatesModel} hold, in plain maps: by state, by key. Of a map state the
 * list of its entries, of a list state the list of its elements, both in order.
 *
 * @param byState without keys that hold nothing
 */
record StatesContent<K>(Map<String, Map<K, Object>> byState) {

  static final List<String> STATES =
      List.of(
          "sum", "text", "point", "counts", "names", "numbers", "lines", "chain", "tally",
          "window");

  StatesContent() {
    this(new HashMap<>());
    STATES.forEach(state -> byState.put(state, new HashMap<>()));
  }

  /** What a state holds; changes count. */
  Map<K, Object> of(String state) {
    return Objects.requireNonNull(byState.get(state));
  }

  /** What a state holds, of which it is known what that is. */
  @SuppressWarnings("unchecked")
  <V> Map<K, V> typed(String state) {
    return (Map<K, V>) of(state);
  }

  StatesContent<K> copy() {
    StatesContent<K> copy = new StatesContent<>();
    byState.forEach(
        (state, values) -> values.forEach((key, value) -> copy.of(state).put(key, copied(value))));
    return copy;
  }

  private static Object copied(Object value) {
    return value instanceof List<?> list ? new ArrayList<>(list) : value;
  }

  /** What the states hold for one key. */
  StatesContent<K> only(K key) {
    StatesContent<K> only = new StatesContent<>();
    byState.forEach(
        (state, values) -> {
          if (values.containsKey(key)) {
            only.of(state).put(key, copied(values.get(key)));
          }
        });
    return only;
  }

  /** Makes the states hold for one key what others do. */
  void take(K key, StatesContent<K> from) {
    byState.forEach(
        (state, values) -> {
          values.remove(key);
          if (from.of(state).containsKey(key)) {
            values.put(key, from.of(state).get(key));
          }
        });
  }

  // What a view shows

  /** What the entries of a view say. */
  static <K> StatesContent<K> decoded(StatesView view, KeyCodec<K> codec) {
    StatesContent<K> content = new StatesContent<>();
    for (StatesView.State state : view.states()) {
      for (StatesFixture.Entry entry : StatesFixture.entries(state)) {
        Decoder in = new Decoder(entry.bytes());
        K key = codec.codec().decode(in);
        check(entry.keyHash() == codec.hash(key), "the hash", key);
        content.decode(state.name(), in, key);
        check(in.remaining() == 0, "the length of the entry", key);
      }
    }
    return content;
  }

  private void decode(String state, Decoder in, K key) {
    switch (state) {
      case "sum" -> put(state, key, in.readLong());
      case "text" -> put(state, key, in.readString());
      case "point" -> put(state, key, new Point(in.readLong(), in.readDouble()));
      case "counts" -> {
        long mapKey = in.readLong();
        place(state, key, in.readLong(), Map.entry(mapKey, in.readLong()));
      }
      case "names" -> {
        String mapKey = in.readString();
        place(state, key, in.readLong(), Map.entry(mapKey, in.readString()));
      }
      case "numbers" -> place(state, key, in.readLong(), in.readLong());
      case "lines" -> place(state, key, in.readLong(), in.readString());
      case "chain" -> put(state, key, in.readString());
      case "tally" -> put(state, key, new Point(in.readLong(), in.readDouble()));
      case "window" -> {
        List<Long> window = new ArrayList<>();
        for (long size = in.readLong(); size > 0; size--) {
          window.add(in.readLong());
        }
        put(state, key, window);
        check(window.isEmpty() || in.readLong() == 0, "the end of an array", key);
      }
      default -> throw new AssertionError(state);
    }
  }

  private void put(String state, K key, Object value) {
    check(of(state).put(key, value) == null, "the number of entries", key);
  }

  private void place(String state, K key, long index, Object entry) {
    List<Object> entries =
        this.<List<Object>>typed(state).computeIfAbsent(key, absent -> new ArrayList<>());
    while (entries.size() <= index) {
      entries.add(null);
    }
    check(entries.set((int) index, entry) == null, "the number of entries at " + index, key);
  }

  /** A check for what is checked a million times. */
  private static void check(boolean condition, String what, Object key) {
    if (!condition) {
      throw new AssertionError(what + " of " + key + " is wrong");
    }
  }
}

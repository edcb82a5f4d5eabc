package io.headrace.state;

import io.headrace.codec.Decoder;
import io.headrace.codec.Encoder;
import io.headrace.codec.HashRange;
import io.headrace.codec.KeyCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** What tests of state have in common. */
final class StatesFixture {

  static final long SALT = 0x5deece66dL;
  static final long PLENTY = 4L << 30;

  private StatesFixture() {}

  static <K> KeyedStates<K> states(KeyCodec<K> keys) {
    return states(keys, HashRange.ALL, new MemoryBudget(PLENTY));
  }

  static <K> KeyedStates<K> states(KeyCodec<K> keys, HashRange range, MemoryBudget budget) {
    return new KeyedStates<>("op", keys, new TaskShare(range, budget, SALT));
  }

  /** State of an operator whose elements can be undone. */
  static <K> KeyedStates<K> undoable(KeyCodec<K> keys) {
    return undoable(keys, new MemoryBudget(PLENTY));
  }

  static <K> KeyedStates<K> undoable(KeyCodec<K> keys, MemoryBudget budget) {
    return KeyedStates.undoable("op", keys, new TaskShare(HashRange.ALL, budget, SALT));
  }

  /** Begins an element with a key. */
  static <K> void enter(KeyedStates<K> states, KeyCodec<K> keys, K key) {
    states.begin(new Object[] {key}, new long[] {keys.hash(key)}, 1);
    states.enter(0);
  }

  /** An entry of a view, encoded. */
  record Entry(long keyHash, byte[] bytes) {}

  /** Every entry of a state. */
  static List<Entry> entries(StatesView.State state) {
    return collected(state::writeTo);
  }

  /** Every entry of a state that changed since the view's base. */
  static List<Entry> changes(StatesView.State state) {
    return collected(state::writeChangesTo);
  }

  /** What every entry of a state that was deleted since the view's base was found by. */
  static List<Entry> deletions(StatesView.State state) {
    return collected(state::writeDeletionsTo);
  }

  /** Counts an entry, which is not kept. */
  static Encoder counting(long[] count) {
    count[0]++;
    return new Encoder();
  }

  static void restore(KeyedStates<?> states, String state, List<Entry> entries) {
    entries.forEach(entry -> states.restore(state, new Decoder(entry.bytes())));
  }

  private interface Source {
    void writeTo(EntryWriter out) throws IOException;
  }

  private static List<Entry> collected(Source source) {
    List<Entry> entries = new ArrayList<>();
    Encoder bytes = new Encoder();
    List<Long> begun = new ArrayList<>();
    try {
      source.writeTo(
          hash -> {
            end(begun, bytes, entries);
            begun.add(hash);
            return bytes;
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    end(begun, bytes, entries);
    return entries;
  }

  private static void end(List<Long> begun, Encoder bytes, List<Entry> entries) {
    if (!begun.isEmpty()) {
      entries.add(new Entry(begun.get(0), bytes.toBytes()));
      begun.clear();
      bytes.clear();
    }
  }
}

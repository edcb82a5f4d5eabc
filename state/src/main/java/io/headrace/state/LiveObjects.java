package io.headrace.state;

import io.headrace.codec.Encoder;
import java.util.Arrays;

/**
 * Objects by key, a bounded number of them: of the few places that a key's hash allows, the one
 * that was used longest ago is the next to be given away. The owner's thread.
 *
 * <p>A place has a number from 0 to {@link #PLACES}.
 */
final class LiveObjects<V> {

  static final int PLACES = 4_096;
  private static final int WAYS = 8;
  private static final byte[] NO_BYTES = {};
  private static final Object NOTHING = new Object();

  private final long[] hashes = new long[PLACES];
  private final byte[][] keys = new byte[PLACES][];
  private final Object[] objects = new Object[PLACES];

  /** By place, the element that used it last. */
  private final long[] usedFor = new long[PLACES];

  private final boolean[] isUsed = new boolean[PLACES];
  private int place;

  LiveObjects() {
    Arrays.fill(keys, NO_BYTES);
    Arrays.fill(objects, NOTHING);
  }

  /**
   * Looks for the object of a key, and for a place for it if there is none.
   *
   * @param key the bytes of the key, unless hashes are enough
   */
  boolean find(long hash, Encoder key) {
    int first = (int) hash & PLACES - WAYS;
    place = first;
    for (int each = first; each < first + WAYS; each++) {
      if (hashes[each] == hash && objects[each] != NOTHING && isKey(each, key)) {
        place = each;
        return true;
      }
      if (usedFor[each] < usedFor[place]) {
        place = each;
      }
    }
    return false;
  }

  private boolean isKey(int at, Encoder key) {
    return Arrays.equals(keys[at], 0, keys[at].length, key.buffer(), 0, key.size());
  }

  /** The place that was found. */
  int place() {
    return place;
  }

  /** Puts the object of a key at a place. */
  void put(int at, long hash, Encoder key, V object) {
    hashes[at] = hash;
    keys[at] = key.size() == 0 ? NO_BYTES : key.toBytes();
    objects[at] = object;
  }

  /** Notes that an element uses an object, which it may change. */
  void use(int at, long element) {
    usedFor[at] = element;
    isUsed[at] = true;
  }

  /** Whether an object was used since it was last {@link #stored}. */
  boolean isUsed(int at) {
    return isUsed[at];
  }

  /** Notes that an object is stored as it is. */
  void stored(int at) {
    isUsed[at] = false;
  }

  /** Forgets an object. */
  void forget(int at) {
    objects[at] = NOTHING;
    isUsed[at] = false;
    usedFor[at] = 0;
  }

  /** How many objects there are. */
  int count() {
    int count = 0;
    for (Object each : objects) {
      count += each == NOTHING ? 0 : 1;
    }
    return count;
  }

  long hash(int at) {
    return hashes[at];
  }

  /** The bytes of the key, none where hashes are enough. */
  byte[] key(int at) {
    return keys[at];
  }

  @SuppressWarnings("unchecked") // Only asked for where one was put.
  V object(int at) {
    return (V) objects[at];
  }
}

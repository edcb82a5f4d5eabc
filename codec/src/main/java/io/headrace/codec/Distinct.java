package io.headrace.codec;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Whether no two keys of a set or map are equal, so that it can be read back. Collections may tell
 * keys apart in other ways than by {@code equals}, and keys may be changed until they are equal.
 */
final class Distinct {

  /** Those that tell keys apart by {@code equals}, as long as they are not changed. */
  private static final Set<Class<?>> HASHED =
      Set.of(
          HashMap.class,
          LinkedHashMap.class,
          ConcurrentHashMap.class,
          EnumMap.class,
          HashSet.class,
          LinkedHashSet.class,
          Map.of().getClass(),
          Map.of(1, 1).getClass(),
          EnumSet.noneOf(Thread.State.class).getClass(),
          Set.of().getClass(),
          Set.of(1).getClass());

  private final boolean areImmutable;
  private final boolean areScalars;

  /**
   * @param keys the codec of the keys
   */
  Distinct(PartCodec<?> keys) {
    this.areImmutable = keys.isImmutable();
    this.areScalars = keys instanceof ScalarCodec;
  }

  /** Whether it is certain without a look at the keys. */
  boolean isCertain(Object collection, int size) {
    return size <= 1
        || collection instanceof Frozen
        || (areImmutable && HASHED.contains(collection.getClass()))
        || (areScalars && isInNaturalOrder(collection));
  }

  /** Scalars are never equal where their natural order tells them apart. */
  private static boolean isInNaturalOrder(Object collection) {
    return (collection.getClass() == TreeMap.class
            && ((TreeMap<?, ?>) collection).comparator() == null)
        || (collection.getClass() == TreeSet.class
            && ((TreeSet<?>) collection).comparator() == null);
  }

  /**
   * Reads back what was written from a position on.
   *
   * @throws UnencodableException if it cannot be read
   */
  static void check(PartCodec<?> codec, Encoder out, int from) {
    try {
      codec.decode(new Decoder(out.buffer(), from, out.size()));
    } catch (MalformedDataException unreadable) {
      throw new UnencodableException(
          "has two keys that are equal, or one that cannot be read back. Use a set or map that"
              + " tells keys apart by their equals, such as a HashMap, and leave them unchanged.",
          unreadable);
    }
  }
}

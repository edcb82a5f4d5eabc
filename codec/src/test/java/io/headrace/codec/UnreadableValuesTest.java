package io.headrace.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.TypeToken;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What could not be read back is not written in the first place. */
@SuppressWarnings("IdentityHashMapUsage") // Users have such maps too.
final class UnreadableValuesTest {

  private static final TypeToken<Map<String, Long>> MAP = new TypeToken<>() {};
  private static final TypeToken<Set<String>> SET = new TypeToken<>() {};
  private static final TypeToken<Set<List<String>>> SET_OF_LISTS = new TypeToken<>() {};

  private static final String WRONG_SIZE =
      "The value is a collection whose size is not the number of its elements.";

  record Basket(List<Long> prices) {}

  /** A list that says to have another number of elements than it has. */
  private static final class Counted extends AbstractList<Long> {

    private final int size;
    private final long elements;

    Counted(int size, long elements) {
      this.size = size;
      this.elements = elements;
    }

    @Override
    public Long get(int index) {
      return 7L;
    }

    @Override
    public Iterator<Long> iterator() {
      return Stream.generate(() -> 7L).limit(elements).iterator();
    }

    @Override
    public int size() {
      return size;
    }
  }

  private static <T> void assertUnencodable(Codec<T> codec, T value, String message) {
    assertThatThrownBy(() -> TestBytes.encode(codec, value))
        .isInstanceOfSatisfying(
            HeadraceException.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.VALUE_NOT_ENCODABLE))
        .hasMessageContaining(message);
  }

  @Test
  void aListWithMoreOrFewerElementsThanItSaysIsRefused() {
    Codec<Basket> codec = Codecs.of(Basket.class);
    String basket = "UnreadableValuesTest$Basket.prices is a collection whose size is not";

    assertUnencodable(codec, new Basket(new Counted(3, 2)), basket);
    assertUnencodable(codec, new Basket(new Counted(0, 1)), basket);
    assertUnencodable(codec, new Basket(new Counted(-1, 0)), basket);
    assertUnencodable(codec, new Basket(new Counted(3, Long.MAX_VALUE)), basket);
  }

  @Test
  void aSetOrMapWithMoreOrFewerElementsThanItSaysIsRefused() {
    for (int size : new int[] {0, 1, 3}) {
      assertUnencodable(Codecs.of(SET), miscounted(Set.of("a", "b"), size), WRONG_SIZE);
      assertUnencodable(
          Codecs.<Set<String>>keyOf(SET.type()).codec(),
          miscounted(Set.of("a", "b"), size),
          WRONG_SIZE);
      assertUnencodable(
          Codecs.of(MAP),
          new AbstractMap<>() {
            @Override
            public Set<Entry<String, Long>> entrySet() {
              return miscounted(Map.of("a", 1L, "b", 2L).entrySet(), size);
            }
          },
          WRONG_SIZE);
    }
  }

  private static <T> Set<T> miscounted(Set<T> elements, int size) {
    return new AbstractSet<>() {
      @Override
      public Iterator<T> iterator() {
        return elements.iterator();
      }

      @Override
      public int size() {
        return size;
      }
    };
  }

  /** Equal strings that are not the same. */
  private static List<String> twins() {
    return List.of(new String("a"), new String("a"));
  }

  private static <T> Set<T> identities(List<T> elements) {
    Set<T> set = Collections.newSetFromMap(new IdentityHashMap<>());
    set.addAll(elements);
    return set;
  }

  @Test
  void aMapWithEqualKeysIsRefused() {
    Map<String, Long> byIdentity = new IdentityHashMap<>();
    Map<String, Long> byOrder = new TreeMap<>(unequal());
    for (String key : twins()) {
      byIdentity.put(key, (long) byIdentity.size());
      byOrder.put(key, (long) byOrder.size());
    }
    String path = "The value has two keys that are equal";

    for (Map<String, Long> map :
        List.of(byIdentity, byOrder, Collections.unmodifiableMap(byIdentity))) {
      assertThat(map).hasSize(2);
      assertUnencodable(Codecs.of(MAP), map, path);
      assertUnencodable(Codecs.<Map<String, Long>>keyOf(MAP.type()).codec(), map, path);
    }
  }

  /** Tells equal strings apart. */
  private static Comparator<String> unequal() {
    return Comparator.<String>naturalOrder().thenComparing(System::identityHashCode);
  }

  @Test
  void aSetWithEqualElementsIsRefused() {
    Set<String> byOrder = new TreeSet<>(unequal());
    byOrder.addAll(twins());
    String path = "The value has two keys that are equal";

    for (Set<String> set : List.of(identities(twins()), byOrder)) {
      assertThat(set).hasSize(2);
      assertUnencodable(Codecs.of(SET), set, path);
      assertUnencodable(Codecs.<Set<String>>keyOf(SET.type()).codec(), set, path);
    }
  }

  @Test
  void aMapWithEqualKeysIsRefusedWithItsPath() {
    Codec<Zoo.Pair<String, Map<String, Long>>> codec = Codecs.of(new TypeToken<>() {});
    Map<String, Long> map = new IdentityHashMap<>();
    twins().forEach(each -> map.put(each, 1L));

    assertUnencodable(codec, new Zoo.Pair<>("a", map), ">>.second has two keys that are equal");
  }

  @Test
  void aSetWhoseElementsWereChangedUntilTheyWereEqualIsRefused() {
    List<String> changed = new ArrayList<>(List.of("a", "b"));
    Set<List<String>> set = new HashSet<>(Set.of(List.of("a")));
    set.add(changed);
    changed.remove("b");

    assertThat(set).hasSize(2);
    assertUnencodable(Codecs.of(SET_OF_LISTS), set, "has two keys that are equal");
  }

  @Test
  void aSetOfSetsThatAreEqualOnceReadIsRefused() {
    Codec<Set<Set<String>>> codec = Codecs.of(new TypeToken<>() {});
    Set<Set<String>> set =
        new HashSet<>(
            List.of(identities(List.of(new String("a"))), identities(List.of(new String("a")))));

    assertThat(set).hasSize(2);
    assertUnencodable(codec, set, "has two keys that are equal");
  }

  @Test
  void mapsAndSetsOfAnyClassAreWrittenIfTheirKeysDiffer() {
    Map<String, Long> map = Map.of("a", 1L, "b", 2L, "c", 3L);
    Map<String, Long> byIdentity = new IdentityHashMap<>(map);
    for (Map<String, Long> each :
        List.of(
            map,
            new HashMap<>(map),
            new LinkedHashMap<>(map),
            new TreeMap<>(map),
            new TreeMap<>(map).descendingMap(),
            new ConcurrentHashMap<>(map),
            byIdentity,
            Collections.unmodifiableMap(map))) {
      assertReadBack(Codecs.of(MAP), each, map);
      assertReadBack(Codecs.of(SET), each.keySet(), map.keySet());
      assertReadBack(Codecs.<Map<String, Long>>keyOf(MAP.type()).codec(), each, map);
    }
  }

  private static <T> void assertReadBack(Codec<T> codec, T value, T expected) {
    T read = TestBytes.decode(codec, TestBytes.encode(codec, value));

    assertThat(read).as("%s", value.getClass()).isEqualTo(expected);
    assertThat(expected).isEqualTo(read).hasSameHashCodeAs(read).hasToString(expected.toString());
    assertThat(TestBytes.decode(codec, TestBytes.encode(codec, read))).isEqualTo(expected);
  }
}

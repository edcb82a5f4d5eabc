package io.headrace.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.MapState;
import io.headrace.api.ValueState;
import io.headrace.codec.Encoder;
import io.headrace.codec.Hash;
import io.headrace.codec.HashRange;
import io.headrace.codec.KeyCodec;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Keys that were chosen by somebody who knows the hash. */
@Tag("S24")
@Isolated("it measures time and memory")
final class AdversaryTest {

  private static final int KEYS = 1_000_000;
  private static final int BATCH = 250;

  /** What it costs to write each of many keys twice. */
  private record Cost(long nanos, long bytes) {}

  @Test
  void keysWhoseHashesShareTheirTopBitsCostLittleMore() {
    assertThatItCostsLittleMore(KEYS, TestTypes.longs(), i -> (long) i, Hash::unmix);
  }

  @Test
  void keysWhoseHashesShareTheirLowBitsCostLittleMore() {
    assertThatItCostsLittleMore(
        KEYS, TestTypes.longs(), i -> (long) i, i -> Hash.unmix((long) i << 40));
  }

  /** Strings of equal {@code String.hashCode} are nothing special: our hash is over the bytes. */
  @Test
  void stringsOfEqualHashCodesCostLittleMore() {
    List<String> equal = equalHashCodes(17);
    String prefix = "-".repeat(equal.get(0).length() - 6);

    assertThat(equal.stream().mapToInt(String::hashCode).distinct().count()).isEqualTo(1);
    assertThatItCostsLittleMore(
        100_000, TestTypes.strings(), i -> prefix + (100_000 + i), equal::get);
  }

  private static <K> void assertThatItCostsLittleMore(
      int count, KeyCodec<K> codec, IntFunction<K> ordinary, IntFunction<K> chosen) {
    Cost even = best(count, codec, ordinary);
    Cost worse = best(count, codec, chosen);

    assertThat(worse.nanos).as("against %s", even).isLessThan(10 * even.nanos);
    assertThat(worse.bytes).as("against %s", even).isLessThan(3 * even.bytes);
  }

  private static <K> Cost best(int count, KeyCodec<K> codec, IntFunction<K> keys) {
    Cost best = cost(count, codec, keys);
    for (int run = 0; run < 2; run++) {
      Cost next = cost(count, codec, keys);
      best = next.nanos < best.nanos ? next : best;
    }
    return best;
  }

  private static <K> Cost cost(int count, KeyCodec<K> codec, IntFunction<K> chosen) {
    MemoryBudget budget = new MemoryBudget(StatesFixture.PLENTY);
    KeyedStates<K> states = StatesFixture.states(codec, HashRange.ALL, budget);
    ValueState<Long> sum = states.value("sum", Long.class, 0L);
    Object[] keys = new Object[BATCH];
    long[] hashes = new long[BATCH];
    long begin = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    for (int twice = 0; twice < 2; twice++) {
      for (int from = 0; from < count; from += BATCH) {
        for (int i = 0; i < BATCH; i++) {
          K key = chosen.apply(from + i);
          keys[i] = key;
          hashes[i] = codec.hash(key);
        }
        states.begin(keys, hashes, BATCH);
        for (int i = 0; i < BATCH; i++) {
          states.enter(i);
          sum.set(sum.get() + 1);
        }
      }
    }
    long end = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    return new Cost(end - begin, budget.used());
  }

  private static List<String> equalHashCodes(int pairs) {
    List<String> keys = List.of("");
    for (int pair = 0; pair < pairs; pair++) {
      List<String> longer = new ArrayList<>();
      keys.forEach(key -> longer.addAll(List.of(key + "Aa", key + "BB")));
      keys = longer;
    }
    return keys;
  }

  /** Our hash is known, so keys can be made whose hashes are equal in all bits. */
  @Test
  void keysOfEqualHashesAreFoundWithoutLookingAtAllOfThem() {
    KeyedStates<String> states = StatesFixture.states(TestTypes.strings());
    ValueState<Long> sum = states.value("sum", Long.class, 0L);
    Table table = ((ValueTable<?, ?>) states.state("sum")).table();
    int keys = 100_000;
    long[] hashes = {42};

    for (int twice = 0; twice < 2; twice++) {
      for (int key = 0; key < keys; key++) {
        states.begin(new Object[] {"key-" + key}, hashes, 1);
        states.enter(0);
        assertThat(sum.get()).isEqualTo(twice * (long) key);
        sum.set((long) key);
      }
    }

    assertThat(table.rows()).isEqualTo(keys);
    assertThat(table.segments()).isLessThan(12);
  }

  /** Pairs of different keys can be made to have one hash, too. */
  @Test
  void pairsOfEqualHashesAreFoundWithoutLookingAtAllOfThem() {
    KeyedStates<Long> states = StatesFixture.states(TestTypes.longs());
    MapState<Long, Long> map = states.map("map", Long.class, Long.class);
    int keys = 50_000;

    for (long key = 0; key < keys; key++) {
      StatesFixture.enter(states, TestTypes.longs(), key);
      map.put(Hash.unmix(Long.rotateLeft(42 - Hash.mix(key), 32)), key);
    }

    for (long key = 0; key < keys; key++) {
      StatesFixture.enter(states, TestTypes.longs(), key);
      assertThat(map.get(Hash.unmix(Long.rotateLeft(42 - Hash.mix(key), 32)))).contains(key);
      assertThat(map.size()).isEqualTo(1);
    }
  }

  /** Neither time nor copies of an entry depend on how many entries its map has. */
  @Test
  void theMapOfOneKeyMayBeLarge() {
    KeyedStates<Long> states = StatesFixture.states(TestTypes.longs());
    MapState<Long, Long> map = states.map("map", Long.class, Long.class);
    Table entries = ((TableMapState<?, ?, ?>) states.state("map")).entries();
    List<Long> copied = new ArrayList<>();

    long mapKey = 0;
    for (int size : new int[] {10_000, 100_000, 1_000_000}) {
      StatesFixture.enter(states, TestTypes.longs(), 1L);
      while (mapKey < size) {
        map.put(mapKey, mapKey++);
      }
      states.leave();
      copied.add(copiedByOnePut(states, map, entries));
    }

    assertThat(copied).allSatisfy(bytes -> assertThat(bytes).isLessThan(160_000));
    StatesFixture.enter(states, TestTypes.longs(), 1L);
    assertThat(map.size()).isEqualTo(1_000_000);
    assertThat(map.get(777_777L)).contains(777_777L);
    assertThat(entries.segments()).isBetween(100, 700);
  }

  private static long copiedByOnePut(
      KeyedStates<Long> states, MapState<Long, Long> map, Table entries) {
    long before = entries.copiedBytes();
    try (StatesView view = states.view()) {
      StatesFixture.enter(states, TestTypes.longs(), 1L);
      map.put(5L, view.number());
      states.leave();
      return entries.copiedBytes() - before;
    }
  }

  @Test
  void anEmptyEncodingOfAKeyIsAKey() {
    Encoder nothing = new Encoder(0);
    MemoryBudget budget = new MemoryBudget(StatesFixture.PLENTY);
    RowLayout layout = new RowLayout(false, true, 1, false);
    Table table =
        new Table(
            new Hashing(HashRange.ALL, StatesFixture.SALT),
            nothing,
            new SegmentPool(new StateName("op", "sum"), layout, budget, new Epochs()),
            new Journal(budget));

    assertThat(table.find(7)).isFalse();
    table.write();
    assertThat(table.find(7)).isTrue();
    table.touch(new long[] {7}, 1);
    assertThat(table.find(8)).isFalse();
  }
}

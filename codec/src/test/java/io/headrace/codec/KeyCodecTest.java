package io.headrace.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.TypeToken;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys are equal exactly when their bytes are, and hash alike everywhere. */
final class KeyCodecTest {

  record OwnEquals(String name) {
    @Override
    public boolean equals(Object other) {
      return other instanceof OwnEquals own && own.name.equalsIgnoreCase(name);
    }

    @Override
    public int hashCode() {
      return 0;
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // Users have such records too.
  record Route(String from, List<String> stops, OwnEquals operator, byte[] code) {}

  record Cluster(Set<Integer> members, Map<Integer, Set<String>> names) {}

  static List<Type> keyTypes() {
    return List.of(
        String.class,
        Long.class,
        Double.class,
        BigDecimal.class,
        Zoo.Colour.class,
        Zoo.Primitives.class,
        Zoo.Times.class,
        Zoo.Shape.class,
        Zoo.Tree.class,
        Zoo.Collections.class,
        Cluster.class,
        new TypeToken<Zoo.Pair<Integer, String>>() {}.type(),
        new TypeToken<Zoo.Result<Long, Zoo.Colour>>() {}.type());
  }

  @ParameterizedTest
  @MethodSource("keyTypes")
  void keysAreEqualExactlyWhenTheirBytesAre(Type type) {
    KeyCodec<Object> keys = Codecs.keyOf(type);
    for (long seed = 1; seed <= 5; seed++) {
      List<Object> values = new ArrayList<>();
      RandomValues random = new RandomValues(seed);
      for (int i = 0; i < 40; i++) {
        values.add(random.of(type));
        values.add(shuffled(values.get(values.size() - 1), keys));
      }
      for (Object one : values) {
        for (Object other : values) {
          checkAgree(keys, one, other, seed);
        }
      }
    }
  }

  private static void checkAgree(KeyCodec<Object> keys, Object one, Object other, long seed) {
    assertThat(sameBytes(keys.codec(), one, other))
        .as("seed %d: %s and %s", seed, one, other)
        .isEqualTo(one.equals(other));
    if (one.equals(other)) {
      assertThat(keys.hash(one)).as("seed %d: %s", seed, one).isEqualTo(keys.hash(other));
    }
  }

  private static Object shuffled(Object value, KeyCodec<Object> keys) {
    if (value instanceof Cluster cluster) {
      List<Integer> members = new ArrayList<>(cluster.members());
      Collections.reverse(members);
      List<Integer> names = new ArrayList<>(cluster.names().keySet());
      Collections.reverse(names);
      Map<Integer, Set<String>> reversed = new LinkedHashMap<>();
      names.forEach(each -> reversed.put(each, cluster.names().get(each)));
      return new Cluster(new LinkedHashSet<>(members), reversed);
    }
    return TestBytes.decode(keys.codec(), TestBytes.encode(keys.codec(), value));
  }

  private static boolean sameBytes(Codec<Object> codec, Object one, Object other) {
    return java.util.Arrays.equals(TestBytes.encode(codec, one), TestBytes.encode(codec, other));
  }

  @Test
  void zerosDifferAndNumbersThatAreNoneAreEqual() {
    KeyCodec<Double> keys = Codecs.keyOf(double.class);

    assertThat(keys.hash(0.0)).isNotEqualTo(keys.hash(-0.0));
    assertThat(keys.hash(Double.longBitsToDouble(0x7ff8000000000001L)))
        .isEqualTo(keys.hash(Double.NaN));
    assertThat(keys.isHashInvertible()).isFalse();
  }

  @Test
  void theHashOfANumberGivesItBack() {
    assertInvertible(Long.class, Long.MIN_VALUE, -1L, 0L, Long.MAX_VALUE);
    assertInvertible(Integer.class, Integer.MIN_VALUE, 0, Integer.MAX_VALUE);
    assertInvertible(Short.class, Short.MIN_VALUE, (short) 7);
    assertInvertible(Byte.class, Byte.MIN_VALUE, (byte) 7);
    assertInvertible(Character.class, 'a', '\uffff');
    assertInvertible(Boolean.class, true, false);
    assertInvertible(LocalDate.class, LocalDate.MIN, LocalDate.of(2026, 11, 24), LocalDate.MAX);
  }

  @SafeVarargs
  private static <K> void assertInvertible(Class<K> type, K... values) {
    KeyCodec<K> keys = Codecs.keyOf(type);
    assertThat(keys.isHashInvertible()).isTrue();
    for (K value : values) {
      assertThat(keys.fromHash(keys.hash(value))).isEqualTo(value);
    }
  }

  @Test
  void otherKeysDoNotFollowFromTheirHash() {
    for (Type type : List.of(String.class, Zoo.Colour.class, Zoo.Large.class)) {
      KeyCodec<Object> keys = Codecs.keyOf(type);

      assertThat(keys.isHashInvertible()).isFalse();
      assertThatThrownBy(() -> keys.fromHash(1))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageContaining("does not follow from its hash");
    }
  }

  @Test
  void stringsAndConstantsHashAsTheirText() {
    byte[] text = "RED".getBytes(StandardCharsets.UTF_8);
    long expected = Hash.ofBytes(text, 0, text.length, 0);

    assertThat(Codecs.<String>keyOf(String.class).hash("RED")).isEqualTo(expected);
    assertThat(Codecs.<Zoo.Colour>keyOf(Zoo.Colour.class).hash(Zoo.Colour.RED)).isEqualTo(expected);
  }

  @Test
  void keysWhoseEqualityIsNotThatOfTheirBytesAreRefused() {
    assertThat(Codecs.keyProblems(Route.class))
        .containsExactly(
            "io.headrace.codec.KeyCodecTest$Route.operator is a record with an equals of its own,"
                + " which may disagree: leave it out.",
            "io.headrace.codec.KeyCodecTest$Route.code is an array, which equals only itself: use"
                + " a List.");
    assertThat(Codecs.keyProblems(new TypeToken<Map<String, Zoo.Named<Long>>>() {}.type()))
        .containsExactly(
            "java.util.Map<java.lang.String,"
                + " io.headrace.codec.Zoo$Named<java.lang.Long>>{value}.values is an array, which"
                + " equals only itself: use a List.");
    assertThatThrownBy(() -> Codecs.keyOf(byte[].class))
        .hasMessageContaining("Type byte[] cannot be a key: byte[] is an array");
    assertThatThrownBy(() -> Codecs.keyOf(Thread.class))
        .hasMessageContaining("java.lang.Thread is of type java.lang.Thread, which is neither");
  }
}

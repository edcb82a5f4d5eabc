package io.headrace.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.TypeToken;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a codec wrote it reads back equal. */
@Tag("R11")
final class RoundTripTest {

  static List<TypeToken<?>> types() {
    return Zoo.types();
  }

  @ParameterizedTest
  @MethodSource("types")
  void aValueIsReadBackAsItWasWritten(TypeToken<?> type) {
    Codec<Object> codec = Codecs.of(type.type());
    for (long seed = 100; seed < 110; seed++) {
      RandomValues values = new RandomValues(seed);
      for (int i = 0; i < 100; i++) {
        Object value = values.of(type.type());
        byte[] bytes = TestBytes.encode(codec, value);
        Decoder in = new Decoder(bytes);

        Object read = codec.decode(in);

        String where = "seed " + seed + ", value " + i + ": " + value;
        assertThat(in.remaining()).as(where).isZero();
        assertThat(TestBytes.encode(codec, read)).as(where).isEqualTo(bytes);
        if (!hasArray(codec)) {
          assertThat(read).as(where).isEqualTo(value);
        }
      }
    }
  }

  /** Arrays and records of them are equal only to themselves. */
  private static boolean hasArray(Codec<?> codec) {
    String type = codec.type().getTypeName();
    return type.contains("[]") || type.endsWith("Arrays") || type.contains("Named");
  }

  @Test
  void thePartsOfAValueMayBeTheExtremesOfTheirTypes() {
    assertRoundTrip(Instant.class, Instant.MIN, Instant.MAX, Instant.EPOCH);
    assertRoundTrip(LocalDateTime.class, LocalDateTime.MIN, LocalDateTime.MAX);
    assertRoundTrip(Long.class, Long.MIN_VALUE, Long.MAX_VALUE, 0L, -1L);
    assertRoundTrip(Character.class, '\ud800', '\uffff');
    assertRoundTrip(Double.class, Double.NaN, -0.0, Double.MIN_VALUE, Double.NEGATIVE_INFINITY);
    assertRoundTrip(String.class, "", "\0", "what?", "\ufffd", "😀");
  }

  @Test
  void anHourThatIsTwiceKeepsItsOffset() {
    ZonedDateTime first =
        ZonedDateTime.of(LocalDateTime.of(2026, 10, 25, 2, 30), ZoneId.of("Europe/Zurich"));

    assertRoundTrip(ZonedDateTime.class, first, first.withLaterOffsetAtOverlap());
  }

  @SafeVarargs
  private static <T> void assertRoundTrip(Class<T> type, T... values) {
    Codec<T> codec = Codecs.of(type);
    for (T value : values) {
      assertThat(TestBytes.decode(codec, TestBytes.encode(codec, value))).isEqualTo(value);
    }
  }

  @Test
  void collectionsKeepTheirOrderAndCannotBeChangedOnceRead() {
    Map<String, Long> map = new LinkedHashMap<>(Map.of("z", 1L));
    map.put("a", 2L);
    Zoo.Collections value =
        new Zoo.Collections(
            List.of("b", "a"), new LinkedHashSet<>(Arrays.asList(9, 1, 5)), map, Map.of());
    Codec<Zoo.Collections> codec = Codecs.of(Zoo.Collections.class);

    Zoo.Collections read = TestBytes.decode(codec, TestBytes.encode(codec, value));

    assertThat(read.set()).containsExactly(9, 1, 5);
    assertThat(read.map().keySet()).containsExactly("z", "a");
    for (Collection<?> each : List.of(read.list(), read.set(), read.map().values())) {
      assertThatThrownBy(each::clear).isInstanceOf(UnsupportedOperationException.class);
    }
  }

  @Test
  void immutabilityIsKnownFromTheType() {
    List<Class<?>> immutable =
        List.of(Zoo.Primitives.class, Zoo.Times.class, Zoo.Large.class, Zoo.Shape.class);
    List<Class<?>> mutable = List.of(Zoo.Arrays.class, Zoo.Collections.class, Zoo.Tree.class);

    assertThat(immutable).allMatch(type -> Codecs.of(type).isImmutable());
    assertThat(mutable).noneMatch(type -> Codecs.of(type).isImmutable());
    assertThat(Codecs.of(byte[].class).isImmutable()).isFalse();
    assertThat(Codecs.of(Zoo.Chain.class).isImmutable()).isTrue();
    assertThat(Codecs.of(new TypeToken<Set<String>>() {}).isImmutable()).isFalse();
  }
}

package io.headrace.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.TypeToken;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Values as words are read back as they were stored, and touch no other word. */
final class WordLayoutTest {

  record Reading(Instant at, Double value, Zoo.Colour colour) {}

  record Nested(Reading first, Duration length, boolean isGood, byte b) {}

  record Wide(Nested one, Nested two) {}

  record NotFlat(long a, String b) {}

  private static final Map<Type, Integer> WIDTHS =
      Map.ofEntries(
          Map.entry(Long.class, 1),
          Map.entry(int.class, 1),
          Map.entry(Short.class, 1),
          Map.entry(Byte.class, 1),
          Map.entry(Character.class, 1),
          Map.entry(Boolean.class, 1),
          Map.entry(Float.class, 1),
          Map.entry(Double.class, 1),
          Map.entry(Zoo.Colour.class, 1),
          Map.entry(LocalDate.class, 1),
          Map.entry(Instant.class, 2),
          Map.entry(Duration.class, 2),
          Map.entry(Reading.class, 4),
          Map.entry(Nested.class, 8),
          Map.entry(new TypeToken<Zoo.Pair<Long, Instant>>() {}.type(), 3));

  @Test
  void aValueIsReadBackAsItWasStoredAndNoOtherWordIsTouched() {
    WIDTHS.forEach(
        (type, width) -> {
          WordLayout<Object> layout = Codecs.of(type).words().orElseThrow();
          assertThat(layout.width()).as(type.getTypeName()).isEqualTo(width);
          RandomValues values = new RandomValues(7);
          for (int i = 0; i < 200; i++) {
            Object value = values.of(type);
            long[] row = new long[width + 2];
            row[0] = 1234;
            row[width + 1] = 5678;

            layout.store(value, row, 1);

            assertThat(layout.load(row, 1)).as("seed 7, value %d", i).isEqualTo(value);
            assertThat(List.of(row[0], row[width + 1])).containsExactly(1234L, 5678L);
          }
        });
  }

  @Test
  void whatIsNotFlatOrTooWideOrEmptyHasNoLayout() {
    for (Class<?> type :
        List.of(
            String.class,
            byte[].class,
            Wide.class,
            NotFlat.class,
            Zoo.Empty.class,
            Zoo.Chain.class,
            Zoo.Shape.class)) {
      assertThat(Codecs.of(type).words()).as(type.getName()).isEmpty();
    }
  }
}

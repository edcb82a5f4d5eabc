package io.headrace.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.TypeToken;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The format as it is on disk: what these say may never change. */
final class GoldenTest {

  @SuppressWarnings("ArrayRecordComponent") // Users have such records too.
  record Order(long id, String item, Optional<Zoo.Shape> shape, Zoo.Colour[] colours) {}

  record Book(Map<Integer, Order> orders, Zoo.Pair<Instant, BigDecimal> last, double sum) {}

  @Test
  void theBytesOfAValueAreThese() {
    Map<Integer, Order> orders = new LinkedHashMap<>();
    orders.put(
        -2,
        new Order(
            300,
            "käse",
            Optional.of(new Zoo.Square(1.5)),
            new Zoo.Colour[] {Zoo.Colour.BLUE, Zoo.Colour.RED}));
    Book book =
        new Book(
            orders,
            new Zoo.Pair<>(Instant.ofEpochSecond(-1, 5), new BigDecimal("-1.00")),
            Double.NaN);

    byte[] bytes = TestBytes.encode(Codecs.of(Book.class), book);

    assertThat(HexFormat.of().formatHex(bytes))
        .isEqualTo(
            "0203d8040a6bc3a473650204000000000000f83f0404000000"
                + "010a029c04"
                + "000000000000f87f");
  }

  @Test
  void theSchemaOfATypeIsThis() {
    assertThat(Codecs.of(Book.class).schema().json())
        .isEqualTo(
            "{\"type\":\"record\",\"name\":\"io.headrace.codec.GoldenTest_Book\","
                + "\"fields\":[{\"name\":\"orders\",\"type\":{\"type\":\"array\","
                + "\"items\":{\"type\":\"record\","
                + "\"name\":\"headrace_.Entry___java__lang__Integer____io__headrace__codec__"
                + "GoldenTest_Order\",\"fields\":[{\"name\":\"key\",\"type\":\"int\"},"
                + "{\"name\":\"value\",\"type\":{\"type\":\"record\","
                + "\"name\":\"io.headrace.codec.GoldenTest_Order\",\"fields\":[{\"name\":\"id\","
                + "\"type\":\"long\"},{\"name\":\"item\",\"type\":\"string\"},{\"name\":\"shape\","
                + "\"type\":[\"null\",{\"type\":\"record\","
                + "\"name\":\"headrace_.Box___io__headrace__codec__Zoo_Shape\","
                + "\"fields\":[{\"name\":\"value\",\"type\":[{\"type\":\"record\","
                + "\"name\":\"io.headrace.codec.Zoo_Circle\",\"fields\":[{\"name\":\"radius\","
                + "\"type\":\"double\"}]},{\"type\":\"record\","
                + "\"name\":\"io.headrace.codec.Zoo_Triangle\",\"fields\":[{\"name\":\"a\","
                + "\"type\":\"double\"},{\"name\":\"b\",\"type\":\"double\"},{\"name\":\"c\","
                + "\"type\":\"double\"}]},{\"type\":\"record\","
                + "\"name\":\"io.headrace.codec.Zoo_Square\",\"fields\":[{\"name\":\"side\","
                + "\"type\":\"double\"}]},{\"type\":\"enum\","
                + "\"name\":\"io.headrace.codec.Zoo_Unknown\",\"symbols\":[\"UNSEEN\","
                + "\"UNSURE\"]}]}]}]},{\"name\":\"colours\",\"type\":{\"type\":\"array\","
                + "\"items\":{\"type\":\"enum\",\"name\":\"io.headrace.codec.Zoo_Colour\","
                + "\"symbols\":[\"RED\",\"GREEN\",\"BLUE\"]}}}]}}]}}},{\"name\":\"last\","
                + "\"type\":{\"type\":\"record\","
                + "\"name\":\"io.headrace.codec.Zoo_Pair___java__time__Instant____java__math__"
                + "BigDecimal\",\"fields\":[{\"name\":\"first\",\"type\":{\"type\":\"record\","
                + "\"name\":\"java.time.Instant\",\"fields\":[{\"name\":\"seconds\","
                + "\"type\":\"long\"},{\"name\":\"nanos\",\"type\":\"int\"}]}},{\"name\":\"second\","
                + "\"type\":{\"type\":\"record\",\"name\":\"java.math.BigDecimal\","
                + "\"fields\":[{\"name\":\"unscaled\",\"type\":\"bytes\"},{\"name\":\"scale\","
                + "\"type\":\"int\"}]}}]}},{\"name\":\"sum\",\"type\":\"double\"}]}");
  }

  @Test
  void theHashesOfKeysAreThese() {
    assertHash(Long.class, 42L, 0xbdd732262feb6e95L);
    assertHash(Integer.class, -1, 0xe4d971771b652c20L);
    assertHash(String.class, "", 0xe220a8397b1dcdafL);
    assertHash(String.class, "headrace", 0x9bde48d956291b48L);
    assertHash(String.class, "größer als acht", 0xccb862b20e875687L);
    assertHash(Zoo.Colour.class, Zoo.Colour.GREEN, 0x80bebf45c63dd289L);
    assertHash(Zoo.Circle.class, new Zoo.Circle(2.5), 0x3d125b349489480dL);
    assertHash(Zoo.Shape.class, new Zoo.Circle(2.5), 0x414e78e162f9814bL);
    assertHash(Zoo.Shape.class, Zoo.Unknown.UNSEEN, 0x6ac26c0bef785ecdL);
    assertHash(
        new TypeToken<Zoo.Pair<Zoo.Colour, Long>>() {}.type(),
        new Zoo.Pair<>(Zoo.Colour.GREEN, 7L),
        0xfebc9d49a2a12adeL);
    assertHash(new TypeToken<List<String>>() {}.type(), List.of("a", "b"), 0x1434cab264756ba1L);
  }

  private static void assertHash(java.lang.reflect.Type type, Object key, long expected) {
    assertThat(Codecs.keyOf(type).hash(key)).as("%s", key).isEqualTo(expected);
  }
}

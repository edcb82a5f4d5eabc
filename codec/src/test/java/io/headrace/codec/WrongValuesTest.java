package io.headrace.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.TypeToken;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.LocalDate;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.Collections;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Values that are not what their type says are refused with the path to what is wrong. */
final class WrongValuesTest {

  private static final String HERE = "io.headrace.codec.WrongValuesTest$";

  enum Fruit {
    APPLE,
    PEAR,
    PLUM,
    FIG
  }

  record Nothing() {}

  record Box<T>(T content) {}

  record Flat(long number, Instant at, Zoo.@Nullable Colour colour) {}

  @SuppressWarnings("NullAway") // As it comes from code that nobody checks for nulls.
  private static Object absent() {
    return null;
  }

  private static void assertUnencodable(Type type, Object value, String message) {
    Codec<Object> codec = Codecs.of(type);
    assertUnencodable(() -> codec.encode(value, new Encoder()), message);
  }

  private static void assertUnencodable(ThrowingCallable encode, String message) {
    assertThatThrownBy(encode)
        .isInstanceOfSatisfying(
            HeadraceException.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.VALUE_NOT_ENCODABLE))
        .hasMessageStartingWith(message);
  }

  @Test
  void aValueOfAnotherClassIsRefused() {
    String wrong = "The value is of class java.lang.String, not ";

    assertUnencodable(Long.class, "a", wrong + "java.lang.Long");
    assertUnencodable(Byte.class, "a", wrong + "java.lang.Byte");
    assertUnencodable(Double.class, "a", wrong + "java.lang.Double");
    assertUnencodable(byte[].class, "a", wrong + "byte[]");
    assertUnencodable(long[].class, "a", wrong + "long[]");
    assertUnencodable(Instant.class, "a", wrong + "java.time.Instant");
    assertUnencodable(Fruit.class, "a", wrong + HERE + "Fruit");
    assertUnencodable(Nothing.class, "a", wrong + HERE + "Nothing");
    assertUnencodable(Flat.class, "a", wrong + HERE + "Flat");
    assertUnencodable(new TypeToken<Box<Long>>() {}.type(), "a", wrong + HERE + "Box");
    assertUnencodable(new TypeToken<List<Long>>() {}.type(), "a", wrong + "java.util.List");
    assertUnencodable(new TypeToken<Set<Long>>() {}.type(), "a", wrong + "java.util.Set");
    assertUnencodable(new TypeToken<Map<Long, Long>>() {}.type(), "a", wrong + "java.util.Map");
    assertUnencodable(new TypeToken<Optional<Long>>() {}.type(), "a", wrong + "java.util.Optional");
    assertUnencodable(Zoo.Shape.class, "a", wrong + "io.headrace.codec.Zoo$Shape");
  }

  @Test
  void aConstantOfAnotherEnumIsRefused() {
    assertUnencodable(Fruit.class, Zoo.Colour.BLUE, "The value is of class " + colour());
    assertUnencodable(Zoo.Colour.class, Fruit.FIG, "The value is of class " + HERE + "Fruit, not");
  }

  private static String colour() {
    return "io.headrace.codec.Zoo$Colour, not " + HERE + "Fruit";
  }

  @Test
  void aPartOfAnotherClassIsRefusedWithItsPath() {
    Object list = Arrays.asList(1L, "a");
    Object map = Map.of("key", 1);

    assertUnencodable(
        new TypeToken<Box<List<Long>>>() {}.type(),
        new Box<>(list),
        HERE + "Box<java.util.List<java.lang.Long>>.content[1] is of class java.lang.String");
    assertUnencodable(
        new TypeToken<Box<Set<Long>>>() {}.type(),
        new Box<>(list),
        HERE + "Box<java.util.Set<java.lang.Long>>.content is of class java.util.Arrays$ArrayList");
    assertUnencodable(
        new TypeToken<Map<String, Long>>() {}.type(),
        map,
        "java.util.Map<java.lang.String, java.lang.Long>{value} is of class java.lang.Integer");
    assertUnencodable(
        new TypeToken<Optional<Fruit>>() {}.type(),
        Optional.of(Zoo.Colour.RED),
        "java.util.Optional<" + HERE + "Fruit>.value is of class io.headrace.codec.Zoo$Colour");
    assertUnencodable(
        new TypeToken<List<Long>[]>() {}.type(),
        new Object[] {List.of(1L), List.of(1)},
        "java.util.List<java.lang.Long>[][1][0] is of class java.lang.Integer");
  }

  @Test
  void whatACollectionThrowsIsGivenAsTheReason() {
    List<Long> failing =
        new AbstractList<>() {
          @Override
          public Long get(int index) {
            if (index < 2) {
              return 7L;
            }
            throw new ConcurrentModificationException("changed");
          }

          @Override
          public int size() {
            return 3;
          }
        };

    assertUnencodable(
        new TypeToken<Box<List<Long>>>() {}.type(),
        new Box<>(failing),
        HERE
            + "Box<java.util.List<java.lang.Long>>.content is a collection that threw"
            + " java.util.ConcurrentModificationException: changed");
    assertUnencodable(
        new TypeToken<Box<Set<Long>>>() {}.type(),
        new Box<>(new FailingSet(failing)),
        HERE + "Box<java.util.Set<java.lang.Long>>.content is a collection that threw");
  }

  /** The elements of a list as a set, unchecked. */
  private static final class FailingSet extends java.util.AbstractSet<Long> {

    private final List<Long> elements;

    FailingSet(List<Long> elements) {
      this.elements = elements;
    }

    @Override
    public java.util.Iterator<Long> iterator() {
      return elements.iterator();
    }

    @Override
    public int size() {
      return elements.size();
    }
  }

  @Test
  void aNullIsRefusedWhereverItStands() {
    assertUnencodable(Long.class, absent(), "The value is null.");
    assertUnencodable(Nothing.class, absent(), "The value is null.");
    assertUnencodable(Fruit.class, absent(), "The value is null.");
    assertUnencodable(Zoo.Shape.class, absent(), "The value is null.");
    assertUnencodable(long[].class, absent(), "The value is null.");
    assertUnencodable(
        new TypeToken<Map<String, Long>>() {}.type(),
        Collections.singletonMap(null, 1L),
        "java.util.Map<java.lang.String, java.lang.Long>{key} is null.");
    assertUnencodable(
        new TypeToken<Set<String>>() {}.type(),
        Collections.singleton(null),
        "java.util.Set<java.lang.String>[] is null.");
  }

  @Test
  void aWrongValueHasNoPlaceInWords() {
    assertNotStorable(Long.class, "a", "The value is of class java.lang.String");
    assertNotStorable(Long.class, absent(), "The value is null.");
    assertNotStorable(LocalDate.class, "a", "The value is of class java.lang.String");
    assertNotStorable(Instant.class, absent(), "The value is null.");
    assertNotStorable(Fruit.class, Zoo.Colour.RED, "The value is of class " + colour());
    assertNotStorable(Flat.class, "a", "The value is of class java.lang.String");
    assertNotStorable(Flat.class, new Flat(1, Instant.EPOCH, null), HERE + "Flat.colour is null.");
    assertNotStorable(
        new TypeToken<Box<Flat>>() {}.type(),
        new Box<>(new Flat(1, Instant.EPOCH, null)),
        HERE + "Box<" + HERE + "Flat>.content.colour is null.");
  }

  private static void assertNotStorable(Type type, Object value, String message) {
    WordLayout<Object> layout = Codecs.<Object>of(type).words().orElseThrow();
    assertUnencodable(() -> layout.store(value, new long[8], 0), message);
  }

  @Test
  void aWrongKeyHasNoHash() {
    for (Type type :
        List.of(
            Long.class, Integer.class, Instant.class, Fruit.class, Flat.class, Zoo.Shape.class)) {
      KeyCodec<Object> keys = Codecs.keyOf(type);

      assertUnencodable(() -> keys.hash("a"), "The value is of class java.lang.String");
      assertUnencodable(() -> keys.hash(absent()), "The value is null.");
    }
    assertUnencodable(() -> Codecs.keyOf(String.class).hash(7), "The value is of class");
  }

  @Test
  void aValueOfMoreThanTwoGigabytesIsRefused() {
    Encoder out = new Encoder();
    out.writeLong(7);

    assertUnencodable(
        () -> out.writeFixed(new byte[0], 0, Integer.MAX_VALUE), "The value takes more than 2 GB.");
  }
}

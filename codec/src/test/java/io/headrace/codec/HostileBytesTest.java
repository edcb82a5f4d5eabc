package io.headrace.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.headrace.api.TypeToken;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes that no codec wrote give a value or a complaint, and nothing else. */
@Tag("S3")
@Tag("S4")
final class HostileBytesTest {

  private static final int MUTATIONS = 200_000;

  /** Far more than values of some hundred bytes take, with the trace of an exception. */
  private static final long MOST_ALLOCATED = 1 << 20;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  record Positive(int value) {
    Positive {
      if (value <= 0) {
        throw new IllegalArgumentException(value + " is not positive");
      }
    }
  }

  /** Whose equality fails for some of its values. */
  record Moody(int value) implements Comparable<Moody> {
    @Override
    public boolean equals(Object other) {
      if (value == 1) {
        throw new IllegalStateException("not equal to anything");
      }
      return other instanceof Moody moody && moody.value == value;
    }

    @Override
    public int hashCode() {
      if (value == 2) {
        throw new AssertionError("not hashed");
      }
      return 0;
    }

    @Override
    public int compareTo(Moody other) {
      if (value == 3 || other.value == 3) {
        throw new ClassCastException("not compared");
      }
      return Integer.compare(value, other.value);
    }
  }

  record Names(String type, List<String> more) {}

  /** Never touched by any test, so that it is initialised only if its name in the bytes is used. */
  static final class Trap {
    static {
      System.setProperty("io.headrace.codec.trap", "sprung");
    }

    private Trap() {}
  }

  static List<TypeToken<?>> types() {
    return Zoo.types();
  }

  @ParameterizedTest
  @MethodSource("types")
  void cutAndFlippedBytesGiveAValueOrAComplaint(TypeToken<?> type) {
    Codec<Object> codec = Codecs.of(type.type());
    RandomValues values = new RandomValues(11);
    for (int i = 0; i < 10; i++) {
      byte[] bytes = TestBytes.encode(codec, values.of(type.type()));
      for (int at = 0; at < bytes.length; at++) {
        assertThatThrownBy(cut(codec, bytes, at)).isInstanceOf(MalformedDataException.class);
        for (int mask : new int[] {0x01, 0x80}) {
          byte[] flipped = bytes.clone();
          flipped[at] ^= (byte) mask;
          assertHarmless(codec, flipped, "value " + i + ", byte " + at + ", mask " + mask);
        }
      }
    }
  }

  private static org.assertj.core.api.ThrowableAssert.ThrowingCallable cut(
      Codec<Object> codec, byte[] bytes, int at) {
    return () -> codec.decode(new Decoder(bytes, 0, at));
  }

  @Test
  void randomlyChangedBytesGiveAValueOrAComplaint() {
    List<TypeToken<?>> types = Zoo.types();
    for (int t = 0; t < types.size(); t++) {
      Codec<Object> codec = Codecs.of(types.get(t).type());
      RandomValues values = new RandomValues(t);
      SplittableRandom random = new SplittableRandom(t);
      byte[] bytes = {};
      for (int i = 0; i < MUTATIONS / types.size(); i++) {
        if (i % 50 == 0) {
          bytes = TestBytes.encode(codec, values.of(types.get(t).type()));
        }
        assertHarmless(codec, mutate(bytes, random), "seed " + t + ", mutation " + i);
      }
    }
  }

  private static byte[] mutate(byte[] bytes, SplittableRandom random) {
    byte[] mutated = Arrays.copyOf(bytes, random.nextInt(bytes.length + 12));
    for (int i = random.nextInt(1, 6); i > 0 && mutated.length > 0; i--) {
      int at = random.nextInt(mutated.length);
      mutated[at] = (byte) (random.nextBoolean() ? random.nextInt() : mutated[at] + 1);
    }
    return mutated;
  }

  private static void assertHarmless(Codec<Object> codec, byte[] bytes, String where) {
    Object value;
    long before = THREADS.getCurrentThreadAllocatedBytes();
    try {
      value = codec.decode(new Decoder(bytes));
    } catch (MalformedDataException expected) {
      return;
    } catch (RuntimeException | Error unexpected) {
      throw new AssertionError(where + " of " + codec.type() + " threw " + unexpected, unexpected);
    } finally {
      assertThat(THREADS.getCurrentThreadAllocatedBytes() - before)
          .as(where)
          .isLessThan(MOST_ALLOCATED);
    }
    // Whatever is accepted is a value like any other.
    byte[] again = TestBytes.encode(codec, value);
    assertThat(TestBytes.encode(codec, TestBytes.decode(codec, again))).as(where).isEqualTo(again);
  }

  @Test
  void aCountOrLengthBeyondTheBytesIsRefusedBeforeAnythingIsAllocated() {
    byte[] huge = bytes(Long.MAX_VALUE / 2);

    assertMalformed(Codecs.of(new TypeToken<List<Long>>() {}), huge, "are said to stand in 0");
    assertMalformed(Codecs.of(new TypeToken<Set<String>>() {}), huge, "are said to stand in 0");
    assertMalformed(Codecs.of(long[].class), huge, "are said to stand in 0");
    assertMalformed(Codecs.of(byte[].class), huge, "but 0 bytes are left");
    assertMalformed(Codecs.of(String.class), bytes(-5), "A length of -5");
    assertMalformed(
        Codecs.of(long[].class), bytes(Long.MIN_VALUE, 0), "are said to stand in 0 bytes");
    assertMalformed(Codecs.of(long[].class), bytes(-1, 99, 0), "A block of 99 bytes");
  }

  @Test
  void blocksMayComeInAnyNumberAndSayTheirSize() {
    Codec<long[]> codec = Codecs.of(long[].class);

    assertThat(TestBytes.decode(codec, bytes(2, 10, 11, -1, 1, 12, 1, 13, 0)))
        .containsExactly(10, 11, 12, 13);
  }

  @Test
  void indexesBeyondTheirListsAreRefused() {
    assertMalformed(Codecs.of(Zoo.Colour.class), bytes(3), "has 3 symbols, but the index is 3");
    assertMalformed(Codecs.of(Zoo.Colour.class), bytes(-1), "has 3 symbols, but the index is -1");
    assertMalformed(Codecs.of(Zoo.Shape.class), bytes(4), "has 4 branches");
    assertMalformed(Codecs.of(Zoo.Only.class), bytes(1L << 32), "has 1 branches");
    assertMalformed(Codecs.of(new TypeToken<Optional<Long>>() {}), bytes(2), "branch 0 or 1");
    assertMalformed(Codecs.of(Boolean.class), new byte[] {2}, "A boolean is 0 or 1");
  }

  @Test
  void numbersBeyondTheirTypeAreRefused() {
    assertMalformed(Codecs.of(Byte.class), bytes(128), "128 is not a Byte");
    assertMalformed(Codecs.of(Short.class), bytes(40_000), "40000 is not a Short");
    assertMalformed(Codecs.of(Character.class), bytes(-1), "-1 is not a Character");
    assertMalformed(Codecs.of(Integer.class), bytes(1L << 31), "An int has 32 bits");
    assertMalformed(Codecs.of(java.time.Instant.class), bytes(0, 1_000_000_000), "nanoseconds");
    assertMalformed(Codecs.of(java.time.Duration.class), bytes(0, -1), "nanoseconds");
    assertMalformed(Codecs.of(java.time.LocalTime.class), bytes(-1), "are no LocalTime");
    assertMalformed(Codecs.of(java.time.MonthDay.class), bytes(2, 30), "are no MonthDay");
    assertMalformed(Codecs.of(java.math.BigInteger.class), bytes(0), "at least one byte");
  }

  @Test
  void anElementThatIsTwiceInASetOrMapIsRefused() {
    Codec<Object> map = Codecs.of(new TypeToken<java.util.Map<Long, Long>>() {}.type());

    assertMalformed(Codecs.of(new TypeToken<Set<Long>>() {}), bytes(2, 7, 7, 0), "twice");
    assertMalformed(map, bytes(2, 7, 1, 7, 2, 0), "twice");
  }

  @Test
  void textThatIsNoneIsRefused() {
    byte[] half = {4, (byte) 0xc3, 0x28};

    assertMalformed(Codecs.of(String.class), half, "are not UTF-8");
  }

  @Test
  void recordsNestedTooDeeplyAreRefused() {
    byte[] deep = new byte[100_000];
    Arrays.fill(deep, (byte) 2);

    assertMalformed(Codecs.of(Zoo.Chain.class), deep, "nested more than 100 deep");
    assertMalformed(Codecs.of(Zoo.Expression.class), deep, "nested more than 100 deep");
  }

  @Test
  void whatTheConstructorRefusesIsMalformed() {
    assertMalformed(
        Codecs.of(Positive.class),
        bytes(-3),
        "Positive refuses what was read: java.lang.IllegalArgumentException: -3 is not positive");
  }

  @Test
  void aClassThatTheBytesNameIsNotTouched() {
    String name = HostileBytesTest.class.getName() + "$Trap";
    Codec<Names> codec = Codecs.of(Names.class);

    Names read =
        TestBytes.decode(codec, TestBytes.encode(codec, new Names(name, List.of(name, name))));

    assertThat(read.type().getBytes(StandardCharsets.UTF_8)).hasSize(name.length());
    assertThat(System.getProperty("io.headrace.codec.trap")).isNull();
  }

  @Test
  void aBlockThatIsNotAsLongAsItSaysIsRefused() {
    Codec<long[]> codec = Codecs.of(long[].class);
    Codec<Object> map = Codecs.of(new TypeToken<java.util.Map<Long, Long>>() {}.type());
    String message = "A block is said to take 3 bytes, but takes 2";

    assertMalformed(codec, bytes(-2, 3, 1, 2, 0), message);
    assertMalformed(codec, bytes(-2, 1, 1, 2, 0), "2 elements are said to stand in 1 bytes.");
    assertMalformed(codec, bytes(-1, 1, 100, 0), "A block is said to take 1 bytes, but takes 2");
    assertMalformed(Codecs.of(new TypeToken<Set<Long>>() {}), bytes(-2, 3, 1, 2, 0), message);
    assertMalformed(map, bytes(-1, 3, 1, 2, 0), message);
    assertMalformed(codec, bytes(1, 5, -2, 3, 1, 2, 0), message);
  }

  @Test
  void whatTheEqualityOfAUserThrowsIsMalformed() {
    Codec<Set<Moody>> set = Codecs.of(new TypeToken<>() {});
    Codec<java.util.Map<Moody, Long>> map = Codecs.of(new TypeToken<>() {});

    assertMalformed(set, bytes(2, 5, 1, 0), "IllegalStateException: not equal to anything");
    assertMalformed(set, bytes(1, 2, 0), "AssertionError: not hashed");
    assertMalformed(map, bytes(2, 5, 7, 1, 7, 0), "IllegalStateException: not equal to anything");
    assertMalformed(map, bytes(1, 2, 7, 0), "AssertionError: not hashed");
    assertMalformed(
        set,
        bytes(14, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 3, 22, 0),
        "ClassCastException: not compared");
  }

  private static byte[] bytes(long... numbers) {
    Encoder out = new Encoder();
    for (long each : numbers) {
      out.writeLong(each);
    }
    return out.toBytes();
  }

  private static void assertMalformed(Codec<?> codec, byte[] bytes, String message) {
    assertThatThrownBy(() -> codec.decode(new Decoder(bytes)))
        .isInstanceOf(MalformedDataException.class)
        .hasMessageContaining(message);
  }
}

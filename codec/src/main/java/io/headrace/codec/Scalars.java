package io.headrace.codec;

import io.headrace.codec.ScalarCodec.Named;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;

/** The codecs of primitives, their boxes, strings, bytes, large numbers and UUIDs. */
final class Scalars {

  static final PartCodec<byte[]> BYTES =
      new ScalarCodec<>(
          byte[].class,
          Named.primitive("bytes"),
          (value, out) -> out.writeBytes(value),
          Decoder::readBytes,
          null);

  /** Stands for the codec of a type that has none; never used. */
  static final PartCodec<Object> NOTHING =
      new ScalarCodec<>(
          Object.class,
          Named.primitive("null"),
          (value, out) -> {
            throw new IllegalStateException("a codec with problems is used");
          },
          in -> {
            throw new IllegalStateException("a codec with problems is used");
          },
          null);

  private Scalars() {}

  /**
   * The codec of a class, if it is one of these. Made anew each time: only those that are used take
   * time to set up.
   */
  static Optional<PartCodec<?>> of(Class<?> type) {
    PartCodec<?> codec =
        switch (type.getName()) {
          case "byte", "java.lang.Byte" -> ofInts(Byte.class, value -> value, word -> (byte) word);
          case "short", "java.lang.Short" ->
              ofInts(Short.class, value -> value, word -> (short) word);
          case "char", "java.lang.Character" ->
              ofInts(Character.class, value -> value, word -> (char) word);
          case "int", "java.lang.Integer" ->
              ofInts(Integer.class, value -> value, word -> (int) word);
          case "long", "java.lang.Long" -> ofLong();
          case "boolean", "java.lang.Boolean" -> ofBoolean();
          case "float", "java.lang.Float" -> ofFloat();
          case "double", "java.lang.Double" -> ofDouble();
          case "java.lang.String" -> ofString();
          case "java.math.BigInteger" -> ofBigInteger();
          case "java.math.BigDecimal" -> ofBigDecimal();
          case "java.util.UUID" -> ofUuid();
          default -> NOTHING;
        };
    return codec == NOTHING ? Optional.empty() : Optional.of(codec);
  }

  /** A type of numbers that Avro knows as int. */
  private static <T> PartCodec<T> ofInts(
      Class<T> box, ToLongFunction<T> toWord, LongFunction<T> fromWord) {
    return new ScalarCodec<>(
        box,
        Named.primitive("int"),
        (value, out) -> out.writeInt((int) toWord.applyAsLong(value)),
        in -> {
          int number = in.readInt();
          T value = fromWord.apply(number);
          if (toWord.applyAsLong(value) != number) {
            throw new MalformedDataException(number + " is not a " + box.getSimpleName() + ".");
          }
          return value;
        },
        new OneWord<>(box, toWord, fromWord));
  }

  @SuppressWarnings("unchecked") // The layout takes any object, to check it itself.
  private static PartCodec<Long> ofLong() {
    return new ScalarCodec<>(
        Long.class,
        Named.primitive("long"),
        (value, out) -> out.writeLong(value),
        Decoder::readLong,
        (WordLayout<Long>) (WordLayout<?>) new LongWords());
  }

  private static PartCodec<Boolean> ofBoolean() {
    return new ScalarCodec<>(
        Boolean.class,
        Named.primitive("boolean"),
        (value, out) -> out.writeBoolean(value),
        Decoder::readBoolean,
        new OneWord<>(Boolean.class, value -> value ? 1 : 0, word -> word != 0));
  }

  private static PartCodec<Float> ofFloat() {
    return new ScalarCodec<>(
        Float.class,
        Named.primitive("float"),
        (value, out) -> out.writeFloat(value),
        Decoder::readFloat,
        new OneWord<>(
            Float.class, Float::floatToIntBits, word -> Float.intBitsToFloat((int) word)));
  }

  private static PartCodec<Double> ofDouble() {
    return new ScalarCodec<>(
        Double.class,
        Named.primitive("double"),
        (value, out) -> out.writeDouble(value),
        Decoder::readDouble,
        new OneWord<>(Double.class, Double::doubleToLongBits, Double::longBitsToDouble));
  }

  private static PartCodec<String> ofString() {
    return new ScalarCodec<>(
        String.class,
        Named.primitive("string"),
        (value, out) -> out.writeString(value),
        Decoder::readString,
        null);
  }

  private static PartCodec<BigInteger> ofBigInteger() {
    return new ScalarCodec<>(
        BigInteger.class,
        Named.primitive("bytes"),
        (value, out) -> out.writeBytes(value.toByteArray()),
        Scalars::bigInteger,
        null);
  }

  private static PartCodec<BigDecimal> ofBigDecimal() {
    return new ScalarCodec<>(
        BigDecimal.class,
        Named.struct("java.math.BigDecimal", "unscaled", "bytes", "scale", "int"),
        (value, out) -> {
          out.writeBytes(value.unscaledValue().toByteArray());
          out.writeInt(value.scale());
        },
        in -> new BigDecimal(bigInteger(in), in.readInt()),
        null);
  }

  private static PartCodec<UUID> ofUuid() {
    return new ScalarCodec<>(
        UUID.class,
        new Named("java.util.UUID", "{\"type\":\"fixed\",\"name\":\"java.util.UUID\",\"size\":16}"),
        (value, out) -> {
          ByteBuffer bytes = ByteBuffer.allocate(16);
          bytes.putLong(value.getMostSignificantBits()).putLong(value.getLeastSignificantBits());
          out.writeFixed(bytes.array(), 0, 16);
        },
        in -> {
          ByteBuffer bytes = ByteBuffer.wrap(in.readFixed(16));
          return new UUID(bytes.getLong(), bytes.getLong());
        },
        null);
  }

  private static BigInteger bigInteger(Decoder in) {
    byte[] bytes = in.readBytes();
    if (bytes.length == 0) {
      throw new MalformedDataException("An integer of any size has at least one byte.");
    }
    try {
      return new BigInteger(bytes);
    } catch (ArithmeticException tooLarge) {
      throw new MalformedDataException(
          "An integer of " + bytes.length + " bytes is larger than any: " + tooLarge.getMessage());
    }
  }

  /** The layout of {@code Long}: a class of its own, so that calls of it are cheap. */
  private static final class LongWords implements WordLayout<Object> {

    @Override
    public int width() {
      return 1;
    }

    @Override
    public void store(Object value, long[] row, int at) {
      row[at] = UnencodableException.instance(Long.class, value);
    }

    @Override
    public Object load(long[] row, int at) {
      return row[at];
    }
  }
}

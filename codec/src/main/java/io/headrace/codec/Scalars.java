package io.headrace.codec;

import io.headrace.codec.ScalarCodec.Named;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
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

  private static final Map<Class<?>, PartCodec<?>> ALL = Map.copyOf(new Scalars().all);

  private final Map<Class<?>, PartCodec<?>> all = new HashMap<>();

  private Scalars() {
    ints(Byte.class, byte.class, value -> value, value -> (byte) value);
    ints(Short.class, short.class, value -> value, value -> (short) value);
    ints(Character.class, char.class, value -> value, value -> (char) value);
    ints(Integer.class, int.class, value -> value, value -> (int) value);
    add(
        new ScalarCodec<>(
            Long.class,
            Named.primitive("long"),
            (value, out) -> out.writeLong(value),
            Decoder::readLong,
            new LongWords()),
        long.class);
    add(
        new ScalarCodec<>(
            Boolean.class,
            Named.primitive("boolean"),
            (value, out) -> out.writeBoolean(value),
            Decoder::readBoolean,
            new OneWord<>(value -> value ? 1 : 0, word -> word != 0)),
        boolean.class);
    add(
        new ScalarCodec<>(
            Float.class,
            Named.primitive("float"),
            (value, out) -> out.writeFloat(value),
            Decoder::readFloat,
            new OneWord<>(Float::floatToIntBits, word -> Float.intBitsToFloat((int) word))),
        float.class);
    add(
        new ScalarCodec<>(
            Double.class,
            Named.primitive("double"),
            (value, out) -> out.writeDouble(value),
            Decoder::readDouble,
            new OneWord<>(Double::doubleToLongBits, Double::longBitsToDouble)),
        double.class);
    addObjects();
  }

  private void addObjects() {
    add(
        new ScalarCodec<>(
            String.class,
            Named.primitive("string"),
            (value, out) -> out.writeString(value),
            Decoder::readString,
            null));
    add(
        new ScalarCodec<>(
            BigInteger.class,
            Named.primitive("bytes"),
            (value, out) -> out.writeBytes(value.toByteArray()),
            Scalars::bigInteger,
            null));
    add(
        new ScalarCodec<>(
            BigDecimal.class,
            Named.struct("java.math.BigDecimal", "unscaled", "bytes", "scale", "int"),
            (value, out) -> {
              out.writeBytes(value.unscaledValue().toByteArray());
              out.writeInt(value.scale());
            },
            in -> new BigDecimal(bigInteger(in), in.readInt()),
            null));
    add(
        new ScalarCodec<>(
            UUID.class,
            new Named(
                "java.util.UUID", "{\"type\":\"fixed\",\"name\":\"java.util.UUID\",\"size\":16}"),
            (value, out) ->
                out.writeFixed(
                    ByteBuffer.allocate(16)
                        .putLong(value.getMostSignificantBits())
                        .putLong(value.getLeastSignificantBits())
                        .array(),
                    0,
                    16),
            in -> {
              ByteBuffer bytes = ByteBuffer.wrap(in.readFixed(16));
              return new UUID(bytes.getLong(), bytes.getLong());
            },
            null));
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

  /** The codec of a class, if it is one of these. */
  static Optional<PartCodec<?>> of(Class<?> type) {
    return Optional.ofNullable(ALL.get(type));
  }

  private void add(PartCodec<?> codec, Class<?>... alsoOf) {
    all.put((Class<?>) codec.type(), codec);
    for (Class<?> type : alsoOf) {
      all.put(type, codec);
    }
  }

  /** A type of numbers that Avro knows as int. */
  private <T> void ints(
      Class<T> box, Class<?> primitive, ToLongFunction<T> toWord, LongFunction<T> fromWord) {
    add(
        new ScalarCodec<>(
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
            new OneWord<>(toWord, fromWord)),
        primitive);
  }

  /** The layout of {@code Long}: a class of its own, so that calls of it are cheap. */
  private static final class LongWords implements WordLayout<Long> {

    @Override
    public int width() {
      return 1;
    }

    @Override
    public void store(Long value, long[] row, int at) {
      row[at] = value;
    }

    @Override
    public Long load(long[] row, int at) {
      return row[at];
    }
  }
}

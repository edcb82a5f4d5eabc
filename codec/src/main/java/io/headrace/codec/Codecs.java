package io.headrace.codec;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.TypeToken;
import java.lang.reflect.Type;
import java.util.List;

/**
 * The codecs of types: records, sealed interfaces of records and enums, enums, {@code Optional},
 * primitives and their boxes, {@code String}, {@code byte[]}, {@code BigDecimal}, {@code
 * BigInteger}, {@code UUID}, {@code java.time}, lists, sets and maps, and arrays, nested and
 * recursive as one likes. Everything else is refused, with the path to it. Any thread.
 */
public final class Codecs {

  private Codecs() {}

  /**
   * The codec of a type.
   *
   * @throws HeadraceException with {@code INVALID_JOB} and every reason why there is none
   */
  public static <T> Codec<T> of(Type type) {
    CodecBuilder builder = new CodecBuilder(Form.VALUE);
    Codec<T> codec = builder.build(type);
    refuseIf(builder.problems(), type, "encoded");
    return codec;
  }

  /** The codec of a class without type parameters, as above. */
  public static <T> Codec<T> of(Class<T> type) {
    return of((Type) type);
  }

  /** The codec of a type, as above. */
  public static <T> Codec<T> of(TypeToken<T> type) {
    return of(type.type());
  }

  /**
   * The codec of a type, as above, but lists, sets and maps that it decodes can be changed,
   * wherever in the value they are. What it encodes is the same.
   *
   * @throws HeadraceException with {@code INVALID_JOB} and every reason why there is none
   */
  public static <T> Codec<T> mutable(TypeToken<T> type) {
    CodecBuilder builder = new CodecBuilder(Form.MUTABLE);
    Codec<T> codec = builder.build(type.type());
    refuseIf(builder.problems(), type.type(), "encoded");
    return codec;
  }

  /**
   * What makes a type usable as a key.
   *
   * @throws HeadraceException with {@code INVALID_JOB} and every reason why it is not
   */
  public static <K> KeyCodec<K> keyOf(Type type) {
    refuseIf(keyProblems(type), type, "a key");
    Codec<K> codec = new CodecBuilder(Form.KEY).build(type);
    return Keys.of(codec, new CodecBuilder(Form.HASH).build(type));
  }

  /** Every reason why a type has no codec, with the path and the remedy; none if it has one. */
  public static List<String> problems(Type type) {
    CodecBuilder builder = new CodecBuilder(Form.VALUE);
    builder.build(type);
    return List.copyOf(builder.problems());
  }

  /** Every reason why a type is not usable as a key, with the path and the remedy. */
  public static List<String> keyProblems(Type type) {
    List<String> problems = problems(type);
    return problems.isEmpty() ? KeyRules.problems(type) : problems;
  }

  private static void refuseIf(List<String> problems, Type type, String what) {
    if (!problems.isEmpty()) {
      throw new HeadraceException(
          ErrorCode.INVALID_JOB,
          "Type " + type.getTypeName() + " cannot be " + what + ": " + String.join(" ", problems));
    }
  }
}

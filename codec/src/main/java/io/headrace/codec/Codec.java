package io.headrace.codec;

import java.lang.reflect.Type;
import java.util.Optional;

/**
 * Encodes and decodes the values of one type. Immutable; any thread may use it.
 *
 * @param <T> the type of the values
 */
public interface Codec<T> {

  /** The type that this is the codec of. */
  Type type();

  /** The schema of the encoded form. */
  Schema schema();

  /**
   * Whether values are immutable by construction (primitives, strings, records and sealed types of
   * such), so that they may be passed on by reference.
   */
  boolean isImmutable();

  /**
   * Appends the encoded form of a value.
   *
   * @throws io.headrace.api.HeadraceException with {@code VALUE_NOT_ENCODABLE} and the path to the
   *     part that cannot be encoded; what was appended before is then undefined
   */
  void encode(T value, Encoder out);

  /**
   * Reads one value.
   *
   * @throws MalformedDataException when the bytes are not a value of this type
   */
  T decode(Decoder in);

  /** How values are stored as a fixed number of {@code long}s, where their type allows it. */
  default Optional<WordLayout<T>> words() {
    return Optional.empty();
  }
}

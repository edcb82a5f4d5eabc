package io.headrace.flink.types;

import java.lang.reflect.Type;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.jspecify.annotations.Nullable;

/** A type of the plan, whose values our codec encodes. */
public final class CodecTypeInformation<T> extends TypeInformation<T> {

  private final PortableType type;

  private CodecTypeInformation(PortableType type) {
    this.type = type;
  }

  /** Of a type that has a codec; the caller vouches for {@code T}. */
  public static <T> CodecTypeInformation<T> of(Type type) {
    return new CodecTypeInformation<>(PortableType.of(type));
  }

  @Override
  public boolean isBasicType() {
    return false;
  }

  @Override
  public boolean isTupleType() {
    return false;
  }

  @Override
  public int getArity() {
    return 1;
  }

  @Override
  public int getTotalFields() {
    return 1;
  }

  @Override
  @SuppressWarnings("unchecked") // The class of T.
  public Class<T> getTypeClass() {
    return (Class<T>) type.valueClass();
  }

  /** Keys are {@link EncodedKey}s. */
  @Override
  public boolean isKeyType() {
    return false;
  }

  @Override
  public TypeSerializer<T> createSerializer(SerializerConfig config) {
    return new CodecSerializer<>(type);
  }

  @Override
  public String toString() {
    return type.text();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CodecTypeInformation<?> information && information.type.equals(type);
  }

  @Override
  public int hashCode() {
    return type.hashCode();
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof CodecTypeInformation;
  }
}

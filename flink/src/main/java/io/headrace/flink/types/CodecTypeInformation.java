package io.headrace.flink.types;

import java.lang.reflect.Type;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.jspecify.annotations.Nullable;

/** A type of the plan, whose values our codec encodes, or keys of it. */
public final class CodecTypeInformation<T> extends TypeInformation<T> {

  private final Class<T> valueClass;
  private final TypeSerializer<T> serializer;

  private CodecTypeInformation(Class<T> valueClass, TypeSerializer<T> serializer) {
    this.valueClass = valueClass;
    this.serializer = serializer;
  }

  /** Of a type that has a codec; the caller vouches for {@code T}. */
  @SuppressWarnings("unchecked") // The class of T.
  public static <T> CodecTypeInformation<T> of(Type type) {
    PortableType portable = PortableType.of(type);
    return new CodecTypeInformation<>(
        (Class<T>) portable.valueClass(), new CodecSerializer<>(portable));
  }

  /** Of keys of a type. */
  public static CodecTypeInformation<EncodedKey> ofKeys(Type type) {
    return new CodecTypeInformation<>(
        EncodedKey.class, new EncodedKeySerializer(PortableType.of(type)));
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
  public Class<T> getTypeClass() {
    return valueClass;
  }

  @Override
  public boolean isKeyType() {
    return valueClass == EncodedKey.class;
  }

  @Override
  public TypeSerializer<T> createSerializer(SerializerConfig config) {
    return serializer.duplicate();
  }

  @Override
  public String toString() {
    return serializer.toString();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CodecTypeInformation<?> information
        && information.serializer.equals(serializer);
  }

  @Override
  public int hashCode() {
    return serializer.hashCode();
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof CodecTypeInformation;
  }
}

package io.headrace.flink.types;

import java.lang.reflect.Type;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.jspecify.annotations.Nullable;

/** Keys of a type. */
public final class EncodedKeyTypeInformation extends TypeInformation<EncodedKey> {

  private final PortableType type;

  /** Of keys of a type. */
  public EncodedKeyTypeInformation(Type type) {
    this.type = PortableType.of(type);
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
  public Class<EncodedKey> getTypeClass() {
    return EncodedKey.class;
  }

  @Override
  public boolean isKeyType() {
    return true;
  }

  @Override
  public TypeSerializer<EncodedKey> createSerializer(SerializerConfig config) {
    return new EncodedKeySerializer(type);
  }

  @Override
  public String toString() {
    return "key of " + type.text();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof EncodedKeyTypeInformation keys && keys.type.equals(type);
  }

  @Override
  public int hashCode() {
    return type.hashCode();
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof EncodedKeyTypeInformation;
  }
}

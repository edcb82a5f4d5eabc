package io.headrace.flink.types;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** Writes keys of a type as their hash and encoding. Any thread. */
public final class EncodedKeySerializer extends TypeSerializer<EncodedKey> {

  private final PortableType type;

  /** The serializer of keys of a type. */
  public EncodedKeySerializer(PortableType type) {
    this.type = type;
  }

  @Override
  public boolean isImmutableType() {
    return true;
  }

  @Override
  public TypeSerializer<EncodedKey> duplicate() {
    return this;
  }

  /** There are no keys to be filled in. */
  @Override
  @SuppressWarnings("NullAway") // Flink takes null for it.
  public @Nullable EncodedKey createInstance() {
    return null;
  }

  @Override
  public EncodedKey copy(EncodedKey from) {
    return from;
  }

  @Override
  public EncodedKey copy(EncodedKey from, EncodedKey reuse) {
    return from;
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public void serialize(EncodedKey key, DataOutputView target) throws IOException {
    target.writeLong(key.hash());
    EncodedValues.write(key.bytes(), key.bytes().length, target);
  }

  @Override
  public EncodedKey deserialize(DataInputView source) throws IOException {
    long hash = source.readLong();
    return EncodedKey.read(EncodedValues.read(source), hash);
  }

  @Override
  public EncodedKey deserialize(EncodedKey reuse, DataInputView source) throws IOException {
    return deserialize(source);
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    target.writeLong(source.readLong());
    EncodedValues.copy(source, target);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof EncodedKeySerializer serializer && serializer.type.equals(type);
  }

  @Override
  public int hashCode() {
    return type.hashCode();
  }

  @Override
  public String toString() {
    return "key of " + type.text();
  }

  @Override
  public TypeSerializerSnapshot<EncodedKey> snapshotConfiguration() {
    return new EncodedKeySerializerSnapshot(type);
  }
}

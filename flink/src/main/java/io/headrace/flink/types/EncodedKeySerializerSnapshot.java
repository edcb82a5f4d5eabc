package io.headrace.flink.types;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** What is stored of an {@link EncodedKeySerializer}: the type of the keys and its schema. */
public final class EncodedKeySerializerSnapshot implements TypeSerializerSnapshot<EncodedKey> {

  private final TypeSnapshot snapshot;

  /** One to be read; Flink makes it so. */
  public EncodedKeySerializerSnapshot() {
    snapshot = new TypeSnapshot();
  }

  EncodedKeySerializerSnapshot(PortableType type) {
    snapshot = new TypeSnapshot(type);
  }

  @Override
  public int getCurrentVersion() {
    return StoredType.VERSION;
  }

  @Override
  public void writeSnapshot(DataOutputView out) throws IOException {
    snapshot.write(out);
  }

  @Override
  public void readSnapshot(int readVersion, DataInputView in, ClassLoader loader)
      throws IOException {
    snapshot.read(readVersion, in, loader);
  }

  @Override
  public TypeSerializer<EncodedKey> restoreSerializer() {
    return new EncodedKeySerializer(snapshot.type());
  }

  @Override
  public TypeSerializerSchemaCompatibility<EncodedKey> resolveSchemaCompatibility(
      TypeSerializerSnapshot<EncodedKey> before) {
    if (!(before instanceof EncodedKeySerializerSnapshot same)) {
      return TypeSerializerSchemaCompatibility.incompatible();
    }
    snapshot.check(same.snapshot);
    return TypeSerializerSchemaCompatibility.compatibleAsIs();
  }
}

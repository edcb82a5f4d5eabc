package io.headrace.flink.types;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** What is stored of a {@link CodecSerializer}: the type and the schema. */
public final class CodecSerializerSnapshot<T> implements TypeSerializerSnapshot<T> {

  private final TypeSnapshot snapshot;

  /** One to be read; Flink makes it so. */
  public CodecSerializerSnapshot() {
    snapshot = new TypeSnapshot();
  }

  CodecSerializerSnapshot(PortableType type) {
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
  public TypeSerializer<T> restoreSerializer() {
    return new CodecSerializer<>(snapshot.type());
  }

  @Override
  public TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(
      TypeSerializerSnapshot<T> before) {
    if (!(before instanceof CodecSerializerSnapshot<T> same)) {
      return TypeSerializerSchemaCompatibility.incompatible();
    }
    snapshot.check(same.snapshot);
    return TypeSerializerSchemaCompatibility.compatibleAsIs();
  }
}

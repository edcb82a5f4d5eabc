package io.headrace.flink.types;

import java.io.IOException;
import java.util.Objects;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** What is stored of a {@link CodecSerializer}: the type and the schema. */
public final class CodecSerializerSnapshot<T> implements TypeSerializerSnapshot<T> {

  private @Nullable StoredType stored;
  private @Nullable PortableType type;

  /** One to be read; Flink makes it so. */
  public CodecSerializerSnapshot() {}

  CodecSerializerSnapshot(PortableType type) {
    this.stored = StoredType.of(type);
    this.type = type;
  }

  private StoredType stored() {
    return Objects.requireNonNull(stored, "nothing was read yet");
  }

  @Override
  public int getCurrentVersion() {
    return StoredType.VERSION;
  }

  @Override
  public void writeSnapshot(DataOutputView out) throws IOException {
    stored().write(out);
  }

  @Override
  public void readSnapshot(int readVersion, DataInputView in, ClassLoader userLoader)
      throws IOException {
    stored = StoredType.read(readVersion, in);
    type = stored().declared(userLoader);
  }

  @Override
  public TypeSerializer<T> restoreSerializer() {
    return new CodecSerializer<>(Objects.requireNonNull(type, "nothing was read yet"));
  }

  @Override
  public TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(
      TypeSerializerSnapshot<T> before) {
    if (!(before instanceof CodecSerializerSnapshot<T> codec)) {
      return TypeSerializerSchemaCompatibility.incompatible();
    }
    stored().check(codec.stored());
    return TypeSerializerSchemaCompatibility.compatibleAsIs();
  }
}

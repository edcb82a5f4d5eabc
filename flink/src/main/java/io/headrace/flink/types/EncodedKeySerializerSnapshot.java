package io.headrace.flink.types;

import java.io.IOException;
import java.util.Objects;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** What is stored of an {@link EncodedKeySerializer}: the type of the keys and its schema. */
public final class EncodedKeySerializerSnapshot implements TypeSerializerSnapshot<EncodedKey> {

  private @Nullable StoredType stored;
  private @Nullable PortableType type;

  /** One to be read; Flink makes it so. */
  public EncodedKeySerializerSnapshot() {}

  EncodedKeySerializerSnapshot(PortableType type) {
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
  public TypeSerializer<EncodedKey> restoreSerializer() {
    return new EncodedKeySerializer(Objects.requireNonNull(type, "nothing was read yet"));
  }

  @Override
  public TypeSerializerSchemaCompatibility<EncodedKey> resolveSchemaCompatibility(
      TypeSerializerSnapshot<EncodedKey> before) {
    if (!(before instanceof EncodedKeySerializerSnapshot keys)) {
      return TypeSerializerSchemaCompatibility.incompatible();
    }
    stored().check(keys.stored());
    return TypeSerializerSchemaCompatibility.compatibleAsIs();
  }
}

package io.headrace.flink.types;

import java.io.IOException;
import java.util.Objects;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * What a snapshot of a serializer has: a type and what is stored of it. Flink makes snapshots empty
 * and has them read. One thread.
 */
final class TypeSnapshot {

  private @Nullable PortableType type;
  private @Nullable StoredType stored;

  /** One to be read. */
  TypeSnapshot() {}

  /** Of a type. */
  TypeSnapshot(PortableType type) {
    this.type = type;
    this.stored = StoredType.of(type);
  }

  void write(DataOutputView out) throws IOException {
    stored().write(out);
  }

  void read(int version, DataInputView in, ClassLoader loader) throws IOException {
    StoredType read = StoredType.read(version, in);
    stored = read;
    type = read.declared(loader);
  }

  PortableType type() {
    return Objects.requireNonNull(type, "nothing was read yet");
  }

  private StoredType stored() {
    return Objects.requireNonNull(stored, "nothing was read yet");
  }

  /** Refuses values that were stored with another schema. */
  void check(TypeSnapshot before) {
    stored().check(before.stored());
  }
}

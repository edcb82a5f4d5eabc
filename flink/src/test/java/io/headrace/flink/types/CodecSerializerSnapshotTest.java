package io.headrace.flink.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

/** What is stored of a type, when a job goes on from it. */
final class CodecSerializerSnapshotTest {

  /** A type of a job. */
  record Total(long value) {}

  private static final PortableType TOTAL = PortableType.of(Total.class);

  private final DeclaredTypes declared = DeclaredTypes.declare(List.of(TOTAL));
  private final TypeSerializerSnapshot<Total> now =
      new CodecSerializer<Total>(TOTAL).snapshotConfiguration();

  private TypeSerializerSnapshot<Total> stored(String type, String schema) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    new StoredType(type, schema).write(out);
    TypeSerializerSnapshot<Total> stored = new CodecSerializerSnapshot<>();
    stored.readSnapshot(
        now.getCurrentVersion(),
        new DataInputDeserializer(out.getCopyOfBuffer()),
        getClass().getClassLoader());
    return stored;
  }

  @Test
  void aTypeWithTheSameSchemaIsReadAsItIs() throws IOException {
    TypeSerializerSnapshot<Total> before = stored(TOTAL.text(), StoredType.of(TOTAL).schema());

    assertThat(now.resolveSchemaCompatibility(before).isCompatibleAsIs()).isTrue();
    assertThat(before.restoreSerializer()).isEqualTo(new CodecSerializer<>(TOTAL));
    assertThat(declared).isNotNull();
  }

  @Test
  void aTypeWhoseSchemaHasChangedIsRefusedWithBoth() throws IOException {
    TypeSerializerSnapshot<Total> before = stored(TOTAL.text(), "{\"type\":\"int\"}");

    assertThatThrownBy(() -> now.resolveSchemaCompatibility(before))
        .isInstanceOfSatisfying(
            HeadraceException.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.STATE_INCOMPATIBLE))
        .hasMessageContaining("{\"type\":\"int\"}")
        .hasMessageContaining(StoredType.of(TOTAL).schema());
  }

  @Test
  void aTypeThatTheJobDoesNotDeclareIsNotLoaded() {
    assertThatThrownBy(() -> stored("java.util.concurrent.ForkJoinPool", "{}"))
        .isInstanceOf(HeadraceException.class)
        .hasMessageContaining("none of the types that the job declares");
  }
}

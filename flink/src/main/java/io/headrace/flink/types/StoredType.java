package io.headrace.flink.types;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.Printable;
import io.headrace.codec.Codecs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * A type as it is named beside stored values.
 *
 * @param text in words
 * @param schema of the values, in Avro's JSON form
 */
record StoredType(String text, String schema) {

  /** Of the format in which it is written. */
  static final int VERSION = 1;

  static StoredType of(PortableType type) {
    return new StoredType(type.text(), Codecs.of(type.type()).schema().json());
  }

  void write(DataOutputView out) throws IOException {
    for (String each : new String[] {text, schema}) {
      byte[] bytes = each.getBytes(StandardCharsets.UTF_8);
      EncodedValues.write(bytes, bytes.length, out);
    }
  }

  static StoredType read(int version, DataInputView in) throws IOException {
    if (version != VERSION) {
      throw new IOException(
          "Stored state names its type in format " + version + ", and this knows " + VERSION + ".");
    }
    String text = new String(EncodedValues.read(in), StandardCharsets.UTF_8);
    return new StoredType(text, new String(EncodedValues.read(in), StandardCharsets.UTF_8));
  }

  /** The type among those that the job declares. */
  PortableType declared(ClassLoader loader) {
    Optional<PortableType> type = DeclaredTypes.find(text, loader);
    return type.orElseThrow(
        () ->
            new HeadraceException(
                ErrorCode.STATE_INCOMPATIBLE,
                "Stored state is of type "
                    + Printable.of(text)
                    + ", which is none of the types that the job declares. Start the job as it"
                    + " was when it was stored."));
  }

  /** Refuses values that were stored with another schema. */
  void check(StoredType before) {
    if (!before.schema.equals(schema)) {
      throw new HeadraceException(
          ErrorCode.STATE_INCOMPATIBLE,
          "Stored state has schema "
              + Printable.of(before.schema)
              + ", and type "
              + text
              + " now has schema "
              + schema
              + ". Start the job with the type as it was when it was stored.");
    }
  }
}

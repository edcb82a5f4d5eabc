package io.headrace.checkpoint;

import io.headrace.codec.Codec;
import io.headrace.codec.Codecs;
import io.headrace.codec.Encoder;
import java.util.Arrays;
import java.util.Map;

/** Manifests as somebody may forge them: with a digest that matches whatever the record is. */
final class ManifestBytes {

  private static final Codec<Manifest> CODEC = Codecs.of(Manifest.class);

  private ManifestBytes() {}

  /** The bytes of the record alone. */
  static byte[] payload(Manifest manifest) {
    Encoder out = new Encoder();
    CODEC.encode(manifest, out);
    return out.toBytes();
  }

  /** A file with a record, sealed. */
  static byte[] of(byte[] payload) {
    String schema = CODEC.schema().json();
    byte[] sync = Container.sync(schema, payload);
    Encoder out = new Encoder();
    append(out, Container.header(schema, Map.of("headrace.format", "1"), sync));
    append(out, Container.frame(1, payload.length));
    append(out, payload);
    append(out, sync);
    return out.toBytes();
  }

  /** The bytes of a record with one text in place of another, the first time it stands there. */
  static byte[] replaced(byte[] payload, String text, String by) {
    byte[] known = string(text);
    int at = 0;
    while (!Arrays.equals(payload, at, at + known.length, known, 0, known.length)) {
      at++;
    }
    Encoder out = new Encoder();
    out.writeFixed(payload, 0, at);
    append(out, string(by));
    out.writeFixed(payload, at + known.length, payload.length - at - known.length);
    return out.toBytes();
  }

  static byte[] string(String text) {
    Encoder out = new Encoder();
    out.writeString(text);
    return out.toBytes();
  }

  private static void append(Encoder out, byte[] bytes) {
    out.writeFixed(bytes, 0, bytes.length);
  }
}

package io.headrace.checkpoint;

import io.headrace.codec.Codec;
import io.headrace.codec.Codecs;
import io.headrace.codec.Decoder;
import io.headrace.codec.Encoder;
import io.headrace.codec.MalformedDataException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * Manifests as bytes: an Avro container file with one record. Its sync marker is a digest of schema
 * and record, so that the file follows from the record down to the last byte.
 */
final class ManifestFile {

  /** Larger manifests are refused before they are read. */
  private static final long MOST_BYTES = 256L << 20;

  private static final Codec<Manifest> CODEC = Codecs.of(Manifest.class);
  private static final String SCHEMA = CODEC.schema().json();

  private ManifestFile() {}

  static byte[] encode(Manifest manifest) {
    Encoder payload = new Encoder(4096);
    CODEC.encode(manifest, payload);
    return container(payload.toBytes());
  }

  private static byte[] container(byte[] payload) {
    byte[] sync = Container.sync(SCHEMA, payload);
    byte[] header =
        Container.header(
            SCHEMA, Map.of("headrace.format", Integer.toString(Manifest.VERSION)), sync);
    byte[] frame = Container.frame(1, payload.length);
    Encoder out = new Encoder(header.length + frame.length + payload.length + sync.length);
    out.writeFixed(header, 0, header.length);
    out.writeFixed(frame, 0, frame.length);
    out.writeFixed(payload, 0, payload.length);
    out.writeFixed(sync, 0, sync.length);
    return out.toBytes();
  }

  /**
   * Reads a manifest.
   *
   * @throws io.headrace.api.HeadraceException with {@code CHECKPOINT_DAMAGED} and the file when it
   *     is not what was written
   */
  static Manifest read(Path file) throws IOException {
    byte[] bytes = readFully(file);
    try {
      return decode(bytes);
    } catch (MalformedDataException malformed) {
      throw Damage.unreadable(file, "it is no manifest", malformed);
    }
  }

  private static Manifest decode(byte[] bytes) {
    int headerLength =
        container(new byte[0]).length - Container.frame(1, 0).length - Container.SYNC_LENGTH;
    if (bytes.length < headerLength) {
      throw new MalformedDataException(bytes.length + " bytes are too few.");
    }
    Decoder in = new Decoder(bytes, headerLength, bytes.length);
    long count = in.readLong();
    byte[] payload = in.readBytes();
    Manifest manifest = CODEC.decode(new Decoder(payload));
    if (count != 1 || !Arrays.equals(bytes, encode(manifest))) {
      throw new MalformedDataException("Its digest does not match its content.");
    }
    return manifest;
  }

  private static byte[] readFully(Path file) throws IOException {
    try (SeekableByteChannel channel = Links.open(file)) {
      long size = channel.size();
      if (size > MOST_BYTES) {
        throw Damage.in(file, "it has " + size + " bytes, which no manifest has");
      }
      ByteBuffer buffer = ByteBuffer.allocate((int) size);
      while (buffer.hasRemaining()) {
        if (channel.read(buffer) < 0) {
          throw Damage.in(file, "it ends while it is read");
        }
      }
      return buffer.array();
    }
  }
}

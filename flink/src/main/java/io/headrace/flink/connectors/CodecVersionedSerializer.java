package io.headrace.flink.connectors;

import io.headrace.codec.Codec;
import io.headrace.codec.Codecs;
import io.headrace.codec.Decoder;
import io.headrace.codec.Encoder;
import io.headrace.codec.MalformedDataException;
import java.io.IOException;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** A record of ours in the state of a source. Any thread. */
record CodecVersionedSerializer<T>(Codec<T> codec) implements SimpleVersionedSerializer<T> {

  private static final int VERSION = 1;

  static <T> CodecVersionedSerializer<T> of(Class<T> type) {
    return new CodecVersionedSerializer<>(Codecs.of(type));
  }

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(T value) {
    Encoder out = new Encoder();
    codec.encode(value, out);
    return out.toBytes();
  }

  @Override
  public T deserialize(int version, byte[] serialized) throws IOException {
    if (version != VERSION) {
      throw new IOException(
          "State of a source is stored in format " + version + ", and this knows " + VERSION + ".");
    }
    try {
      return codec.decode(new Decoder(serialized));
    } catch (MalformedDataException damaged) {
      throw new IOException("State of a source is damaged.", damaged);
    }
  }
}

package io.headrace.flink.types;

import io.headrace.api.TypeToken;
import io.headrace.codec.Codec;
import io.headrace.codec.Codecs;
import io.headrace.codec.Decoder;
import io.headrace.codec.Encoder;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** Our codec of a type, for Flink. One thread at a time; {@link #duplicate} for others. */
public final class CodecSerializer<T> extends TypeSerializer<T> {

  private final PortableType type;
  private final boolean isMutable;
  private transient @Nullable Codec<T> codec;
  private transient @Nullable Encoder encoder;

  /** The serializer of a type that has a codec. */
  public CodecSerializer(PortableType type) {
    this(type, false);
  }

  private CodecSerializer(PortableType type, boolean isMutable) {
    this.type = type;
    this.isMutable = isMutable;
  }

  /** One whose copies can be changed; what it writes is the same. */
  public static <T> CodecSerializer<T> ofMutable(PortableType type) {
    return new CodecSerializer<>(type, true);
  }

  PortableType type() {
    return type;
  }

  Codec<T> codec() {
    Codec<T> known = codec;
    if (known == null) {
      known =
          isMutable
              ? Codecs.mutable(TypeToken.<T>ofType(type.type()))
              : Codecs.of(TypeToken.<T>ofType(type.type()));
      codec = known;
    }
    return known;
  }

  private Encoder encode(T value) {
    Encoder out = encoder;
    if (out == null) {
      out = new Encoder();
      encoder = out;
    }
    out.clear();
    codec().encode(value, out);
    return out;
  }

  /**
   * Checks that a value can be encoded.
   *
   * @throws io.headrace.api.HeadraceException if it cannot
   */
  public void check(T value) {
    encode(value);
  }

  @Override
  public boolean isImmutableType() {
    return codec().isImmutable();
  }

  @Override
  public TypeSerializer<T> duplicate() {
    return new CodecSerializer<>(type, isMutable);
  }

  /** There are no values to be filled in. */
  @Override
  @SuppressWarnings("NullAway") // Flink takes null for it.
  public @Nullable T createInstance() {
    return null;
  }

  @Override
  public T copy(T from) {
    if (codec().isImmutable()) {
      return from;
    }
    Encoder out = encode(from);
    return codec().decode(new Decoder(out.buffer(), 0, out.size()));
  }

  @Override
  public T copy(T from, T reuse) {
    return copy(from);
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public void serialize(T value, DataOutputView target) throws IOException {
    Encoder out = encode(value);
    EncodedValues.write(out.buffer(), out.size(), target);
  }

  @Override
  public T deserialize(DataInputView source) throws IOException {
    return codec().decode(new Decoder(EncodedValues.read(source)));
  }

  @Override
  public T deserialize(T reuse, DataInputView source) throws IOException {
    return deserialize(source);
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    EncodedValues.copy(source, target);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CodecSerializer<?> serializer && serializer.type.equals(type);
  }

  @Override
  public int hashCode() {
    return type.hashCode();
  }

  @Override
  public String toString() {
    return type.text();
  }

  @Override
  public TypeSerializerSnapshot<T> snapshotConfiguration() {
    return new CodecSerializerSnapshot<>(type);
  }
}

package io.headrace.state;

import io.headrace.codec.Codec;
import io.headrace.codec.Decoder;
import io.headrace.codec.Encoder;
import io.headrace.codec.Schema;
import io.headrace.codec.WordLayout;
import java.lang.reflect.Type;
import java.util.Optional;

/** Sizes and the like. */
enum LongCodec implements Codec<Long>, WordLayout<Long> {
  INSTANCE;

  @Override
  public Type type() {
    return Long.class;
  }

  @Override
  public Schema schema() {
    return new Schema("\"long\"");
  }

  @Override
  public boolean isImmutable() {
    return true;
  }

  @Override
  public void encode(Long value, Encoder out) {
    out.writeLong(value);
  }

  @Override
  public Long decode(Decoder in) {
    return in.readLong();
  }

  @Override
  public Optional<WordLayout<Long>> words() {
    return Optional.of(this);
  }

  @Override
  public int width() {
    return 1;
  }

  @Override
  public void store(Long value, long[] row, int at) {
    row[at] = value;
  }

  @Override
  public Long load(long[] row, int at) {
    return row[at];
  }
}

package io.headrace.codec;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Set;

/** A record around a union, which could not stand in another union: adds nothing to the bytes. */
final class BoxedCodec implements PartCodec<Object> {

  private final PartCodec<Object> content;

  @SuppressWarnings("unchecked") // Passed through.
  BoxedCodec(PartCodec<?> content) {
    this.content = (PartCodec<Object>) content;
  }

  @Override
  public Type type() {
    return content.type();
  }

  @Override
  public void schema(SchemaWriter out) {
    out.struct(SchemaNames.ofBox(content.type()), List.of("value"), List.of(content));
  }

  @Override
  public boolean isImmutable(Set<Object> seen) {
    return content.isImmutable(seen);
  }

  @Override
  public void encode(Object value, Encoder out) {
    content.encode(value, out);
  }

  @Override
  public Object decode(Decoder in) {
    return content.decode(in);
  }
}

package io.headrace.codec;

import java.lang.reflect.Type;
import java.util.Optional;
import java.util.Set;

/** A value that may be absent: a union of null and its type. */
final class OptionalCodec implements PartCodec<Object> {

  private final Type type;
  private final PartCodec<Object> content;

  @SuppressWarnings("unchecked") // The builder passes the codec of the content's type.
  OptionalCodec(Type type, PartCodec<?> content) {
    this.type = type;
    this.content = (PartCodec<Object>) content;
  }

  @Override
  public Type type() {
    return type;
  }

  @Override
  public void schema(SchemaWriter out) {
    out.raw("[\"null\",").type(content).raw("]");
  }

  @Override
  public boolean isImmutable(Set<Object> seen) {
    return content.isImmutable(seen);
  }

  @Override
  public void encode(Object value, Encoder out) {
    Optional<?> optional = UnencodableException.instance(Optional.class, value);
    out.writeLong(optional.isPresent() ? 1 : 0);
    if (optional.isPresent()) {
      try {
        content.encode(optional.get(), out);
      } catch (UnencodableException unencodable) {
        throw unencodable.within(type.getTypeName(), ".value");
      }
    }
  }

  @Override
  public Object decode(Decoder in) {
    long branch = in.readLong();
    if (branch == 0) {
      return Optional.empty();
    }
    if (branch != 1) {
      throw new MalformedDataException("An optional value has branch 0 or 1, not " + branch + ".");
    }
    return Optional.of(content.decode(in));
  }
}

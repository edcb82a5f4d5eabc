package io.headrace.codec;

import java.lang.reflect.Type;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/** A set as an Avro array, in its own order. What is decoded cannot be changed. */
final class SetCodec implements PartCodec<Set<Object>> {

  private final Type type;
  private final PartCodec<Object> element;

  @SuppressWarnings("unchecked") // The builder passes the codec of the elements' type.
  SetCodec(Type type, PartCodec<?> element) {
    this.type = type;
    this.element = (PartCodec<Object>) element;
  }

  @Override
  public Type type() {
    return type;
  }

  @Override
  public void schema(SchemaWriter out) {
    out.raw("{\"type\":\"array\",\"items\":").type(element).raw("}");
  }

  @Override
  public boolean isImmutable(Set<Object> seen) {
    return false;
  }

  @Override
  public void encode(Set<Object> value, Encoder out) {
    Blocks.begin(value.size(), out);
    for (Object each : value) {
      element.encode(Blocks.present(each, "An element of a " + type.getTypeName()), out);
    }
    Blocks.end(out);
  }

  @Override
  public Set<Object> decode(Decoder in) {
    Set<Object> set = new LinkedHashSet<>();
    Blocks.read(
        in,
        () -> {
          if (!set.add(element.decode(in))) {
            throw new MalformedDataException("A set holds an element twice.");
          }
        });
    return Collections.unmodifiableSet(set);
  }
}

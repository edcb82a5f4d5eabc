package io.headrace.codec;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** A list as an Avro array. What is decoded cannot be changed. */
final class ListCodec implements PartCodec<List<Object>> {

  private final Type type;
  private final PartCodec<Object> element;

  @SuppressWarnings("unchecked") // The builder passes the codec of the elements' type.
  ListCodec(Type type, PartCodec<?> element) {
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
  public void encode(List<Object> value, Encoder out) {
    Blocks.begin(value.size(), out);
    for (Object each : value) {
      element.encode(Blocks.present(each, "An element of a " + type.getTypeName()), out);
    }
    Blocks.end(out);
  }

  @Override
  public List<Object> decode(Decoder in) {
    List<Object> list = new ArrayList<>();
    Blocks.read(in, () -> list.add(element.decode(in)));
    return Collections.unmodifiableList(list);
  }
}

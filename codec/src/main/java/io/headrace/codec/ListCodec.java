package io.headrace.codec;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** A list as an Avro array. What is decoded cannot be changed, but in a mutable form. */
final class ListCodec implements PartCodec<Object> {

  private final Type type;
  private final PartCodec<Object> element;
  private final Form form;

  @SuppressWarnings("unchecked") // The builder passes the codec of the elements' type.
  ListCodec(Type type, PartCodec<?> element, Form form) {
    this.type = type;
    this.element = (PartCodec<Object>) element;
    this.form = form;
  }

  @Override
  public Type type() {
    return type;
  }

  @Override
  public void schema(SchemaWriter out) {
    out.array(element);
  }

  @Override
  public boolean isImmutable(Set<Object> seen) {
    return false;
  }

  @Override
  public void encode(Object value, Encoder out) {
    List<?> list = UnencodableException.instance(List.class, value);
    try {
      encodeElements(list, out);
    } catch (RuntimeException thrown) {
      throw UnencodableException.of(thrown);
    }
  }

  private void encodeElements(List<?> list, Encoder out) {
    int size = list.size();
    Blocks.begin(size, out);
    int index = 0;
    for (Object each : list) {
      Blocks.checkNext(size - index);
      try {
        element.encode(each, out);
      } catch (UnencodableException unencodable) {
        throw unencodable.within(type.getTypeName(), "[" + index + "]");
      }
      index++;
    }
    Blocks.checkEnd(size - index);
    Blocks.end(out);
  }

  @Override
  public Object decode(Decoder in) {
    List<Object> list = new ArrayList<>();
    Blocks.read(in, () -> list.add(element.decode(in)));
    return form == Form.MUTABLE ? list : Collections.unmodifiableList(list);
  }
}

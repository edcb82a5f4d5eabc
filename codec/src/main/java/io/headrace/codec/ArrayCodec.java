package io.headrace.codec;

import java.lang.reflect.Array;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A Java array as an Avro array. */
final class ArrayCodec implements PartCodec<Object> {

  private final Type type;
  private final Class<?> component;
  private final PartCodec<Object> element;

  @SuppressWarnings("unchecked") // The builder passes the codec of the elements' type.
  ArrayCodec(Type type, Type component, PartCodec<?> element) {
    this.type = type;
    this.component = Types.raw(component);
    this.element = (PartCodec<Object>) element;
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
  public void encode(@Nullable Object array, Encoder out) {
    // A generic array may well be an Object[].
    if (array == null || !array.getClass().isArray()) {
      throw UnencodableException.notOf(Types.raw(type), array);
    }
    int length = Array.getLength(array);
    Blocks.begin(length, out);
    for (int i = 0; i < length; i++) {
      try {
        element.encode(Array.get(array, i), out);
      } catch (UnencodableException unencodable) {
        throw unencodable.within(type.getTypeName(), "[" + i + "]");
      }
    }
    Blocks.end(out);
  }

  @Override
  public Object decode(Decoder in) {
    List<Object> elements = new ArrayList<>();
    Blocks.read(in, () -> elements.add(element.decode(in)));
    Object array = Array.newInstance(component, elements.size());
    for (int i = 0; i < elements.size(); i++) {
      Array.set(array, i, elements.get(i));
    }
    return array;
  }
}

package io.headrace.codec;

import java.lang.reflect.Type;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A set as an Avro array: in its own order, or sorted by bytes in keys. What is decoded cannot be
 * changed.
 */
final class SetCodec implements PartCodec<Set<Object>> {

  private final Type type;
  private final PartCodec<Object> element;
  private final boolean isSorted;

  @SuppressWarnings("unchecked") // The builder passes the codec of the elements' type.
  SetCodec(Type type, PartCodec<?> element, Form form) {
    this.type = type;
    this.element = (PartCodec<Object>) element;
    this.isSorted = form.isSorted();
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
  public void encode(Set<Object> value, Encoder out) {
    Blocks.begin(UnencodableException.present(value).size(), out);
    try {
      if (isSorted) {
        encodeSorted(value, out);
      } else {
        for (Object each : value) {
          element.encode(each, out);
        }
      }
    } catch (UnencodableException unencodable) {
      throw unencodable.within(type.getTypeName(), "[]");
    }
    Blocks.end(out);
  }

  private void encodeSorted(Set<Object> value, Encoder out) {
    Blocks.Sorted sorted = new Blocks.Sorted(out);
    for (Object each : value) {
      Encoder next = sorted.next();
      element.encode(each, next);
      sorted.add(next);
    }
    sorted.write();
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

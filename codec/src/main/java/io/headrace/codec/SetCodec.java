package io.headrace.codec;

import java.lang.reflect.Type;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A set as an Avro array: in its own order, or sorted by bytes in keys. What is decoded cannot be
 * changed, but in a mutable form.
 */
final class SetCodec implements PartCodec<Object> {

  private final Type type;
  private final PartCodec<Object> element;
  private final Form form;
  private final Distinct distinct;

  @SuppressWarnings("unchecked") // The builder passes the codec of the elements' type.
  SetCodec(Type type, PartCodec<?> element, Form form) {
    this.type = type;
    this.element = (PartCodec<Object>) element;
    this.form = form;
    this.distinct = new Distinct(element);
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
    Set<?> set = UnencodableException.instance(Set.class, value);
    int start = out.size();
    try {
      int size = set.size();
      if (form.isSorted()) {
        encodeSorted(set, size, out);
      } else {
        encodeInOrder(set, size, out);
      }
      if (form.isRead() && !distinct.isCertain(set, size)) {
        Distinct.check(this, out, start);
      }
    } catch (RuntimeException thrown) {
      throw UnencodableException.of(thrown);
    }
  }

  private void encodeInOrder(Set<?> set, int size, Encoder out) {
    Blocks.begin(size, out);
    int left = size;
    for (Object each : set) {
      Blocks.checkNext(left);
      left--;
      encodeElement(each, out);
    }
    Blocks.checkEnd(left);
    Blocks.end(out);
  }

  private void encodeSorted(Set<?> set, int size, Encoder out) {
    Blocks.Sorted sorted = new Blocks.Sorted(size, out);
    for (Object each : set) {
      Encoder next = sorted.next();
      encodeElement(each, next);
      sorted.add(next);
    }
    sorted.write();
  }

  private void encodeElement(Object each, Encoder out) {
    try {
      element.encode(each, out);
    } catch (UnencodableException unencodable) {
      throw unencodable.within(type.getTypeName(), "[]");
    }
  }

  @Override
  public Object decode(Decoder in) {
    Set<Object> set = new LinkedHashSet<>();
    Blocks.read(in, () -> add(set, element.decode(in)));
    return form == Form.MUTABLE ? set : new Frozen.OfSet(set);
  }

  private void add(Set<Object> set, Object each) {
    boolean isNew;
    try {
      isNew = set.add(each);
    } catch (RuntimeException | Error thrown) {
      throw MalformedDataException.thrownBy(
          "The equality of " + each.getClass().getTypeName(), thrown);
    }
    if (!isNew) {
      throw new MalformedDataException("A set holds an element twice.");
    }
  }
}

package io.headrace.codec;

import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * A map, in its own order or sorted by bytes in keys: an Avro map if its keys are strings, else an
 * array of entries, which has the same bytes. What is decoded cannot be changed.
 */
final class MapCodec implements PartCodec<Object> {

  private final Type type;
  private final PartCodec<Object> key;
  private final PartCodec<Object> value;
  private final Form form;
  private final Distinct distinct;

  @SuppressWarnings("unchecked") // The builder passes the codecs of the keys' and values' types.
  MapCodec(Type type, List<PartCodec<?>> keyAndValue, Form form) {
    this.type = type;
    this.key = (PartCodec<Object>) keyAndValue.get(0);
    this.value = (PartCodec<Object>) keyAndValue.get(1);
    this.form = form;
    this.distinct = new Distinct(key);
  }

  @Override
  public Type type() {
    return type;
  }

  @Override
  public void schema(SchemaWriter out) {
    if (key.type() == String.class) {
      out.raw("{\"type\":\"map\",\"values\":").type(value).raw("}");
    } else {
      out.raw("{\"type\":\"array\",\"items\":");
      String name = SchemaNames.ofEntry(key.type(), value.type());
      out.struct(name, List.of("key", "value"), List.of(key, value));
      out.raw("}");
    }
  }

  @Override
  public boolean isImmutable(Set<Object> seen) {
    return false;
  }

  @Override
  public void encode(Object value, Encoder out) {
    Map<?, ?> map = UnencodableException.instance(Map.class, value);
    int start = out.size();
    try {
      int size = map.size();
      if (form.isSorted()) {
        encodeSorted(map, size, out);
      } else {
        encodeInOrder(map, size, out);
      }
      if (form.isRead() && !distinct.isCertain(map, size)) {
        Distinct.check(this, out, start);
      }
    } catch (RuntimeException thrown) {
      throw UnencodableException.of(thrown);
    }
  }

  private void encodeInOrder(Map<?, ?> map, int size, Encoder out) {
    Entries entries = new Entries(size, out);
    Blocks.begin(size, out);
    map.forEach(entries);
    Blocks.checkEnd(entries.left);
    Blocks.end(out);
  }

  private void encodeSorted(Map<?, ?> map, int size, Encoder out) {
    Blocks.Sorted sorted = new Blocks.Sorted(size, out);
    map.forEach(
        (eachKey, eachValue) -> {
          Encoder next = sorted.next();
          encodeEntry(eachKey, eachValue, next);
          sorted.add(next);
        });
    sorted.write();
  }

  private void encodeEntry(Object eachKey, Object eachValue, Encoder out) {
    String part = "{key}";
    try {
      key.encode(eachKey, out);
      part = "{value}";
      value.encode(eachValue, out);
    } catch (UnencodableException unencodable) {
      throw unencodable.within(type.getTypeName(), part);
    }
  }

  /** Writes the entries of a map as they come. */
  private final class Entries implements BiConsumer<Object, Object> {

    private final Encoder out;
    private int left;

    Entries(int size, Encoder out) {
      this.left = size;
      this.out = out;
    }

    @Override
    public void accept(Object eachKey, Object eachValue) {
      Blocks.checkNext(left);
      left--;
      encodeEntry(eachKey, eachValue, out);
    }
  }

  @Override
  public Object decode(Decoder in) {
    Map<Object, Object> map = new LinkedHashMap<>();
    Blocks.read(in, () -> put(map, key.decode(in), value.decode(in)));
    return form == Form.MUTABLE ? map : new Frozen.OfMap(map);
  }

  private void put(Map<Object, Object> map, Object eachKey, Object eachValue) {
    boolean isNew;
    try {
      isNew = map.put(eachKey, eachValue) == null;
    } catch (RuntimeException | Error thrown) {
      throw MalformedDataException.thrownBy(
          "The equality of " + eachKey.getClass().getTypeName(), thrown);
    }
    if (!isNew) {
      throw new MalformedDataException("A map holds a key twice.");
    }
  }
}

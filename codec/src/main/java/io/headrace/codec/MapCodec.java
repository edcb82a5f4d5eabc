package io.headrace.codec;

import java.lang.reflect.Type;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A map, in its own order or sorted by bytes in keys: an Avro map if its keys are strings, else an
 * array of entries, which has the same bytes. What is decoded cannot be changed.
 */
final class MapCodec implements PartCodec<Map<Object, Object>> {

  private final Type type;
  private final PartCodec<Object> key;
  private final PartCodec<Object> value;
  private final boolean isSorted;

  @SuppressWarnings("unchecked") // The builder passes the codecs of the keys' and values' types.
  MapCodec(Type type, List<PartCodec<?>> keyAndValue, Form form) {
    this.type = type;
    this.key = (PartCodec<Object>) keyAndValue.get(0);
    this.value = (PartCodec<Object>) keyAndValue.get(1);
    this.isSorted = form.isSorted();
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
  public void encode(Map<Object, Object> map, Encoder out) {
    Blocks.begin(UnencodableException.present(map).size(), out);
    if (isSorted) {
      Blocks.Sorted sorted = new Blocks.Sorted(out);
      map.forEach(
          (eachKey, eachValue) -> {
            Encoder next = sorted.next();
            encodeEntry(eachKey, eachValue, next);
            sorted.add(next);
          });
      sorted.write();
    } else {
      map.forEach((eachKey, eachValue) -> encodeEntry(eachKey, eachValue, out));
    }
    Blocks.end(out);
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

  @Override
  public Map<Object, Object> decode(Decoder in) {
    Map<Object, Object> map = new LinkedHashMap<>();
    Blocks.read(
        in,
        () -> {
          Object eachKey = key.decode(in);
          if (map.put(eachKey, value.decode(in)) != null) {
            throw new MalformedDataException("A map holds a key twice.");
          }
        });
    return Collections.unmodifiableMap(map);
  }
}

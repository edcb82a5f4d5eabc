package io.headrace.codec;

import java.lang.reflect.Type;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A map, in its own order: an Avro map if its keys are strings, else an array of entries, which has
 * the same bytes. What is decoded cannot be changed.
 */
final class MapCodec implements PartCodec<Map<Object, Object>> {

  private final Type type;
  private final PartCodec<Object> key;
  private final PartCodec<Object> value;
  private final String entryName;

  @SuppressWarnings("unchecked") // The builder passes the codecs of the keys' and values' types.
  MapCodec(Type type, PartCodec<?> key, PartCodec<?> value, String entryName) {
    this.type = type;
    this.key = (PartCodec<Object>) key;
    this.value = (PartCodec<Object>) value;
    this.entryName = entryName;
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
      out.struct(entryName, List.of("key", "value"), List.of(key, value));
      out.raw("}");
    }
  }

  @Override
  public boolean isImmutable(Set<Object> seen) {
    return false;
  }

  @Override
  public void encode(Map<Object, Object> map, Encoder out) {
    Blocks.begin(map.size(), out);
    map.forEach(
        (eachKey, eachValue) -> {
          key.encode(Blocks.present(eachKey, "A key of a " + type.getTypeName()), out);
          value.encode(Blocks.present(eachValue, "A value of a " + type.getTypeName()), out);
        });
    Blocks.end(out);
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

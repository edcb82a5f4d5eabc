package io.headrace.codec;

import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

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
    Entries entries = new Entries(out);
    try {
      entries.write(map);
    } catch (RuntimeException thrown) {
      throw UnencodableException.of(thrown).within(type.getTypeName(), entries.part);
    }
    if (!distinct.isCertain(map, map.size()) && form.isRead()) {
      Distinct.check(this, out, start);
    }
  }

  /** Writes the entries of one map. */
  private final class Entries implements BiConsumer<Object, Object> {

    private final Encoder out;
    private Blocks.@Nullable Sorted sorted;
    private int size;
    private int written;
    private String part = "{}";

    Entries(Encoder out) {
      this.out = out;
    }

    void write(Map<?, ?> map) {
      size = map.size();
      Blocks.begin(size, out);
      if (form.isSorted()) {
        sorted = new Blocks.Sorted(size, out);
      }
      map.forEach(this);
      Blocks.checkCount(written, size);
      if (sorted != null) {
        sorted.write();
      }
      Blocks.end(out);
    }

    @Override
    public void accept(Object eachKey, Object eachValue) {
      Blocks.checkRoom(written, size);
      Encoder next = sorted == null ? out : sorted.next();
      part = "{key}";
      key.encode(eachKey, next);
      part = "{value}";
      value.encode(eachValue, next);
      part = "{}";
      if (sorted != null) {
        sorted.add(next);
      }
      written++;
    }
  }

  @Override
  public Object decode(Decoder in) {
    Map<Object, Object> map = new LinkedHashMap<>();
    Blocks.read(in, () -> put(map, key.decode(in), value.decode(in)));
    return new Frozen.OfMap(map);
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

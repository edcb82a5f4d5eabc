package io.headrace.codec;

import java.lang.reflect.Type;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The codec of a type without parts. */
final class ScalarCodec<T> implements PartCodec<T> {

  private final Class<T> type;
  private final String name;
  private final String schema;
  private final BiConsumer<T, Encoder> write;
  private final Function<Decoder, T> read;
  private final @Nullable WordLayout<T> words;

  /**
   * @param named the schema
   * @param words the layout in words; null if there is none
   */
  ScalarCodec(
      Class<T> type,
      Named named,
      BiConsumer<T, Encoder> write,
      Function<Decoder, T> read,
      @Nullable WordLayout<T> words) {
    this.type = type;
    this.name = named.name();
    this.schema = named.json();
    this.write = write;
    this.read = read;
    this.words = words;
  }

  /** A schema and the name that it defines, or no name. */
  record Named(String name, String json) {

    static Named primitive(String type) {
      return new Named("", '"' + type + '"');
    }

    /** A record whose fields are given as name, type, name, type ... */
    static Named struct(String name, String... fields) {
      StringBuilder json =
          new StringBuilder("{\"type\":\"record\",\"name\":\"" + name + "\",\"fields\":[");
      for (int i = 0; i < fields.length; i += 2) {
        json.append(i == 0 ? "" : ",");
        json.append("{\"name\":\"").append(fields[i]).append("\",\"type\":\"");
        json.append(fields[i + 1]).append("\"}");
      }
      return new Named(name, json.append("]}").toString());
    }
  }

  @Override
  public Type type() {
    return type;
  }

  @Override
  public void schema(SchemaWriter out) {
    if (name.isEmpty()) {
      out.raw(schema);
    } else {
      out.named(name, () -> out.raw(schema));
    }
  }

  @Override
  public boolean isImmutable(Set<Object> seen) {
    return type != byte[].class;
  }

  @Override
  public void encode(T value, Encoder out) {
    if (value == null) {
      throw UnencodableException.notOf(type, value);
    }
    try {
      write.accept(value, out);
    } catch (ClassCastException wrong) {
      // Found by the cast to T: to look at the class of each value as well would cost time.
      throw UnencodableException.notOf(type, value);
    }
  }

  @Override
  public T decode(Decoder in) {
    return read.apply(in);
  }

  @Override
  public Optional<WordLayout<T>> words() {
    return Optional.ofNullable(words);
  }
}

package io.headrace.codec;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Enum constants by their symbol: the index in the schema's list. */
final class EnumCodec implements PartCodec<Object> {

  private final Class<?> type;
  private final String name;
  private final Enum<?>[] constants;
  private final List<String> symbols = new ArrayList<>();
  private final long[] marks;

  EnumCodec(Class<?> type, Form form) {
    this.type = type;
    this.name = SchemaNames.of(type);
    this.constants = (Enum<?>[]) type.getEnumConstants();
    for (Enum<?> constant : constants) {
      symbols.add(SchemaNames.ofMember(constant.name()));
    }
    this.marks = form.marks(symbols);
  }

  @Override
  public Type type() {
    return type;
  }

  @Override
  public void schema(SchemaWriter out) {
    out.named(
        name,
        () ->
            out.raw("{\"type\":\"enum\",\"name\":\"")
                .raw(name)
                .raw("\",\"symbols\":[\"")
                .raw(String.join("\",\"", symbols))
                .raw("\"]}"));
  }

  @Override
  public boolean isImmutable(Set<Object> seen) {
    return true;
  }

  @Override
  public void encode(Object value, Encoder out) {
    out.writeLong(mark(value));
  }

  /** What is written for a constant. */
  long mark(Object constant) {
    return marks[ordinal(UnencodableException.instance(type, constant))];
  }

  @SuppressWarnings("EnumOrdinal") // The index among the constants of this very class.
  private static int ordinal(Object constant) {
    return ((Enum<?>) constant).ordinal();
  }

  @Override
  public Object decode(Decoder in) {
    int index = in.readInt();
    if (index < 0 || index >= constants.length) {
      throw new MalformedDataException(
          "Enum "
              + name
              + " has "
              + constants.length
              + " symbols, but the index is "
              + index
              + ".");
    }
    return constants[index];
  }

  @Override
  public Optional<WordLayout<Object>> words() {
    return Optional.of(new OneWord<>(type, EnumCodec::ordinal, word -> constants[(int) word]));
  }
}

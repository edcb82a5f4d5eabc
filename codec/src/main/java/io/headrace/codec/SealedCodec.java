package io.headrace.codec;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Set;

/** A sealed interface: a union of the records and enums that it permits. */
final class SealedCodec implements PartCodec<Object> {

  private final Type type;
  private final List<Class<?>> classes;
  private final List<PartCodec<Object>> codecs;
  private final long[] marks;

  /**
   * @param codecs those of what the interface permits
   */
  SealedCodec(Type type, List<PartCodec<Object>> codecs, Form form) {
    this.type = type;
    this.codecs = List.copyOf(codecs);
    this.classes = codecs.stream().<Class<?>>map(codec -> Types.raw(codec.type())).toList();
    this.marks = form.marks(codecs.stream().map(codec -> SchemaNames.of(codec.type())).toList());
  }

  @Override
  public Type type() {
    return type;
  }

  @Override
  public void schema(SchemaWriter out) {
    out.raw("[");
    for (int i = 0; i < codecs.size(); i++) {
      out.raw(i == 0 ? "" : ",").type(codecs.get(i));
    }
    out.raw("]");
  }

  @Override
  public boolean isImmutable(Set<Object> seen) {
    return codecs.stream().allMatch(codec -> codec.isImmutable(seen));
  }

  @Override
  public void encode(Object value, Encoder out) {
    for (int i = 0; i < classes.size(); i++) {
      if (classes.get(i).isInstance(value)) {
        out.writeLong(marks[i]);
        codecs.get(i).encode(value, out);
        return;
      }
    }
    throw UnencodableException.notOf(Types.raw(type), value);
  }

  @Override
  public Object decode(Decoder in) {
    long branch = in.readLong();
    if (branch < 0 || branch >= codecs.size()) {
      throw new MalformedDataException(
          type.getTypeName()
              + " has "
              + codecs.size()
              + " branches, but the index before byte "
              + in.position()
              + " is "
              + branch
              + ".");
    }
    return codecs.get((int) branch).decode(in);
  }
}

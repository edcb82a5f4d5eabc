package io.headrace.codec;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A sealed interface: a union of the records and enums that it permits. */
final class SealedCodec implements PartCodec<Object> {

  private final Type type;
  private final List<Class<?>> classes = new ArrayList<>();
  private final List<PartCodec<Object>> codecs = new ArrayList<>();

  SealedCodec(
      Type type,
      CodecBuilder builder,
      Class<?> raw,
      Map<TypeVariable<?>, Type> variables,
      String path) {
    this.type = type;
    permit(builder, raw, variables, path);
  }

  @SuppressWarnings("unchecked") // Each codec is used for values of its class.
  private void permit(
      CodecBuilder builder, Class<?> raw, Map<TypeVariable<?>, Type> variables, String path) {
    for (Class<?> permitted : raw.getPermittedSubclasses()) {
      if (permitted.isSealed() && permitted.isInterface()) {
        permit(builder, permitted, variables, path);
      } else if (permitted.getTypeParameters().length > 0) {
        builder.refuse(
            path,
            permitted,
            "generic, as part of a sealed interface: give it no type parameters of its own");
      } else if (!classes.contains(permitted)) {
        classes.add(permitted);
        codecs.add(
            (PartCodec<Object>) builder.part(permitted, path + "." + permitted.getSimpleName()));
      }
    }
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
        out.writeLong(i);
        codecs.get(i).encode(value, out);
        return;
      }
    }
    throw new HeadraceException(
        ErrorCode.VALUE_NOT_ENCODABLE,
        "A " + value.getClass().getName() + " is not a " + type.getTypeName() + ".");
  }

  @Override
  public Object decode(Decoder in) {
    long branch = in.readLong();
    if (branch < 0 || branch >= codecs.size()) {
      throw new MalformedDataException(
          "%s has %d branches, but the index is %d."
              .formatted(type.getTypeName(), codecs.size(), branch));
    }
    return codecs.get((int) branch).decode(in);
  }
}

package io.headrace.codec;

import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A record, component by component. Complete once its components are known: it may hold itself. */
final class RecordCodec implements PartCodec<Object> {

  private final Type type;
  private final String name;
  private final RecordMembers members;
  private final List<String> fields = new ArrayList<>();
  private PartCodec<Object>[] codecs;

  @SuppressWarnings({"unchecked", "rawtypes"}) // Arrays have no type arguments.
  RecordCodec(Type type, String name, RecordMembers members) {
    this.type = type;
    this.name = name;
    this.members = members;
    this.codecs = new PartCodec[0];
  }

  /** Finds the codecs of the components, once this can be found as part of itself. */
  @SuppressWarnings({"unchecked", "rawtypes"}) // Arrays have no type arguments.
  void complete(CodecBuilder builder, String path) {
    RecordComponent[] components = Types.raw(type).getRecordComponents();
    Map<TypeVariable<?>, Type> variables = Types.variables(type);
    codecs = new PartCodec[components.length];
    for (int i = 0; i < components.length; i++) {
      fields.add(SchemaNames.simple(components[i].getName()));
      Type component = Types.resolve(components[i].getGenericType(), variables);
      codecs[i] =
          (PartCodec<Object>)
              builder.part(component, path.concat(".").concat(components[i].getName()));
    }
  }

  @Override
  public Type type() {
    return type;
  }

  @Override
  public void schema(SchemaWriter out) {
    out.struct(name, fields, List.of(codecs));
  }

  @Override
  public boolean isImmutable(Set<Object> seen) {
    if (!seen.add(this)) {
      return true;
    }
    for (PartCodec<Object> codec : codecs) {
      if (!codec.isImmutable(seen)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean isEmpty(Set<Object> seen) {
    if (!seen.add(this)) {
      return false;
    }
    for (PartCodec<Object> codec : codecs) {
      if (!codec.isEmpty(seen)) {
        return false;
      }
    }
    seen.remove(this);
    return true;
  }

  @Override
  public void encode(Object value, Encoder out) {
    UnencodableException.present(value);
    out.descend();
    for (int i = 0; i < codecs.length; i++) {
      try {
        codecs[i].encode(members.read(value, i), out);
      } catch (UnencodableException unencodable) {
        throw unencodable.within(type.getTypeName(), "." + members.name(i));
      }
    }
    out.ascend();
  }

  @Override
  public Object decode(Decoder in) {
    in.descend();
    Object[] components = new Object[codecs.length];
    for (int i = 0; i < components.length; i++) {
      components[i] = codecs[i].decode(in);
    }
    in.ascend();
    return members.make(components);
  }

  @Override
  public Optional<WordLayout<Object>> words() {
    return isRecursive(List.of()) ? Optional.empty() : RecordWords.of(this);
  }

  private boolean isRecursive(List<RecordCodec> above) {
    if (above.contains(this)) {
      return true;
    }
    List<RecordCodec> path = new ArrayList<>(above);
    path.add(this);
    for (PartCodec<Object> codec : codecs) {
      if (codec instanceof RecordCodec inner && inner.isRecursive(path)) {
        return true;
      }
    }
    return false;
  }

  /** A record in words: those of its components, one after the other. */
  private record RecordWords(
      RecordCodec codec, List<WordLayout<Object>> layouts, int[] offsets, int width)
      implements WordLayout<Object> {

    private static final int MOST_WORDS = 8;

    @SuppressWarnings("unchecked") // The layout of a component lays out components.
    static Optional<WordLayout<Object>> of(RecordCodec codec) {
      List<WordLayout<Object>> layouts = new ArrayList<>();
      int[] offsets = new int[codec.codecs.length];
      int width = 0;
      for (int i = 0; i < offsets.length; i++) {
        Optional<WordLayout<Object>> layout = codec.codecs[i].words();
        if (layout.isEmpty()) {
          return Optional.empty();
        }
        offsets[i] = width;
        width += layout.get().width();
        layouts.add(layout.get());
      }
      return width == 0 || width > MOST_WORDS
          ? Optional.empty()
          : Optional.of(new RecordWords(codec, List.copyOf(layouts), offsets, width));
    }

    @Override
    public void store(Object value, long[] row, int at) {
      for (int i = 0; i < offsets.length; i++) {
        Object component = UnencodableException.present(codec.members.read(value, i));
        layouts.get(i).store(component, row, at + offsets[i]);
      }
    }

    @Override
    public Object load(long[] row, int at) {
      Object[] components = new Object[offsets.length];
      for (int i = 0; i < components.length; i++) {
        components[i] = layouts.get(i).load(row, at + offsets[i]);
      }
      return codec.members.make(components);
    }
  }
}

package io.headrace.codec;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
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

  private static final MethodType READ = MethodType.methodType(Object.class, Object.class);
  private static final MethodType MAKE = MethodType.methodType(Object.class, Object[].class);

  private final Type type;
  private final String name;
  private final List<String> fields = new ArrayList<>();
  private PartCodec<Object>[] codecs;
  private MethodHandle[] accessors = {};
  private MethodHandle constructor = MethodHandles.identity(Object[].class);

  @SuppressWarnings({"unchecked", "rawtypes"}) // Arrays have no type arguments.
  RecordCodec(Type type, String name) {
    this.type = type;
    this.name = name;
    this.codecs = new PartCodec[0];
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // Arrays have no type arguments.
  void complete(CodecBuilder builder, String path) {
    Class<?> raw = Types.raw(type);
    Map<TypeVariable<?>, Type> variables = Types.variables(type);
    RecordComponent[] components = raw.getRecordComponents();
    codecs = new PartCodec[components.length];
    accessors = new MethodHandle[components.length];
    Class<?>[] parameters = new Class<?>[components.length];
    try {
      // The record's own members, which may be private: those of the user, never of the JDK.
      MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(raw, MethodHandles.lookup());
      for (int i = 0; i < components.length; i++) {
        RecordComponent component = components[i];
        parameters[i] = component.getType();
        fields.add(SchemaNames.simple(component.getName()));
        accessors[i] = lookup.unreflect(component.getAccessor()).asType(READ);
      }
      constructor =
          lookup
              .findConstructor(raw, MethodType.methodType(void.class, parameters))
              .asSpreader(Object[].class, components.length)
              .asType(MAKE);
    } catch (IllegalAccessException | NoSuchMethodException closed) {
      builder.refuse(
          path,
          type,
          "in a module that does not open its package: add \"opens "
              + raw.getPackageName()
              + " to io.headrace.codec\" to its module-info");
      return;
    }
    for (int i = 0; i < components.length; i++) {
      Type component = Types.resolve(components[i].getGenericType(), variables);
      codecs[i] = (PartCodec<Object>) builder.part(component, path + "." + components[i].getName());
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
        codecs[i].encode(component(value, i), out);
      } catch (UnencodableException unencodable) {
        throw unencodable.within(type.getTypeName(), "." + fields.get(i));
      }
    }
    out.ascend();
  }

  private Object component(Object value, int index) {
    try {
      return (Object) accessors[index].invokeExact(value);
    } catch (VirtualMachineError error) {
      throw error;
    } catch (Throwable thrown) { // An accessor of the user's may throw whatever it likes.
      UnencodableException unencodable =
          new UnencodableException("has an accessor that threw " + thrown + ". Make it not throw.");
      unencodable.initCause(thrown);
      throw unencodable;
    }
  }

  @Override
  public Object decode(Decoder in) {
    in.descend();
    Object[] components = new Object[codecs.length];
    for (int i = 0; i < components.length; i++) {
      components[i] = codecs[i].decode(in);
    }
    in.ascend();
    return make(components);
  }

  private Object make(Object[] components) {
    try {
      return (Object) constructor.invokeExact(components);
    } catch (VirtualMachineError error) {
      throw error;
    } catch (Throwable thrown) { // A constructor of the user's may throw whatever it likes.
      throw new MalformedDataException(
          "The constructor of " + type.getTypeName() + " refuses what was read: " + thrown);
    }
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
        Object component = UnencodableException.present(codec.component(value, i));
        layouts.get(i).store(component, row, at + offsets[i]);
      }
    }

    @Override
    public Object load(long[] row, int at) {
      Object[] components = new Object[offsets.length];
      for (int i = 0; i < components.length; i++) {
        components[i] = layouts.get(i).load(row, at + offsets[i]);
      }
      return codec.make(components);
    }
  }
}

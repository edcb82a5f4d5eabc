package io.headrace.codec;

import io.headrace.api.TypeToken;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Builds the codec of one type, with those of its parts. Problems are collected; a part that has
 * one gets no codec, and the whole must then not be used. One thread.
 */
final class CodecBuilder {

  private static final int MOST_DEEP = 64;

  private final List<String> problems = new ArrayList<>();
  private final Map<Type, RecordCodec> structs = new HashMap<>();
  private final SchemaNames names = new SchemaNames();
  private int depth;

  List<String> problems() {
    return problems;
  }

  @SuppressWarnings("unchecked") // The codec of a type encodes values of that type.
  <T> Codec<T> build(Type type) {
    return (Codec<T>) part(type, type.getTypeName());
  }

  /**
   * The codec of a part.
   *
   * @param path where the part stands, for problems
   */
  PartCodec<?> part(Type type, String path) {
    if (++depth > MOST_DEEP) {
      depth--;
      return refuse(path, type, "nested too deeply: a generic type may not grow without end");
    }
    PartCodec<?> part = kindOf(type, path);
    depth--;
    return part;
  }

  private PartCodec<?> kindOf(Type type, String path) {
    if (type instanceof Class<?> plain) {
      return ofClass(plain, path);
    }
    if (type instanceof ParameterizedType generic) {
      return ofGeneric(generic, path);
    }
    if (type instanceof GenericArrayType array) {
      return ofArray(array, array.getGenericComponentType(), path);
    }
    return refuse(
        path,
        type,
        type instanceof TypeVariable<?>
            ? "a type parameter that nothing says the type of: spell the type arguments out"
            : "a wildcard: name the type itself");
  }

  private PartCodec<?> ofClass(Class<?> type, String path) {
    Optional<PartCodec<?>> scalar = Scalars.of(type).or(() -> Times.of(type));
    if (scalar.isPresent()) {
      return scalar.get();
    }
    if (type.getTypeParameters().length > 0) {
      return refuse(
          path, type, "generic, and its type arguments are not known: use a TypeToken or .as(...)");
    }
    if (type == byte[].class) {
      return Scalars.BYTES;
    }
    if (type.isArray()) {
      return ofArray(type, type.getComponentType(), path);
    }
    if (type.isEnum()) {
      return new EnumCodec(type, names.of(type));
    }
    return ofStructure(type, type, Map.of(), path);
  }

  private PartCodec<?> ofGeneric(ParameterizedType type, String path) {
    Class<?> raw = (Class<?>) type.getRawType();
    Type[] arguments = type.getActualTypeArguments();
    if (raw == Optional.class) {
      return ofOptional(type, arguments[0], path);
    }
    if (raw == List.class) {
      return new ListCodec(type, part(arguments[0], path + "[]"));
    }
    if (raw == Set.class) {
      return new SetCodec(type, part(arguments[0], path + "[]"));
    }
    if (raw == Map.class) {
      return new MapCodec(
          type,
          part(arguments[0], path + "{key}"),
          part(arguments[1], path + "{value}"),
          names.entry());
    }
    Map<TypeVariable<?>, Type> variables = new HashMap<>();
    for (int i = 0; i < arguments.length; i++) {
      variables.put(raw.getTypeParameters()[i], arguments[i]);
    }
    return ofStructure(type, raw, variables, path);
  }

  private PartCodec<?> ofOptional(Type type, Type content, String path) {
    PartCodec<?> inner = part(content, path + ".value");
    if (inner instanceof OptionalCodec || inner instanceof SealedCodec) {
      return new OptionalCodec(type, new BoxedCodec(inner, names.box()));
    }
    return new OptionalCodec(type, inner);
  }

  private PartCodec<?> ofArray(Type type, Type element, String path) {
    return new ArrayCodec(type, element, part(element, path + "[]"));
  }

  private PartCodec<?> ofStructure(
      Type type, Class<?> raw, Map<TypeVariable<?>, Type> variables, String path) {
    RecordCodec known = structs.get(type);
    if (known != null) {
      return known;
    }
    if (raw.isRecord()) {
      RecordCodec codec = new RecordCodec(type, names.of(type));
      structs.put(type, codec);
      codec.complete(this, raw, variables, path);
      return codec;
    }
    if (raw.isSealed() && raw.isInterface()) {
      return new SealedCodec(type, this, raw, variables, path);
    }
    return refuse(path, type, Refusals.reason(raw));
  }

  PartCodec<?> refuse(String path, Type type, String reason) {
    problems.add(path + " is of type " + type.getTypeName() + ", which is " + reason + ".");
    return Scalars.NOTHING;
  }

  /** A type with variables replaced by what they stand for. */
  static Type resolve(Type type, Map<TypeVariable<?>, Type> variables) {
    if (type instanceof TypeVariable<?> variable) {
      return variables.getOrDefault(variable, type);
    }
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments().clone();
      for (int i = 0; i < arguments.length; i++) {
        arguments[i] = resolve(arguments[i], variables);
      }
      return TypeToken.generic((Class<?>) generic.getRawType(), arguments).type();
    }
    return type;
  }
}

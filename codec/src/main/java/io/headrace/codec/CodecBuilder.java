package io.headrace.codec;

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
 * one gets no codec, and the whole must then not be used. One thread, one type.
 */
final class CodecBuilder {

  /** How deeply parts may be nested in each other. */
  private static final int MOST_DEEP = 64;

  /** How many types one type may be made of, such as 3 for {@code Map<K, V>}. */
  private static final int MOST_TYPES = 200;

  /** How many records and enums a type may have as its parts. */
  private static final int MOST_NAMED = 10_000;

  private final Form form;
  private final List<String> problems = new ArrayList<>();
  private final List<Runnable> lastChecks = new ArrayList<>();
  private final Map<Type, PartCodec<?>> named = new HashMap<>();
  private int depth;
  private boolean isEndless;

  CodecBuilder(Form form) {
    this.form = form;
  }

  List<String> problems() {
    return problems;
  }

  @SuppressWarnings("unchecked") // The codec of a type encodes values of that type.
  <T> Codec<T> build(Type type) {
    Codec<T> codec = (Codec<T>) part(Types.resolve(type, Map.of()), type.getTypeName());
    if (problems.isEmpty()) {
      lastChecks.forEach(Runnable::run);
    }
    return codec;
  }

  /**
   * The codec of a part.
   *
   * @param path where the part stands, for problems
   */
  PartCodec<?> part(Type type, String path) {
    if (isEndless) {
      return Scalars.NOTHING;
    }
    if (depth == MOST_DEEP || named.size() == MOST_NAMED || Types.size(type) > MOST_TYPES) {
      isEndless = true;
      return refuse(
          path,
          Types.raw(type),
          "one part too many: a generic type may not grow without end, as it does when it holds"
              + " itself with larger type arguments");
    }
    depth++;
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
    Optional<PartCodec<?>> scalar =
        type.getPackageName().equals("java.time") ? Times.of(type) : Scalars.of(type);
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
      return named.computeIfAbsent(type, any -> new EnumCodec(type, form));
    }
    return ofStructure(type, path);
  }

  private PartCodec<?> ofGeneric(ParameterizedType type, String path) {
    Type[] arguments = type.getActualTypeArguments();
    if (type.getRawType() == Optional.class) {
      return ofOptional(type, part(arguments[0], path + ".value"), path);
    }
    if (type.getRawType() == List.class) {
      return new ListCodec(type, element(arguments[0], path), form);
    }
    if (type.getRawType() == Set.class) {
      PartCodec<?> element = element(arguments[0], path);
      willBeCompared(element, path + "[]");
      return new SetCodec(type, element, form);
    }
    if (type.getRawType() == Map.class) {
      PartCodec<?> key = part(arguments[0], path + "{key}");
      PartCodec<?> value = part(arguments[1], path + "{value}");
      willBeCompared(key, path + "{key}");
      willBeRepeated(List.of(key, value), path + "{}");
      return new MapCodec(type, List.of(key, value), form);
    }
    return ofStructure(type, path);
  }

  private PartCodec<?> ofOptional(Type type, PartCodec<?> content, String path) {
    if (content instanceof OptionalCodec) {
      return refuse(path, type, "absent in two ways: one Optional is enough, or use a sealed type");
    }
    return content instanceof SealedCodec
        ? new OptionalCodec(type, new BoxedCodec(content))
        : new OptionalCodec(type, content);
  }

  private PartCodec<?> ofArray(Type type, Type element, String path) {
    return new ArrayCodec(type, element, element(element, path));
  }

  private PartCodec<?> element(Type type, String path) {
    PartCodec<?> element = part(type, path + "[]");
    willBeRepeated(List.of(element), path + "[]");
    return element;
  }

  // Records may hold themselves, so that these are known only when all of them are built.

  private void willBeRepeated(List<PartCodec<?>> parts, String path) {
    lastChecks.add(
        () -> {
          if (parts.stream().allMatch(PartCodec::isEmpty)) {
            refuse(
                path,
                parts.get(parts.size() - 1).type(),
                "without any content, so that only their number says anything: keep that as a"
                    + " number");
          }
        });
  }

  private void willBeCompared(PartCodec<?> part, String path) {
    lastChecks.add(() -> problems.addAll(KeyRules.arrays(part.type(), path)));
  }

  private PartCodec<?> ofStructure(Type type, String path) {
    PartCodec<?> known = named.get(type);
    if (known != null) {
      return known;
    }
    Class<?> raw = Types.raw(type);
    if (raw.isRecord()) {
      return RecordMembers.of(raw)
          .<PartCodec<?>>map(members -> ofRecord(type, members, path))
          .orElseGet(() -> refuse(path, type, Refusals.closed(raw)));
    }
    if (raw.isSealed() && raw.isInterface()) {
      return ofSealed(type, path);
    }
    return refuse(path, type, Refusals.reason(raw));
  }

  private PartCodec<?> ofRecord(Type type, RecordMembers members, String path) {
    RecordCodec codec = new RecordCodec(type, members);
    named.put(type, codec);
    codec.complete(this, path);
    return codec;
  }

  @SuppressWarnings("unchecked") // Each codec is used for values of its class.
  private PartCodec<?> ofSealed(Type type, String path) {
    List<PartCodec<Object>> codecs = new ArrayList<>();
    for (Type permitted : Types.permitted(type)) {
      String name = Types.raw(permitted).getSimpleName();
      codecs.add((PartCodec<Object>) part(permitted, path + "." + name));
    }
    return new SealedCodec(type, codecs, form);
  }

  PartCodec<?> refuse(String path, Type type, String reason) {
    problems.add(path + " is of type " + type.getTypeName() + ", which is " + reason + ".");
    return Scalars.NOTHING;
  }
}

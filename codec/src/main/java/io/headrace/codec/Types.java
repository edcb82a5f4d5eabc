package io.headrace.codec;

import io.headrace.api.TypeToken;
import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the JDK's reflection leaves out about generic types. */
final class Types {

  private Types() {}

  /** The class that values of a type have, as far as the type tells. */
  static Class<?> raw(Type type) {
    if (type instanceof Class<?> plain) {
      return plain;
    }
    if (type instanceof ParameterizedType generic) {
      return (Class<?>) generic.getRawType();
    }
    if (type instanceof GenericArrayType array) {
      return Array.newInstance(raw(array.getGenericComponentType()), 0).getClass();
    }
    return Object.class;
  }

  /** What the type parameters of a type's class stand for. */
  static Map<TypeVariable<?>, Type> variables(Type type) {
    Map<TypeVariable<?>, Type> variables = new HashMap<>();
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      TypeVariable<?>[] parameters = raw(type).getTypeParameters();
      for (int i = 0; i < arguments.length; i++) {
        variables.put(parameters[i], arguments[i]);
      }
    }
    return variables;
  }

  /** A type with variables replaced by what they stand for, and {@code ? extends X} by X. */
  static Type resolve(Type type, Map<TypeVariable<?>, Type> variables) {
    if (type instanceof TypeVariable<?> variable) {
      return variables.getOrDefault(variable, type);
    }
    if (type instanceof ParameterizedType generic) {
      Type[] declared = generic.getActualTypeArguments();
      Type[] arguments = new Type[declared.length];
      for (int i = 0; i < arguments.length; i++) {
        arguments[i] = resolve(declared[i], variables);
      }
      return TypeToken.generic(raw(type), arguments).type();
    }
    if (type instanceof GenericArrayType array) {
      Type component = resolve(array.getGenericComponentType(), variables);
      return component instanceof Class<?> plain ? plain.arrayType() : new ArrayOf(component);
    }
    if (type instanceof WildcardType wildcard
        && wildcard.getLowerBounds().length == 0
        && wildcard.getUpperBounds()[0] != Object.class) {
      return resolve(wildcard.getUpperBounds()[0], variables);
    }
    return type;
  }

  /** How many types a type is made of. */
  static int size(Type type) {
    int size = 1;
    if (type instanceof ParameterizedType generic) {
      for (Type argument : generic.getActualTypeArguments()) {
        size += size(argument);
      }
    } else if (type instanceof GenericArrayType array) {
      size += size(array.getGenericComponentType());
    }
    return size;
  }

  /** The records, enums and what else a sealed interface permits, through nested ones. */
  static List<Type> permitted(Type sealed) {
    List<Type> all = new ArrayList<>();
    for (Class<?> permitted : raw(sealed).getPermittedSubclasses()) {
      Type type = asPartOf(sealed, permitted);
      List<Type> types =
          permitted.isSealed() && permitted.isInterface() ? permitted(type) : List.of(type);
      for (Type each : types) {
        if (!all.contains(each)) {
          all.add(each);
        }
      }
    }
    return all;
  }

  /** A class with the type arguments that the sealed interface it implements gives it. */
  private static Type asPartOf(Type sealed, Class<?> permitted) {
    if (permitted.getTypeParameters().length == 0) {
      return permitted;
    }
    Map<TypeVariable<?>, Type> bound = new HashMap<>();
    for (Type parent : permitted.getGenericInterfaces()) {
      if (parent instanceof ParameterizedType generic
          && sealed instanceof ParameterizedType whole
          && generic.getRawType() == whole.getRawType()) {
        bind(generic.getActualTypeArguments(), whole.getActualTypeArguments(), bound);
      }
    }
    return resolve(TypeToken.generic(permitted, permitted.getTypeParameters()).type(), bound);
  }

  private static void bind(Type[] arguments, Type[] values, Map<TypeVariable<?>, Type> bound) {
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i] instanceof TypeVariable<?> variable) {
        bound.put(variable, values[i]);
      }
    }
  }

  /** An array of a generic type. */
  private record ArrayOf(Type component) implements GenericArrayType {

    @Override
    public Type getGenericComponentType() {
      return component;
    }

    @Override
    public String toString() {
      return component.getTypeName() + "[]";
    }
  }
}

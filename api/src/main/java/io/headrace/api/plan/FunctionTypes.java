package io.headrace.api.plan;

import io.headrace.api.TypeToken;
import io.headrace.api.TypedFunction;
import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the types that a user function was compiled with: from the type arguments of its class, or,
 * where it is a lambda or a method reference, from the signature that the compiler kept for it.
 *
 * <p>A type that still has a type variable in it, or is a raw form of a generic class, counts as
 * not found.
 */
final class FunctionTypes {

  private FunctionTypes() {}

  /** The type argument of an interface that an object's class was compiled with. */
  static Optional<Type> argument(Object object, Class<?> target, int index) {
    Map<TypeVariable<?>, Type> known = new HashMap<>();
    if (!collect(object.getClass(), target, known)) {
      return Optional.empty();
    }
    return resolve(target.getTypeParameters()[index], known).filter(FunctionTypes::isComplete);
  }

  /** The type of a function's result; {@code index} is its place in the interface's arguments. */
  static Optional<Type> result(TypedFunction function, Class<?> target, int index) {
    return argument(function, target, index)
        .or(() -> signature(function).map(MethodType::returnType).flatMap(FunctionTypes::complete));
  }

  /** The type of one of a function's parameters. */
  static Optional<Type> parameter(
      TypedFunction function, Class<?> target, int index, int position) {
    return argument(function, target, index)
        .or(
            () ->
                signature(function)
                    .map(signature -> signature.parameterType(position))
                    .flatMap(FunctionTypes::complete));
  }

  private static Optional<Type> complete(Class<?> type) {
    return type != Object.class && isComplete(type) ? Optional.of(type) : Optional.empty();
  }

  private static boolean collect(
      @Nullable Type type, Class<?> target, Map<TypeVariable<?>, Type> known) {
    Class<?> raw;
    if (type instanceof ParameterizedType parameterized) {
      raw = (Class<?>) parameterized.getRawType();
      TypeVariable<?>[] variables = raw.getTypeParameters();
      for (int i = 0; i < variables.length; i++) {
        known.put(variables[i], parameterized.getActualTypeArguments()[i]);
      }
    } else if (type instanceof Class<?> plain) {
      raw = plain;
    } else {
      return false;
    }
    if (raw == target) {
      return true;
    }
    for (Type parent : raw.getGenericInterfaces()) {
      if (collect(parent, target, known)) {
        return true;
      }
    }
    return collect(raw.getGenericSuperclass(), target, known);
  }

  private static Optional<Type> resolve(Type type, Map<TypeVariable<?>, Type> known) {
    if (type instanceof TypeVariable<?> variable) {
      Type value = known.get(variable);
      return value == null ? Optional.empty() : resolve(value, known);
    }
    if (type instanceof ParameterizedType parameterized) {
      Type[] arguments = parameterized.getActualTypeArguments().clone();
      for (int i = 0; i < arguments.length; i++) {
        Optional<Type> argument = resolve(arguments[i], known);
        if (argument.isEmpty()) {
          return Optional.empty();
        }
        arguments[i] = argument.get();
      }
      return Optional.of(
          TypeToken.generic((Class<?>) parameterized.getRawType(), arguments).type());
    }
    return Optional.of(type);
  }

  private static boolean isComplete(Type type) {
    return !(type instanceof Class<?> plain) || plain.getTypeParameters().length == 0;
  }

  private static Optional<MethodType> signature(TypedFunction function) {
    Class<?> type = function.getClass();
    if (!type.isHidden()) {
      return Optional.empty();
    }
    try {
      Method replace = type.getDeclaredMethod("writeReplace");
      // Only the compiler's note on a lambda is read, in the user's own class; nothing is
      // serialized.
      replace.setAccessible(true);
      if (!(replace.invoke(function) instanceof SerializedLambda lambda)) {
        return Optional.empty();
      }
      return Optional.of(
          MethodType.fromMethodDescriptorString(
              lambda.getInstantiatedMethodType(), type.getClassLoader()));
    } catch (ReflectiveOperationException
        | InaccessibleObjectException
        | TypeNotPresentException notKept) {
      return Optional.empty();
    }
  }
}

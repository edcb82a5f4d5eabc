package io.headrace.api;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** A class with its type arguments; equal to what reflection gives for the same type. */
final class GenericType implements ParameterizedType {

  private final Class<?> raw;
  private final Type[] arguments;

  GenericType(Class<?> raw, Type... arguments) {
    this.raw = raw;
    this.arguments = arguments.clone();
  }

  @Override
  public Type[] getActualTypeArguments() {
    return arguments.clone();
  }

  @Override
  public Type getRawType() {
    return raw;
  }

  @Override
  @SuppressWarnings("NullAway") // The interface of the JDK says null for a top-level class.
  public @Nullable Type getOwnerType() {
    return raw.getDeclaringClass();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ParameterizedType type
        && raw.equals(type.getRawType())
        && Arrays.equals(arguments, type.getActualTypeArguments());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(arguments)
        ^ (raw.getDeclaringClass() == null ? 0 : raw.getDeclaringClass().hashCode())
        ^ raw.hashCode();
  }

  @Override
  public String toString() {
    StringJoiner text = new StringJoiner(", ", raw.getName() + "<", ">");
    for (Type argument : arguments) {
      text.add(argument.getTypeName());
    }
    return text.toString();
  }
}

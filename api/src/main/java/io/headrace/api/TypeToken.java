package io.headrace.api;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

/**
 * A type with its type arguments: {@code new TypeToken<List<String>>() {}}.
 *
 * @param <T> the type
 */
public abstract class TypeToken<T> {

  private final Type type;

  /** The token of the type argument of the anonymous subclass that calls this. */
  protected TypeToken() {
    if (getClass().getGenericSuperclass() instanceof ParameterizedType parent
        && parent.getRawType() == TypeToken.class) {
      this.type = parent.getActualTypeArguments()[0];
    } else {
      throw new HeadraceException(
          ErrorCode.INVALID_JOB,
          "A type token is an anonymous class with its type spelled out, such as new"
              + " TypeToken<List<String>>() {}, but this one is "
              + getClass().getGenericSuperclass()
              + ".");
    }
  }

  private TypeToken(Type type) {
    this.type = type;
  }

  /** The token of a class. */
  public static <T> TypeToken<T> of(Class<T> type) {
    return new Known<>(type);
  }

  /** The token of a type that reflection found; the caller vouches for {@code T}. */
  public static <T> TypeToken<T> ofType(Type type) {
    return new Known<>(type);
  }

  /** The token of a generic class with type arguments; the caller vouches for {@code T}. */
  public static <T> TypeToken<T> generic(Class<?> type, Type... arguments) {
    return new Known<>(new GenericType(type, arguments));
  }

  /** The type as reflection sees it. */
  public final Type type() {
    return type;
  }

  @Override
  public final boolean equals(Object other) {
    return other instanceof TypeToken<?> token && token.type.equals(type);
  }

  @Override
  public final int hashCode() {
    return type.hashCode();
  }

  @Override
  public final String toString() {
    return type.getTypeName();
  }

  private static final class Known<T> extends TypeToken<T> {
    Known(Type type) {
      super(type);
    }
  }
}

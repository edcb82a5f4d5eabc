package io.headrace.flink.types;

import io.headrace.api.TypeToken;
import java.io.Serializable;
import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.List;

/**
 * A type as it travels to the tasks of a Flink job, within the graph of the job.
 *
 * @param raw its class, or that of the elements of an array of a generic type
 * @param arguments what its type parameters stand for
 * @param dimensions how many arrays a generic type is within; those of other types are classes
 */
public record PortableType(Class<?> raw, List<PortableType> arguments, int dimensions)
    implements Serializable {

  /** Copies the list. */
  public PortableType {
    arguments = List.copyOf(arguments);
  }

  /** A type that has a codec. */
  public static PortableType of(Type type) {
    if (type instanceof Class<?> plain) {
      return new PortableType(plain, List.of(), 0);
    }
    if (type instanceof ParameterizedType generic) {
      List<PortableType> arguments =
          List.of(generic.getActualTypeArguments()).stream().map(PortableType::of).toList();
      return new PortableType((Class<?>) generic.getRawType(), arguments, 0);
    }
    if (type instanceof GenericArrayType array) {
      PortableType component = of(array.getGenericComponentType());
      return new PortableType(component.raw, component.arguments, component.dimensions + 1);
    }
    if (type instanceof WildcardType wildcard) {
      return of(wildcard.getUpperBounds()[0]);
    }
    throw new IllegalArgumentException(type.getTypeName() + " has no codec, and cannot travel.");
  }

  /** The type as reflection knows it. */
  public Type type() {
    if (arguments.isEmpty()) {
      return raw;
    }
    Type type =
        TypeToken.generic(raw, arguments.stream().map(PortableType::type).toArray(Type[]::new))
            .type();
    for (int i = 0; i < dimensions; i++) {
      type = new ArrayOf(type);
    }
    return type;
  }

  /** The class that its values have. */
  public Class<?> valueClass() {
    Class<?> each = raw;
    for (int i = 0; i < dimensions; i++) {
      each = Array.newInstance(each, 0).getClass();
    }
    return each;
  }

  /** The type in words, by which it is found among those that a job declares. */
  public String text() {
    return type().getTypeName();
  }

  private record ArrayOf(Type component) implements GenericArrayType {

    @Override
    public Type getGenericComponentType() {
      return component;
    }

    @Override
    public String getTypeName() {
      return component.getTypeName() + "[]";
    }
  }
}

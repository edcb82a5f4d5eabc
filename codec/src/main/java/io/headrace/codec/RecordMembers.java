package io.headrace.codec;

import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Optional;

/**
 * The accessors and the constructor of a record class, which may be private. Immutable; any thread
 * may use it.
 *
 * <p>Plain reflection: once warm it costs some ten nanoseconds a record more than method handles
 * do, but those take the JDK about thirty milliseconds to set up for the first record of a process
 * and two for each of the others.
 */
final class RecordMembers {

  private final Class<?> type;
  private final Method[] accessors;
  private final Constructor<?> constructor;

  private RecordMembers(Class<?> type, Method[] accessors, Constructor<?> constructor) {
    this.type = type;
    this.accessors = accessors;
    this.constructor = constructor;
  }

  /** The members of a record class; empty if its module keeps them to itself. */
  static Optional<RecordMembers> of(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    Method[] accessors = new Method[components.length];
    Class<?>[] parameters = new Class<?>[components.length];
    try {
      for (int i = 0; i < components.length; i++) {
        parameters[i] = components[i].getType();
        accessors[i] = components[i].getAccessor();
        accessors[i].setAccessible(true);
      }
      Constructor<?> constructor = type.getDeclaredConstructor(parameters);
      constructor.setAccessible(true);
      return Optional.of(new RecordMembers(type, accessors, constructor));
    } catch (InaccessibleObjectException closed) {
      return Optional.empty();
    } catch (NoSuchMethodException impossible) {
      throw new IllegalStateException("A record has a constructor of its components.", impossible);
    }
  }

  /** How many components there are. */
  int count() {
    return accessors.length;
  }

  /** What a component is called. */
  String name(int index) {
    return accessors[index].getName();
  }

  /** The value, if it is a record of this class. */
  Object own(Object value) {
    return UnencodableException.instance(type, value);
  }

  /** What a component of a record is. */
  Object read(Object owner, int index) {
    try {
      return accessors[index].invoke(owner);
    } catch (InvocationTargetException thrown) {
      if (thrown.getTargetException() instanceof VirtualMachineError fatal) {
        throw fatal;
      }
      throw new UnencodableException(
          "has an accessor that threw "
              + thrown.getTargetException()
              + ". Make the accessor return what the constructor was given.",
          thrown.getTargetException());
    } catch (IllegalAccessException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The record of some components, unless its constructor refuses them. */
  Object make(Object[] components) {
    try {
      return constructor.newInstance(components);
    } catch (InvocationTargetException thrown) {
      throw MalformedDataException.thrownBy(
          "The constructor of " + type.getTypeName(), thrown.getTargetException());
    } catch (InstantiationException | IllegalAccessException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}

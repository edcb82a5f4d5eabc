package io.headrace.codec;

import java.util.Collection;
import java.util.Map;

/** Why classes have no codec, and what to use instead. */
final class Refusals {

  private Refusals() {}

  static String closed(Class<?> type) {
    return "in a module that does not open its package: add \"opens "
        + type.getPackageName()
        + " to io.headrace.codec\" to its module-info";
  }

  static String reason(Class<?> type) {
    if (type == Object.class) {
      return "any object at all: name the type";
    }
    if (Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type)) {
      return "one particular collection: declare it as List, Set or Map";
    }
    if (type.isInterface()) {
      return "an interface that anything may implement: seal it, or name the record";
    }
    return "neither a record nor a sealed interface, enum or value type of the JDK: use a record of"
        + " what is to be kept";
  }
}

package io.headrace.codec;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

/** Names for types, as Avro allows them. One for each codec that is built. */
final class SchemaNames {

  private int entries;
  private int boxes;

  /** The full name of a record or enum; different type arguments give different names. */
  String of(Type type) {
    if (type instanceof ParameterizedType generic) {
      StringBuilder name = new StringBuilder(of(generic.getRawType()));
      for (Type argument : generic.getActualTypeArguments()) {
        name.append("_of_").append(legal(argument.getTypeName(), false));
      }
      return name.toString();
    }
    return legal(type.getTypeName(), true);
  }

  /** A name for the entries of a map whose keys are not strings. */
  String entry() {
    return "headrace.Entry" + ++entries;
  }

  /** A name for a record around something that cannot stand in a union itself. */
  String box() {
    return "headrace.Box" + ++boxes;
  }

  private static String legal(String name, boolean keepsDots) {
    StringBuilder legal = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char each = name.charAt(i);
      boolean isLegal =
          each >= 'a' && each <= 'z'
              || each >= 'A' && each <= 'Z'
              || each >= '0' && each <= '9'
              || each == '_'
              || each == '.' && keepsDots;
      legal.append(isLegal ? String.valueOf(each) : each < 128 ? "_" : "_u" + (int) each);
    }
    return legal.toString();
  }

  /** An enum constant or record component as Avro allows it. */
  static String simple(String name) {
    return legal(name, false);
  }
}

package io.headrace.codec;

import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.Map;

/**
 * Names for types, as Avro allows them: what is not a letter, a digit or an underscore becomes an
 * underscore. One for each codec that is built, in which no two types have the same name.
 */
final class SchemaNames {

  private final Map<String, String> typesByName = new HashMap<>();

  /** The full name of a record or enum; different type arguments give different names. */
  String of(Type type) {
    String raw = Types.raw(type).getName();
    int lastDot = raw.lastIndexOf('.');
    String simple = type.getTypeName().substring(lastDot + 1);
    String space = lastDot < 0 ? "" : legal(raw.substring(0, lastDot), true) + ".";
    return unique(space + simple(simple), type.getTypeName());
  }

  /** The name of the entries of a map whose keys are not strings. */
  String entry(Type map) {
    return unique("headrace.Entry_" + simple(map.getTypeName()), "Entry " + map.getTypeName());
  }

  /** The name of a record around something that cannot stand in a union itself. */
  String box(Type content) {
    return unique("headrace.Box_" + simple(content.getTypeName()), "Box " + content.getTypeName());
  }

  private String unique(String name, String type) {
    String free = name;
    for (int i = 2; !typesByName.computeIfAbsent(free, each -> type).equals(type); i++) {
      free = name + "_" + i;
    }
    return free;
  }

  /** A name without dots. */
  static String simple(String name) {
    return legal(name, false);
  }

  private static String legal(String name, boolean keepsDots) {
    StringBuilder legal = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char each = name.charAt(i);
      boolean isLegal =
          each >= 'a' && each <= 'z'
              || each >= 'A' && each <= 'Z'
              || each >= '0' && each <= '9' && i > 0
              || each == '_'
              || each == '.' && keepsDots;
      legal.append(isLegal ? String.valueOf(each) : each < 128 ? "_" : "_u" + (int) each);
    }
    return legal.toString();
  }
}

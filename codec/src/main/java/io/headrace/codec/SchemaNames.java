package io.headrace.codec;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Collectors;

/**
 * Names for types and their members, of the letters, digits and underscores that Avro allows.
 * Different ones have different names, which follow from nothing but themselves: a mark that is
 * frequent where it stands becomes a number of underscores of its own if a letter or digit follows
 * it, and anything else becomes more underscores and its four hexadecimal digits.
 *
 * <p>Part of the checkpoint format: never changed.
 */
final class SchemaNames {

  private static final String MARKS_OF_TYPES = "$.<,_[";
  private static final String MARKS_OF_WORDS = "_";

  // What ends with an underscore is the name of no package.
  private static final String UNNAMED = "unnamed_.";
  private static final String OURS = "headrace_.";

  private SchemaNames() {}

  /** The full name of a record or enum; different type arguments give different names. */
  static String of(Type type) {
    String space = Types.raw(type).getPackageName();
    return space.isEmpty()
        ? UNNAMED + simple(text(type))
        : namespace(space) + "." + simple(text(type).substring(space.length() + 1));
  }

  /** The name of the entries of a map whose keys are not strings. */
  static String ofEntry(Type key, Type value) {
    return OURS + simple("Entry<" + text(key) + "," + text(value));
  }

  /** The name of a record around something that cannot stand in a union itself. */
  static String ofBox(Type content) {
    return OURS + simple("Box<" + text(content));
  }

  /** The name of a component or constant. */
  static String ofMember(String name) {
    return legal(name, MARKS_OF_WORDS);
  }

  /** A name without dots for the text of a type. */
  static String simple(String text) {
    return legal(text, MARKS_OF_TYPES);
  }

  private static String namespace(String space) {
    return Arrays.stream(space.split("\\."))
        .map(SchemaNames::ofMember)
        .collect(Collectors.joining("."));
  }

  /** A type without closing marks, which follow from the number of parameters of each class. */
  private static String text(Type type) {
    if (type instanceof ParameterizedType generic) {
      return Arrays.stream(generic.getActualTypeArguments())
          .map(SchemaNames::text)
          .collect(Collectors.joining(",", Types.raw(type).getName() + "<", ""));
    }
    if (type instanceof GenericArrayType array) {
      return "[" + text(array.getGenericComponentType());
    }
    return type instanceof Class<?> plain && plain.isArray()
        ? "[" + text(plain.getComponentType())
        : type.getTypeName();
  }

  private static String legal(String text, String marks) {
    StringBuilder legal = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char each = text.charAt(i);
      if (isPlain(each)) {
        legal.append(each);
        continue;
      }
      int mark = marks.indexOf(each);
      if (mark >= 0 && i + 1 < text.length() && isPlain(text.charAt(i + 1))) {
        legal.append("_".repeat(mark + 1));
      } else {
        legal.append("_".repeat(marks.length() + 1)).append(HexFormat.of().toHexDigits(each));
      }
    }
    return legal.toString();
  }

  private static boolean isPlain(char each) {
    return (each >= 'a' && each <= 'z')
        || (each >= 'A' && each <= 'Z')
        || (each >= '0' && each <= '9');
  }
}

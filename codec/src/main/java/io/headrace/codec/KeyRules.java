package io.headrace.codec;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which types are keys: those whose {@code equals} agrees with their encoding. And which types may
 * stand in sets and be the keys of maps: those whose {@code equals} compares no array.
 *
 * <p>Floating point numbers agree: every NaN is encoded alike, and 0.0 and -0.0 differ in both
 * ways. So do decimals: 1.0 and 1.00 differ in both ways. So do sets and maps, which are sorted by
 * the bytes of their elements in keys. Arrays do not, since they are equal only to themselves;
 * records with an {@code equals} of their own may not.
 */
final class KeyRules {

  private final boolean isKey;
  private final List<String> problems = new ArrayList<>();
  private final Set<Type> seen = new HashSet<>();

  private KeyRules(boolean isKey) {
    this.isKey = isKey;
  }

  /** Every reason why a type that has a codec is no key. */
  static List<String> problems(Type type) {
    KeyRules rules = new KeyRules(true);
    rules.check(Types.resolve(type, Map.of()), type.getTypeName());
    return rules.problems;
  }

  /** Every array that keeps values of a type that has a codec from being found in a set or map. */
  static List<String> arrays(Type type, String path) {
    KeyRules rules = new KeyRules(false);
    rules.check(type, path);
    return rules.problems;
  }

  private void check(Type type, String path) {
    Class<?> raw = Types.raw(type);
    if (raw.isArray()) {
      refuse(path, "an array, which equals only itself: use a List");
    } else if (!seen.add(type)) {
      return;
    } else if (raw.isRecord()) {
      checkRecord(type, path);
    } else if (raw.isSealed()) {
      for (Type permitted : Types.permitted(type)) {
        check(permitted, path + "." + Types.raw(permitted).getSimpleName());
      }
    } else if (type instanceof ParameterizedType generic) {
      checkArguments(raw, generic.getActualTypeArguments(), path);
    }
  }

  private void checkArguments(Class<?> raw, Type[] arguments, String path) {
    if (raw == Map.class) {
      check(arguments[0], path + "{key}");
      check(arguments[1], path + "{value}");
    } else {
      check(arguments[0], path + (raw == Optional.class ? ".value" : "[]"));
    }
  }

  private void checkRecord(Type type, String path) {
    Class<?> raw = Types.raw(type);
    boolean hasOwnEquals = hasOwnEquals(raw);
    if (hasOwnEquals && !isKey) {
      return; // Which may well compare what is in its arrays.
    }
    if (hasOwnEquals) {
      refuse(path, "a record with an equals of its own, which may disagree: leave it out");
    }
    for (RecordComponent component : raw.getRecordComponents()) {
      check(
          Types.resolve(component.getGenericType(), Types.variables(type)),
          path + "." + component.getName());
    }
  }

  private void refuse(String path, String reason) {
    problems.add(path + " is " + reason + ".");
  }

  /** Whether a record's {@code equals} is not the one that every record gets by itself. */
  private static boolean hasOwnEquals(Class<?> raw) {
    String name = raw.getName().substring(raw.getName().lastIndexOf('.') + 1) + ".class";
    try (InputStream file = raw.getResourceAsStream(name)) {
      return file != null && new ClassFile(new DataInputStream(file)).hasOwnEquals();
    } catch (IOException unreadable) {
      throw new IllegalStateException("the class file of " + raw + " cannot be read", unreadable);
    }
  }

  /** As much of a class file as is needed (Java Virtual Machine Specification 17, chapter 4). */
  private static final class ClassFile {

    private static final int GENERATED_LENGTH = 8;
    private static final byte INVOKEDYNAMIC = (byte) 0xba;

    private final DataInputStream in;
    private String[] strings = {};

    ClassFile(DataInputStream in) {
      this.in = in;
    }

    boolean hasOwnEquals() throws IOException {
      in.skipNBytes(8);
      readConstants();
      in.skipNBytes(6);
      in.skipNBytes(2L * in.readUnsignedShort());
      skipFields();
      int methods = in.readUnsignedShort();
      for (int i = 0; i < methods; i++) {
        in.skipNBytes(2);
        String name = strings[in.readUnsignedShort()];
        String descriptor = strings[in.readUnsignedShort()];
        boolean isOwn = readAttributes();
        if (name.equals("equals") && descriptor.equals("(Ljava/lang/Object;)Z")) {
          return isOwn;
        }
      }
      return false;
    }

    private void readConstants() throws IOException {
      strings = new String[in.readUnsignedShort()];
      for (int i = 1; i < strings.length; i++) {
        int tag = in.readUnsignedByte();
        switch (tag) {
          case 1 -> strings[i] = in.readUTF();
          case 5, 6 -> {
            in.skipNBytes(8);
            i++;
          }
          case 7, 8, 16, 19, 20 -> in.skipNBytes(2);
          case 15 -> in.skipNBytes(3);
          default -> in.skipNBytes(4);
        }
      }
    }

    private void skipFields() throws IOException {
      int fields = in.readUnsignedShort();
      for (int i = 0; i < fields; i++) {
        in.skipNBytes(6);
        readAttributes();
      }
    }

    /** Whether the code is not: load this, load the other, invokedynamic, return. */
    private boolean readAttributes() throws IOException {
      boolean isOwn = false;
      int attributes = in.readUnsignedShort();
      for (int i = 0; i < attributes; i++) {
        String name = strings[in.readUnsignedShort()];
        byte[] content = in.readNBytes(in.readInt());
        if (name.equals("Code")) {
          int length = content[7];
          boolean isLong = content[4] != 0 || content[5] != 0 || content[6] != 0;
          isOwn = isLong || length != GENERATED_LENGTH || content[10] != INVOKEDYNAMIC;
        }
      }
      return isOwn;
    }
  }
}

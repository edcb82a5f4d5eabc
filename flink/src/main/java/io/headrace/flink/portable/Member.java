package io.headrace.flink.portable;

import java.io.PrintStream;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A field of an object that is looked into; of a lambda, a value that it captured.
 *
 * @param name in words
 */
record Member(String name, @Nullable Object value) {

  private static final String LAMBDA = "$$Lambda";

  /** What the compiler calls fields for captured values: of lambdas, and of local classes. */
  private static final String OF_LAMBDA = "arg$";

  private static final String OF_CLASS = "val$";

  private static final String AROUND = "this$";

  /** All that an object has, but for what is transient; nothing if it is not open to us. */
  static List<Member> of(Object object) {
    List<Member> members = new ArrayList<>();
    for (@Nullable Class<?> type = object.getClass();
        type != null && !Scope.isOfJdk(type);
        type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers())
            && !Modifier.isTransient(field.getModifiers())) {
          // Those above may have fields of the same name.
          String of = type == object.getClass() ? "" : " of " + type.getTypeName();
          read(object, field, of).ifPresent(members::add);
        }
      }
    }
    return members;
  }

  private static Optional<Member> read(Object object, Field field, String of) {
    try {
      // Only classes of users, connectors and Headrace are looked into, none of the JDK.
      field.setAccessible(true);
      return Optional.of(new Member(name(field) + of, field.get(object)));
    } catch (IllegalAccessException | InaccessibleObjectException closed) {
      return Optional.empty();
    }
  }

  private static String name(Field field) {
    String name = field.getName();
    if (name.startsWith(OF_LAMBDA)) {
      return "captured value #" + name.substring(OF_LAMBDA.length());
    }
    if (name.startsWith(OF_CLASS)) {
      return "captured value " + name.substring(OF_CLASS.length());
    }
    if (name.startsWith(AROUND)) {
      return "the object around it";
    }
    return (field.getDeclaringClass().isRecord() ? "" : "field ") + name;
  }

  /** The name of a class, which for a lambda is that of the class that it is in. */
  static String type(Class<?> type) {
    if (type.isHidden() && type.getName().contains(LAMBDA)) {
      return "lambda in " + type.getName().substring(0, type.getName().indexOf(LAMBDA));
    }
    if (PrintStream.class.isAssignableFrom(type)) {
      return "java.io.PrintStream"; // Those around the program put their own in its place.
    }
    if (Proxy.isProxyClass(type)) {
      return "proxy of " + Arrays.toString(type.getInterfaces());
    }
    return type.getTypeName();
  }

  /** What a lambda calls, where the compiler has kept it. */
  static String code(Object object) {
    Class<?> type = object.getClass();
    if (!type.isHidden() || Scope.isOfJdk(type)) {
      return "";
    }
    try {
      Method replace = type.getDeclaredMethod("writeReplace");
      // Only the compiler's note on a lambda is read; nothing is serialized.
      replace.setAccessible(true);
      return replace.invoke(object) instanceof SerializedLambda lambda
          ? lambda.getImplClass().replace('/', '.') + "::" + lambda.getImplMethodName()
          : "";
    } catch (ReflectiveOperationException | InaccessibleObjectException notKept) {
      return "";
    }
  }
}

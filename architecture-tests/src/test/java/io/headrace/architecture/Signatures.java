package io.headrace.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.domain.properties.HasModifiers;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Types of other people's libraries in what users see of ours. Where there is one, users have to
 * have the library in a version that we have, too.
 */
final class Signatures {

  /** What users know without us, and what is ours. */
  private static final List<String> FREE = List.of("java.", "jdk.", "io.headrace.");

  /** The libraries that a module is there for. */
  private static final Map<String, String> POINT =
      Map.of(
          "io.headrace.micrometer.", "io.micrometer.", "io.headrace.flink.", "org.apache.flink.");

  /** What users do not get. */
  private static final List<String> OWN_USE =
      List.of("io.headrace.examples.", "io.headrace.simulation.", "io.headrace.benchmarks.");

  private Signatures() {}

  static List<String> problems(JavaClasses classes) {
    TreeSet<String> problems = new TreeSet<>();
    classes.stream()
        .filter(Signatures::isSeen)
        .filter(type -> OWN_USE.stream().noneMatch(type.getName()::startsWith))
        .forEach(
            type ->
                named(type)
                    .filter(each -> !isFree(type, each))
                    .map(
                        each ->
                            "%s shows %s to users; hide it behind a type of ours"
                                .formatted(type.getName(), each.getName()))
                    .forEach(problems::add));
    return List.copyOf(problems);
  }

  private static boolean isFree(JavaClass type, JavaClass named) {
    JavaClass plain = named.getBaseComponentType();
    return plain.isPrimitive()
        || FREE.stream().anyMatch(plain.getName()::startsWith)
        || POINT.entrySet().stream()
            .anyMatch(
                point ->
                    type.getName().startsWith(point.getKey())
                        && plain.getName().startsWith(point.getValue()));
  }

  private static boolean isSeen(HasModifiers of) {
    return of.getModifiers().contains(JavaModifier.PUBLIC)
        || of.getModifiers().contains(JavaModifier.PROTECTED);
  }

  /** What a type extends, and what its members that users see name. */
  private static Stream<JavaClass> named(JavaClass type) {
    Stream<JavaType> parents =
        Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream());
    Stream<JavaType> fields =
        type.getFields().stream().filter(Signatures::isSeen).map(field -> field.getType());
    Stream<JavaType> methods =
        type.getCodeUnits().stream().filter(Signatures::isSeen).flatMap(Signatures::types);
    return Stream.of(parents, fields, methods)
        .flatMap(each -> each)
        .flatMap(each -> each.getAllInvolvedRawTypes().stream());
  }

  private static Stream<JavaType> types(JavaCodeUnit unit) {
    return Stream.concat(
        Stream.concat(Stream.of(unit.getReturnType()), unit.getParameterTypes().stream()),
        unit.getExceptionTypes().stream());
  }
}

package io.headrace.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Types that are public though nobody outside their package uses them. */
final class Visibility {

  /** Rooms that are for users as a whole, or hold programs. */
  private static final List<String> OPEN_ROOMS =
      List.of(
          "io.headrace.api.",
          "io.headrace.examples.",
          "io.headrace.simulation.",
          "io.headrace.benchmarks.");

  /** Packages (with a dot at the end, and without those below) and types that users start from. */
  private static final Map<String, String> ENTRY_POINTS =
      Map.of(
          "io.headrace.engine.", "users run jobs with it",
          "io.headrace.files.", "users read and write files with it",
          "io.headrace.micrometer.", "users measure their runs with it",
          "io.headrace.flink.", "users run jobs on Apache Flink with it",
          "io.headrace.flink.types.CodecSerializerSnapshot", "Flink makes it by its name",
          "io.headrace.flink.types.EncodedKeySerializerSnapshot", "Flink makes it by its name",
          "io.headrace.codec.", "users and connectors choose and write codecs with it");

  private Visibility() {}

  static List<String> problems(JavaClasses classes) {
    Set<JavaClass> needed = needed(classes);
    return classes.stream()
        .filter(type -> isPublic(type) && !needed.contains(type))
        .map(
            type ->
                "%s is public without a user in another package; make it package-private, or add it to Visibility.ENTRY_POINTS"
                    .formatted(type.getName()))
        .sorted()
        .toList();
  }

  /** Those with a user elsewhere, and all that their public signatures name. */
  private static Set<JavaClass> needed(JavaClasses classes) {
    Deque<JavaClass> open = new ArrayDeque<>();
    classes.stream()
        .filter(type -> isForUsers(type) || isPublic(type) && hasUserElsewhere(type))
        .forEach(open::add);
    Set<JavaClass> needed = new HashSet<>();
    while (!open.isEmpty()) {
      JavaClass type = open.remove();
      if (needed.add(type)) {
        named(type).forEach(open::add);
      }
    }
    return needed;
  }

  private static Stream<JavaClass> named(JavaClass type) {
    Stream<JavaType> inMethods =
        type.getCodeUnits().stream()
            .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC))
            .flatMap(
                method ->
                    Stream.concat(
                        Stream.of(method.getReturnType()), method.getParameterTypes().stream()));
    return Stream.concat(inMethods, type.getInterfaces().stream())
        .flatMap(named -> named.getAllInvolvedRawTypes().stream());
  }

  private static boolean isPublic(JavaClass type) {
    return type.isTopLevelClass() && type.getModifiers().contains(JavaModifier.PUBLIC);
  }

  private static boolean isForUsers(JavaClass type) {
    return OPEN_ROOMS.stream().anyMatch(type.getName()::startsWith)
        || ENTRY_POINTS.containsKey(type.getPackageName() + ".")
        || ENTRY_POINTS.containsKey(type.getName());
  }

  private static boolean hasUserElsewhere(JavaClass type) {
    return type.getDirectDependenciesToSelf().stream()
        .map(dependency -> dependency.getOriginClass().getPackageName())
        .anyMatch(user -> !user.equals(type.getPackageName()));
  }
}

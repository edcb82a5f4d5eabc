package io.headrace.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.List;
import java.util.Map;

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
          "io.headrace.codec.", "users and connectors choose and write codecs with it");

  private Visibility() {}

  static List<String> problems(JavaClasses classes) {
    return classes.stream()
        .filter(type -> type.isTopLevelClass() && type.getModifiers().contains(JavaModifier.PUBLIC))
        .filter(type -> !isForUsers(type) && !hasUserElsewhere(type))
        .map(
            type ->
                "%s is public without a user in another package; make it package-private, or add it to Visibility.ENTRY_POINTS"
                    .formatted(type.getName()))
        .sorted()
        .toList();
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

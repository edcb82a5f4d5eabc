package io.headrace.architecture;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which part of the project may depend on which: what is not listed is not allowed. */
final class Rooms {

  private static final String ROOT = "io.headrace.";

  /** What every room may use. */
  private static final List<String> EVERYWHERE = List.of("java", "org.jspecify");

  /** Of our own rooms and of other people's libraries, by room. */
  private static final Map<String, List<String>> ALLOWED =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("api", List.of()),
              Map.entry("codec", ours("api")),
              Map.entry("checkpoint", ours("codec", "api")),
              Map.entry("state", ours("checkpoint", "codec", "api")),
              Map.entry(
                  "engine",
                  and(ours("state", "checkpoint", "codec", "api"), "org.slf4j", "jdk.jfr")),
              Map.entry("files", and(ours("api", "codec"), "com.fasterxml.jackson")),
              Map.entry("micrometer", and(ours("api", "engine"), "io.micrometer")),
              Map.entry(
                  "flink", and(ours("api", "codec"), "com.fasterxml.jackson", "org.apache.flink")),
              Map.entry(
                  "examples",
                  and(
                      ours("api", "codec", "engine", "files"),
                      "org.slf4j",
                      "com.fasterxml.jackson")),
              Map.entry(
                  "simulation",
                  and(
                      ours("api", "codec", "checkpoint", "state", "engine", "files"),
                      "org.slf4j",
                      "com.fasterxml.jackson")),
              Map.entry(
                  "benchmarks", ours("api", "codec", "checkpoint", "state", "engine", "files"))));

  private Rooms() {}

  static List<String> strangers(JavaClasses classes) {
    TreeSet<String> problems = new TreeSet<>();
    for (JavaClass type : classes) {
      String room = room(type);
      if (ALLOWED.containsKey(room)) {
        problems.addAll(strangers(type, room));
      } else {
        problems.add(
            "%s is in no room; add the room \"%s\" to Rooms.ALLOWED with what it may depend on"
                .formatted(type.getPackageName(), room));
      }
    }
    return List.copyOf(problems);
  }

  /** Cycles between packages; each problem names the classes that close one. */
  static List<String> cycles(JavaClasses classes) {
    return slices()
        .assignedFrom(new ByPackage())
        .should()
        .beFreeOfCycles()
        .evaluate(classes)
        .getFailureReport()
        .getDetails()
        .stream()
        .map(cycle -> "Move a type so that dependencies go one way only. " + cycle)
        .toList();
  }

  private static List<String> strangers(JavaClass type, String room) {
    List<String> allowed = new ArrayList<>(EVERYWHERE);
    allowed.add(ROOT + room);
    allowed.addAll(ALLOWED.getOrDefault(room, List.of()));
    return type.getDirectDependenciesFromSelf().stream()
        .map(Dependency::getTargetClass)
        .map(JavaClass::getBaseComponentType)
        .filter(target -> !target.isPrimitive())
        .filter(target -> allowed.stream().noneMatch(parent -> isIn(target, parent)))
        .map(
            target ->
                "%s depends on %s; room \"%s\" may use %s only: move the type, or turn the call round with an interface"
                    .formatted(type.getName(), target.getName(), room, allowed))
        .toList();
  }

  private static boolean isIn(JavaClass type, String parent) {
    return (type.getPackageName() + ".").startsWith(parent + ".");
  }

  private static String room(JavaClass type) {
    String name = type.getPackageName() + ".";
    return name.startsWith(ROOT) && name.length() > ROOT.length()
        ? name.substring(ROOT.length(), name.indexOf('.', ROOT.length()))
        : name;
  }

  private static List<String> ours(String... rooms) {
    return List.of(rooms).stream().map(room -> ROOT + room).toList();
  }

  private static List<String> and(List<String> rooms, String... libraries) {
    List<String> all = new ArrayList<>(rooms);
    all.addAll(List.of(libraries));
    return List.copyOf(all);
  }

  private static final class ByPackage implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      return type.getPackageName().startsWith(ROOT)
          ? SliceIdentifier.of(type.getPackageName())
          : SliceIdentifier.ignore();
    }

    @Override
    public String getDescription() {
      return "packages";
    }
  }
}

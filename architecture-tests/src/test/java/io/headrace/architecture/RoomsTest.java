package io.headrace.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RoomsTest {

  @Test
  void everyRoomDependsOnWhatItMayOnly() {
    assertThat(Rooms.strangers(Bytecode.ofMain())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "api, codec",
    "api.plan, engine",
    "codec, checkpoint",
    "checkpoint, state",
    "state, engine",
    "engine.task, files",
    "files, engine.task",
    "engine, micrometer",
    "engine, simulation",
    "files, examples",
    "simulation, examples",
    "examples, benchmarks",
  })
  void aDependencyThatNoRoomAllowsIsFound(String from, String to) {
    JavaClasses classes = Bytecode.of(type(from, "From", to + ".To[]"), type(to, "To", "String"));

    List<String> problems = Rooms.strangers(classes);

    assertThat(problems)
        .singleElement()
        .asString()
        .startsWith("io.headrace.%s.From depends on io.headrace.%s.To;".formatted(from, to));
  }

  @Test
  void aLibraryInARoomThatMayNotUseItIsFound() {
    JavaClasses classes =
        Bytecode.of(
            "package io.headrace.api;\npublic class Tree { javax.xml.namespace.QName name; }");

    assertThat(Rooms.strangers(classes))
        .singleElement()
        .asString()
        .startsWith("io.headrace.api.Tree depends on javax.xml.namespace.QName;");
  }

  @Test
  void aPackageWithoutARoomIsFound() {
    JavaClasses classes = Bytecode.of(type("attic", "Chest", "String"));

    assertThat(Rooms.strangers(classes))
        .singleElement()
        .asString()
        .startsWith("io.headrace.attic is in no room;");
  }

  @Test
  void noPackagesDependOnEachOtherInACircle() {
    assertThat(Rooms.cycles(Bytecode.ofMain())).isEmpty();
  }

  @Test
  void aCircleOfPackagesIsFound() {
    JavaClasses classes =
        Bytecode.of(
            type("engine.task", "Chicken", "engine.graph.Egg"),
            type("engine.graph", "Egg", "engine.task.Chicken"));

    assertThat(Rooms.cycles(classes))
        .singleElement()
        .asString()
        .contains("Cycle detected", "io.headrace.engine.task.Chicken");
  }

  @Test
  void everyMainPackageOfEveryModuleIsLookedAt() {
    Set<String> written =
        Sources.main().stream()
            .filter(source -> !source.isPackageInfo() && !isOutsideTheBuild(source))
            .map(JavaSource::packageName)
            .collect(Collectors.toCollection(TreeSet::new));

    Set<String> seen =
        Bytecode.ofMain().stream()
            .map(JavaClass::getPackageName)
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(seen)
        .as("add the module of a missing package to the dependencies of architecture-tests/pom.xml")
        .containsAll(written);
  }

  /** The benchmarks bring the engines they compare with, and are built by a profile only. */
  private static boolean isOutsideTheBuild(JavaSource source) {
    return source.name().startsWith("benchmarks/");
  }

  private static String type(String room, String name, String field) {
    String type = field.equals("String") ? field : "io.headrace." + field;
    return "package io.headrace.%s;\npublic class %s { public %s field; }"
        .formatted(room, name, type);
  }
}

package io.headrace.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class PomsTest {

  /** What users do not get. */
  private static final Set<String> OWN_USE = Set.of("examples", "simulation", "architecture-tests");

  private final Path root = Repository.found().root();

  @ParameterizedTest
  @Tag("R13")
  @MethodSource("core")
  void aModuleOfTheCoreBringsNothingToUsers(String module) {
    String name = module + "/pom.xml";

    assertThat(Poms.problems(name, Repository.text(root.resolve(name)))).isEmpty();
  }

  @Test
  @Tag("R13")
  void theParentBringsNothingToUsers() {
    assertThat(Poms.problems("pom.xml", Repository.text(root.resolve("pom.xml")))).isEmpty();
  }

  @ParameterizedTest
  @Tag("R13")
  @CsvSource({
    "com.google.guava, guava, compile",
    "com.google.guava, guava, runtime",
    "com.google.guava, guava, ''",
    "org.slf4j, slf4j-simple, compile"
  })
  void anotherDependencyIsFound(String group, String artifact, String scope) {
    assertThat(Poms.problems("state/pom.xml", pom(group, artifact, scope)))
        .singleElement()
        .asString()
        .startsWith("state/pom.xml brings " + group + ":" + artifact + " to every user;");
  }

  @Test
  @Tag("S5")
  void noModuleUnpacksWithWhatReadsBeyondItsBounds() {
    for (Path pom : Repository.found().files(file -> file.endsWith("pom.xml"))) {
      assertThat(Poms.unsafe(pom.toString(), Repository.text(pom))).isEmpty();
    }
  }

  @ParameterizedTest
  @Tag("S5")
  @CsvSource({"org.lz4, lz4-java, compile", "org.iq80.snappy, snappy, test"})
  void whatUnpacksWithoutBoundsIsFound(String group, String artifact, String scope) {
    assertThat(Poms.unsafe("state/pom.xml", pom(group, artifact, scope)))
        .singleElement()
        .asString()
        .startsWith("state/pom.xml brings " + group + ":" + artifact + ", which reads beyond");
  }

  /** A dependency that users do not get. */
  private static final String FOR_TESTS =
      "(?s)<dependency>(?:(?!</dependency>).)*<scope>test</scope>\\s*</dependency>";

  @ParameterizedTest
  @Tag("S26")
  @MethodSource("released")
  void nothingOfTheSimulatorReachesUsers(String module) {
    assertThat(Repository.text(root.resolve(module + "/pom.xml")).replaceAll(FOR_TESTS, ""))
        .doesNotContain("headrace-simulation");
  }

  static Iterable<String> released() {
    return Poms.modules(Repository.text(Repository.found().root().resolve("pom.xml"))).stream()
        .filter(module -> !OWN_USE.contains(module))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "io.headrace, headrace-codec, compile",
    "org.slf4j, slf4j-api, ''",
    "org.jspecify, jspecify, ''",
    "org.slf4j, slf4j-simple, test",
  })
  void oursTheAllowedOnesAndThoseOfTestsAreFine(String group, String artifact, String scope) {
    assertThat(Poms.problems("state/pom.xml", pom(group, artifact, scope))).isEmpty();
  }

  static Iterable<String> core() {
    return Poms.CORE;
  }

  private static String pom(String group, String artifact, String scope) {
    String scoped = scope.isEmpty() ? "" : "<scope>" + scope + "</scope>";
    return """
    <project xmlns="http://maven.apache.org/POM/4.0.0">
      <dependencyManagement><dependencies><dependency>
        <groupId>other</groupId><artifactId>managed</artifactId>
      </dependency></dependencies></dependencyManagement>
      <dependencies><dependency>
        <groupId>%s</groupId><artifactId>%s</artifactId>%s
      </dependency></dependencies>
    </project>
    """
        .formatted(group, artifact, scoped);
  }
}

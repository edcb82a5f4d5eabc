package io.headrace.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class PomsTest {

  private final Path root = Repository.found().root();

  @ParameterizedTest
  @MethodSource("core")
  void aModuleOfTheCoreBringsNothingToUsers(String module) {
    String name = module + "/pom.xml";

    assertThat(Poms.problems(name, Repository.text(root.resolve(name)))).isEmpty();
  }

  @Test
  void theParentBringsNothingToUsers() {
    assertThat(Poms.problems("pom.xml", Repository.text(root.resolve("pom.xml")))).isEmpty();
  }

  @ParameterizedTest
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

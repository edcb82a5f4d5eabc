package io.headrace.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class VisibilityTest {

  private static final String EDGE = "package io.headrace.engine.task;\npublic interface Edge {}";

  @Test
  void everyPublicTypeHasAUserInAnotherPackageOrIsAnEntryPoint() {
    assertThat(Visibility.problems(Bytecode.ofMain())).isEmpty();
  }

  @Test
  void aPublicTypeThatOnlyItsPackageUsesIsFound() {
    String user = "package io.headrace.engine.task;\nfinal class Task { Edge edge; }";

    assertThat(Visibility.problems(Bytecode.of(EDGE, user)))
        .singleElement()
        .asString()
        .startsWith("io.headrace.engine.task.Edge is public without a user in another package;");
  }

  @Test
  void aUserInAnotherPackageIsAReason() {
    String user =
        "package io.headrace.engine.graph;\nfinal class Graph { io.headrace.engine.task.Edge e; }";

    assertThat(Visibility.problems(Bytecode.of(EDGE, user))).isEmpty();
  }

  @Test
  void aPublicSignatureOfATypeWithAUserIsAReason() {
    String task =
        """
        package io.headrace.engine.task;
        public final class Task {
          public java.util.List<Edge> edges() { return java.util.List.of(); }
        }
        """;
    String user =
        "package io.headrace.engine.graph;\nfinal class Graph { io.headrace.engine.task.Task t; }";

    List<String> named = Visibility.problems(Bytecode.of(EDGE, task, user));
    List<String> inside =
        Visibility.problems(Bytecode.of(EDGE, task.replace("public java", "private java"), user));

    assertThat(named).isEmpty();
    assertThat(inside).hasSize(1);
  }

  @Test
  void anEntryPointNeedsNoUser() {
    assertThat(
            Visibility.problems(
                Bytecode.of("package io.headrace.engine;\npublic final class Headrace {}")))
        .isEmpty();
  }
}

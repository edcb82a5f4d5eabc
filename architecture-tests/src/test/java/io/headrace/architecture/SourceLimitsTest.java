package io.headrace.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SourceLimitsTest {

  @Test
  void noSourceIsOverALimitWithoutAReason() {
    assertThat(Sources.all()).flatExtracting(SourceLimits::problems).isEmpty();
  }

  @Test
  void aFileOf501LinesIsFound() {
    assertThat(SourceLimits.problems(file(501)))
        .singleElement()
        .asString()
        .startsWith("Long.java has 501 lines; move a type");
    assertThat(SourceLimits.problems(file(500))).isEmpty();
  }

  @Test
  void aMethodOf51LinesIsFound() {
    assertThat(SourceLimits.problems(method(51)))
        .singleElement()
        .asString()
        .startsWith("Long.java:2: work has 51 lines; extract a step");
    assertThat(SourceLimits.problems(method(50))).isEmpty();
  }

  @Test
  void sixParametersAreFound() {
    JavaSource source =
        JavaSource.of(
            "Wide.java", "class Wide { void work(int a, int b, int c, int d, int e, int f) {} }");

    assertThat(SourceLimits.problems(source))
        .singleElement()
        .asString()
        .startsWith("Wide.java:1: work has 6 parameters; make a record");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "class Fine { void work(int a, int b, int c, int d, int e) {} }",
        "record Fine(int a, int b, int c, int d, int e, int f) { Fine { check(); } }",
        "record Fine(int a) { Fine(int a, int b, int c, int d, int e, int f) { this(a); } }",
      })
  void fiveParametersAndTheHeadersOfRecordsAreFine(String text) {
    assertThat(SourceLimits.problems(JavaSource.of("Fine.java", text))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "for (;;) { while (a) { if (b) { try { c(); } finally { d(); } } } }",
        "if (a) { if (b) { if (c) { if (d) { e(); } } } }",
        "if (a) { b(); } else { for (;;) { do { switch (c) { } } while (d); } }",
        "synchronized (this) { try { a(); } catch (E e) { if (b) { int x = switch (c) { default ->"
            + " 1; }; } } }",
      })
  void aFourthLevelIsFound(String body) {
    assertThat(SourceLimits.problems(body(body)))
        .singleElement()
        .asString()
        .startsWith("Deep.java:2 is nested 4 levels deep; return early");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "for (;;) { while (a) { if (b) { c(); } } }",
        "if (a) { b(); } else if (c) { d(); } else if (e) { f(); } else if (g) { h(); }",
        "for (;;) { while (a) { if (b) { run(() -> { if (c) { d(); } }); } } }",
        "for (;;) { while (a) { if (b) { new T() { void t() { if (c) { d(); } } }; } } }",
      })
  void aChainOfElsesIsOneLevelAndALambdaStartsAnew(String body) {
    assertThat(SourceLimits.problems(body(body))).isEmpty();
  }

  @Test
  void aReasonAboveAllowsWhatIsOverALimit() {
    String tooLong = method(51).text();

    JavaSource excused =
        JavaSource.of(
            "Long.java", tooLong.replace("void", "// Reads better as one piece: a table.\nvoid"));
    JavaSource documented =
        JavaSource.of(
            "Long.java",
            tooLong.replace(
                "void",
                "/**\n * Works.\n *\n * <p>Reads better as one piece: a table.\n */\n void"));
    JavaSource withoutReason =
        JavaSource.of("Long.java", tooLong.replace("void", "// Reads better as one piece:\nvoid"));

    assertThat(SourceLimits.problems(excused)).isEmpty();
    assertThat(SourceLimits.problems(documented)).isEmpty();
    assertThat(SourceLimits.problems(withoutReason)).hasSize(1);
  }

  private static JavaSource file(int lines) {
    return JavaSource.of("Long.java", "class Long {" + "\n".repeat(lines - 1) + "}");
  }

  private static JavaSource method(int lines) {
    return JavaSource.of(
        "Long.java", "class Long {\nvoid work() {" + "\n".repeat(lines - 1) + "}}");
  }

  private static JavaSource body(String body) {
    return JavaSource.of("Deep.java", "class Deep { void work() {\n" + body + "\n} }");
  }
}

package io.headrace.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TidinessTest {

  @Test
  void nothingIsLeftLyingInTheSources() {
    assertThat(Sources.all()).flatExtracting(Tidiness::problems).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "// TODO: later                     | is a note to oneself",
        "/* FIXME */                        | is a note to oneself",
        "/** Adds. XXX slow */              | is a note to oneself",
        "// count = count + 1;              | is code in a comment",
        "// if (count > 1) {                | is code in a comment",
        "import java.util.*;                | imports all",
        "import static java.lang.Math.*;    | imports all",
      })
  void whatLiesAboutIsFound(String line, String problem) {
    assertThat(Tidiness.problems(JavaSource.of("A.java", "package a;\n" + line + "\nclass A {}")))
        .singleElement()
        .asString()
        .startsWith("A.java:2 " + problem);
  }

  @Test
  void aTabIsFound() {
    assertThat(Tidiness.problems(JavaSource.of("A.java", "class A {\n\tint a;\n}")))
        .singleElement()
        .asString()
        .startsWith("A.java:2 holds a tab");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "String a = \"// TODO;\";",
        "String a = \"\\\"// TODO;\";",
        "char a = '\"'; // quotes \" are fine",
        "String a = \"\"\"\n  // a = \"1\";\n  /* TODO */\\\"\"\" // b;\n  \"\"\";",
        "/** {@code a = 1;} */ int a;",
      })
  void whatStandsInAStringIsNoComment(String member) {
    assertThat(Tidiness.problems(JavaSource.of("A.java", "class A {\n" + member + "\n}")))
        .isEmpty();
  }

  @Test
  void aLongTextBlockIsReadToItsEnd() {
    String block = "String a = \"\"\"\n" + "// a = 1;\n".repeat(20_000) + "\"\"\"; // TODO";

    assertThat(Tidiness.problems(JavaSource.of("A.java", "class A {\n" + block + "\n}")))
        .singleElement()
        .asString()
        .startsWith("A.java:20003 is a note to oneself");
  }
}

package io.headrace.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JavadocsTest {

  private static final String FOLDER = "state/src/main/java/io/headrace/state/";

  @Test
  void everyPublicTypeAndMethodSaysWhatItIs() {
    assertThat(Sources.main()).flatExtracting(Javadocs::missing).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "public final class A {}                                   | A",
        "/* A. */ public interface A {}                            | A",
        "/** A. */ public final class A { public void b() {} }     | b",
        "/** A. */ public final class A { public <T> T b() {} }    | b",
        "/** A. */ public interface A { void b(); }                | b",
        "/** A. */ public interface A { record B() {} }            | B",
        "/** A. */ public final class A { public A(int a) {} }     | <init>",
      })
  void aPublicTypeOrMethodThatSaysNothingIsFound(String text, String name) {
    assertThat(Javadocs.missing(JavaSource.of("api/A.java", "package a;\n" + text)))
        .singleElement()
        .asString()
        .startsWith("api/A.java:2: " + name + " is public and has no javadoc;");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "final class A { public void b() {} }",
        "/** A. */ public final class A { @Override public void b() {} private void c() {} }",
        "/** A. */ public record A(int a) { public A { } @Override public int a() { return a; } }",
        "/** A. */ public interface A { /** B. */ <T> T b(); private void c() {} }",
        "/** A. */ @Deprecated public final class A { /** B. */ @Deprecated public void b() {} }",
        "/** A. */ public interface A { /** B. */ A B = new A() { public void run() {} }; }",
      })
  void whatIsNotPublicOrOverridesNeedsNone(String text) {
    assertThat(Javadocs.missing(JavaSource.of("api/A.java", "package a;\n" + text))).isEmpty();
  }

  @Test
  void everyPackageHasAPage() {
    assertThat(Javadocs.packages(Sources.main())).isEmpty();
  }

  @Test
  void aPackageWithoutAPageIsFound() {
    JavaSource type = JavaSource.of(FOLDER + "Table.java", "class Table {}");

    assertThat(Javadocs.packages(List.of(type)))
        .singleElement()
        .asString()
        .startsWith("state/src/main/java/io/headrace/state has no package-info.java;");
  }

  @Test
  void aPageThatSaysLittleIsFound() {
    JavaSource page =
        page("/**\n * State.\n *\n * <p>In memory.\n */\n@NullMarked\npackage io.headrace.state;");

    assertThat(Javadocs.packages(List.of(page)))
        .singleElement()
        .asString()
        .startsWith(FOLDER + "package-info.java says 2 lines;");
  }

  @Test
  void aPageThatDoesNotExcludeNullIsFound() {
    JavaSource page =
        page("/**\n * State.\n * In memory.\n * One thread.\n */\npackage io.headrace.state;");

    assertThat(Javadocs.packages(List.of(page)))
        .singleElement()
        .asString()
        .startsWith(FOLDER + "package-info.java lacks @NullMarked;");
  }

  private static JavaSource page(String text) {
    return JavaSource.of(FOLDER + "package-info.java", text);
  }
}

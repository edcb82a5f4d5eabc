package io.headrace.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ShapesTest {

  @Test
  void typesFieldsAndMethodsOfMainCodeHaveTheShapeOfTheHouse() {
    assertThat(Sources.main()).flatExtracting(Shapes::problems).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "class Open {}                                              | class Open can be extended;"
            + " make it final",
        "abstract class Half {}                                     | class Half can be extended;"
            + " make it final",
        "interface Outer { class Inner {} }                         | class Inner can be extended;"
            + " make it final",
        "final class StoreImpl {}                                   | the end of the name StoreImpl"
            + " says nothing",
        "record TaskInfo() {}                                       | the end of the name TaskInfo"
            + " says nothing",
        "interface StateManager {}                                  | the end of the name"
            + " StateManager says nothing",
        "final class CheckpointUtils {}                             | the end of the name"
            + " CheckpointUtils says nothing",
        "enum KeyHelper {}                                          | the end of the name KeyHelper"
            + " says nothing",
        "final class A { static int count; }                        | static field count can"
            + " change",
        "enum A { ONE; private static int next = 1; }               | static field next can change",
        "final class A { static final Map<A, B> M = new HashMap<>(); }   | what is in static field"
            + " M can change",
        "final class A { static final ConcurrentHashMap<A, B> M = make(); }   | what is in static"
            + " field M can change",
        "final class A { static final java.util.List<A> L = new java.util.ArrayList<>(); }  | what"
            + " is in static field L can change",
        "interface A { List<A> L = new ArrayList<>(); }             | what is in static field L can"
            + " change",
        "final class A { static final AtomicLong N = new AtomicLong(); }      | what is in static"
            + " field N can change",
        "record A(int port) { int getPort() { return port; } }      | getPort() is a question",
      })
  void aShapeOfAnotherHouseIsFound(String text, String problem) {
    assertThat(Shapes.problems(JavaSource.of("A.java", "package a;\n" + text)))
        .singleElement()
        .asString()
        .startsWith("A.java:2: " + problem);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "final class A { static final int COUNT = 1; static final List<A> L = List.of(); }",
        "sealed class A permits B {} final class B extends A {}",
        "enum A { ONE(1) { void run() {} }; private final int n; A(int n) { this.n = n; } }",
        "final class A { final B b = new B() { void run() {} }; final List<A> l = new"
            + " ArrayList<>(); }",
        "final class A implements Get { @Override public int getPort() { return 1; } }",
        "interface A { int get(); int getting(); String getOr(String key); }",
        "final class A { void a() { static_(); List<A> l = new ArrayList<>(); } }",
      })
  void whatIsFinalSealedOrForcedByAnInterfaceIsFine(String text) {
    assertThat(Shapes.problems(JavaSource.of("A.java", "package a;\n" + text))).isEmpty();
  }

  @Test
  void theTwoTypesThatUsersExtendAreOpen() {
    JavaSource open =
        JavaSource.of("TypeToken.java", "package io.headrace.api; abstract class TypeToken<T> {}");

    assertThat(Shapes.problems(open)).isEmpty();
  }
}

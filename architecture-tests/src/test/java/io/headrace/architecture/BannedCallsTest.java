package io.headrace.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BannedCallsTest {

  @Test
  void mainCodeMakesNoBannedCall() {
    assertThat(BannedCalls.problems(Bytecode.ofMain())).isEmpty();
  }

  // Reads better as one piece: a table with one case a line.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "System.currentTimeMillis()                       | take the time from the"
            + " io.headrace.api.Clock",
        "System.nanoTime()                                | take the time from the"
            + " io.headrace.api.Clock",
        "java.time.Instant.now()                          | take the time from the"
            + " io.headrace.api.Clock",
        "java.time.LocalDate.now(java.time.ZoneOffset.UTC)| take the time from the"
            + " io.headrace.api.Clock",
        "java.time.Clock.systemUTC()                      | take the time from the"
            + " io.headrace.api.Clock",
        "new java.util.Date()                             | take the time from the"
            + " io.headrace.api.Clock",
        "new Thread(() -> {})                             | give the work to the host",
        "java.util.concurrent.Executors.newCachedThreadPool()   | give the work to the host",
        "java.util.concurrent.ForkJoinPool.commonPool()   | give the work to the host",
        "new java.util.Timer()                            | give the work to the host",
        "Math.random()                                    | take a seeded generator",
        "new java.util.Random(7)                          | take a seeded generator",
        "new java.util.SplittableRandom()                 | take a seeded generator",
        "java.util.concurrent.ThreadLocalRandom.current().nextInt() | take a seeded generator",
        "java.util.UUID.randomUUID()                      | number things",
        "java.util.List.of(1).parallelStream()            | use stream()",
        "java.util.stream.Stream.of(1).parallel()         | use stream()",
        "java.util.concurrent.CompletableFuture.runAsync(() -> {}) | pass the executor",
        "new java.io.ObjectInputStream(null)              | write bytes with a Codec",
        "new java.io.ObjectOutputStream(null)             | write bytes with a Codec",
        "new java.beans.XMLDecoder(System.in)             | write bytes with a Codec",
        "Class.forName(\"a.B\")                           | take the class or the object",
        "getClass().getClassLoader().loadClass(\"a.B\")   | take the class or the object",
        "java.nio.file.Path.of(\"a\").toFile()            | use java.nio.file.Path",
        "new java.io.File(\"a\")                          | use java.nio.file.Path",
        "new java.io.FileInputStream(\"a\")               | use java.nio.file.Path",
        "new java.io.FileWriter(\"a\")                    | use java.nio.file.Path",
        "System.out                                       | log with slf4j",
        "System.err                                       | log with slf4j",
        "(java.util.function.LongSupplier) System::nanoTime | take the time from the"
            + " io.headrace.api.Clock",
      })
  void aBannedExpressionIsFound(String expression, String instead) {
    JavaClasses classes = type("engine.task", "Object", "return " + expression + ";");

    assertThat(BannedCalls.problems(classes))
        .isNotEmpty()
        .allSatisfy(
            problem ->
                assertThat(problem)
                    .startsWith("io.headrace.engine.task.Busy")
                    .contains(" uses ", "; " + instead));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Thread.sleep(1);                         | return, and ask to be called again",
        "System.exit(1);                          | throw a HeadraceException",
        "Runtime.getRuntime().halt(1);            | throw a HeadraceException",
        "new Exception().printStackTrace();       | log with slf4j",
        "Runnable later = () -> System.exit(1);   | throw a HeadraceException",
      })
  void aBannedStatementIsFound(String statement, String instead) {
    JavaClasses classes = type("files", "void", statement);

    assertThat(BannedCalls.problems(classes))
        .singleElement()
        .asString()
        .contains("io.headrace.files.Busy (line ", "; " + instead);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java.time.Instant.now(java.time.Clock.fixed(java.time.Instant.EPOCH,"
            + " java.time.ZoneOffset.UTC))",
        "java.util.concurrent.CompletableFuture.runAsync(() -> {}, Runnable::run)",
        "new java.util.Date(7)",
        "String.format(\"%s\", 7).toLowerCase()",
        "Thread.currentThread()",
      })
  void whatIsGivenItsClockOrExecutorIsAllowed(String expression) {
    JavaClasses classes = type("engine.task", "Object", "return " + expression + ";");

    assertThat(BannedCalls.problems(classes)).isEmpty();
  }

  @Test
  void thePlaceThatMakesThreadsMakesThem() {
    String body = "new Thread(() -> {}).start();";

    List<String> inPlace = BannedCalls.problems(type("engine.threads", "void", body));
    List<String> elsewhere = BannedCalls.problems(type("engine.threadsafe", "void", body));

    assertThat(inPlace).isEmpty();
    assertThat(elsewhere).isNotEmpty();
  }

  private static JavaClasses type(String room, String result, String body) {
    return Bytecode.of(
        """
        package io.headrace.%s;
        public class Busy {
          %s work() throws Exception {
            %s
          }
        }
        """
            .formatted(room, result, body));
  }
}

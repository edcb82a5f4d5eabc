package io.headrace.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SharedMemoryTest {

  @Test
  void onlyReviewedClassesShareMemoryBetweenThreads() {
    assertThat(Sources.main()).flatExtracting(SharedMemory::keywords).isEmpty();
    assertThat(SharedMemory.locks(Bytecode.ofMain())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "private volatile boolean stopped;",
        "synchronized void add() {}",
        "void add() { synchronized (this) { add(); } }",
      })
  void aKeywordInAClassNobodyReviewedIsFound(String member) {
    JavaSource source =
        JavaSource.of(
            "Meter.java", "package io.headrace.engine.task; class Meter {" + member + "}");

    assertThat(SharedMemory.keywords(source))
        .singleElement()
        .asString()
        .startsWith("Meter.java:1 is ")
        .contains("keep the state on one thread");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java.util.concurrent.locks.ReentrantLock lock;",
        "java.util.concurrent.atomic.AtomicLong count;",
        "void stop() throws Exception { wait(); }",
      })
  void aLockInAClassNobodyReviewedIsFound(String member) {
    assertThat(
            SharedMemory.locks(
                Bytecode.of("package io.headrace.engine.task;\nclass Meter {" + member + "}")))
        .isNotEmpty()
        .allSatisfy(
            problem ->
                assertThat(problem)
                    .startsWith("io.headrace.engine.task.Meter")
                    .contains("keep the state on one thread"));
  }

  @Test
  void aReviewedClassMay() {
    JavaSource source =
        JavaSource.of(
            "Worker.java",
            "package io.headrace.engine.threads; class Worker { volatile boolean stopped; }");

    assertThat(SharedMemory.keywords(source)).isEmpty();
  }
}

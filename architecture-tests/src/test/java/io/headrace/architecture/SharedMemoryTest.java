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
            "Gauge.java", "package io.headrace.engine.task; class Gauge {" + member + "}");

    assertThat(SharedMemory.keywords(source))
        .singleElement()
        .asString()
        .startsWith("Gauge.java:1 is ")
        .contains("keep the state on one thread");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java.util.concurrent.locks.ReentrantLock lock;",
        "java.util.concurrent.atomic.AtomicLong count;",
        "void stop() throws Exception { wait(); }",
        "java.util.concurrent.Semaphore permits;",
        "void stop() { java.lang.invoke.VarHandle.fullFence(); }",
        "void stop(java.lang.invoke.VarHandle h) { h.setRelease(this, 1); }",
        "void stop(java.lang.invoke.VarHandle h) { h.compareAndSet(this, 1, 2); }",
      })
  void aLockInAClassNobodyReviewedIsFound(String member) {
    assertThat(
            SharedMemory.locks(
                Bytecode.of("package io.headrace.engine.task;\nclass Gauge {" + member + "}")))
        .isNotEmpty()
        .allSatisfy(
            problem ->
                assertThat(problem)
                    .startsWith("io.headrace.engine.task.Gauge")
                    .contains("keep the state on one thread"));
  }

  @Test
  void aHandleThatReadsNumbersOutOfBytesIsFine() {
    String member = "long read(java.lang.invoke.VarHandle h) { return (long) h.get(this, 1); }";

    assertThat(
            SharedMemory.locks(
                Bytecode.of("package io.headrace.engine.task;\nclass Gauge {" + member + "}")))
        .isEmpty();
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

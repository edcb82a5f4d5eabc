package io.headrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.ConnectorContext;
import io.headrace.api.Job;
import io.headrace.api.MapFunction;
import io.headrace.api.RestartStrategy;
import io.headrace.api.Settings;
import io.headrace.api.SourceOutput;
import io.headrace.api.SourceReader;
import io.headrace.api.connector.CollectingSink;
import io.headrace.api.connector.Sinks;
import io.headrace.api.connector.Sources;
import io.headrace.api.plan.Plan;
import io.headrace.engine.coordinator.Outcome;
import io.headrace.engine.graph.Graph;
import io.headrace.engine.graph.Vertex;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Operators that say that they block. */
@Timeout(60)
class BlockingTest {

  @TempDir Path directory;

  private static Job mapped(
      long count, MapFunction<Long, Long> function, CollectingSink<Long> sink) {
    return pipeline ->
        pipeline
            .source("numbers", Sources.generate(Long.class, count, index -> index).splits(2))
            .filter(number -> number >= 0)
            .map(function)
            .as(Long.class)
            .blocking()
            .filter(number -> number >= 0)
            .sink("out", sink);
  }

  private Settings settings() {
    return Settings.in(directory)
        .parallelism(2)
        .workers(1)
        .checkpointInterval(Duration.ofMillis(5))
        .withRestarts(RestartStrategy.fixedDelay(100, Duration.ofMillis(1)));
  }

  @Test
  @Tag("R21")
  void anOperatorThatBlocksIsNotFusedWithItsNeighbours() {
    Plan plan = Plan.of(mapped(1, number -> number, Sinks.collect()));

    assertThat(Graph.of(plan, 2).vertices().stream().map(Vertex::name))
        .containsExactly("numbers -> filter-1", "map-2", "filter-3 -> out");
    assertThat(Graph.of(plan, 2).vertices().stream().map(Vertex::isBlocking))
        .containsExactly(false, true, false);
  }

  @Test
  @Tag("R21")
  void eachTaskThatBlocksHasAThreadOfItsOwn() {
    CollectingSink<Long> sink = Sinks.collect();
    Set<String> threads = ConcurrentHashMap.newKeySet();
    CountDownLatch both = new CountDownLatch(2);
    Job job =
        mapped(
            10_000,
            number -> {
              if (threads.add(Thread.currentThread().getName())) {
                both.countDown();
                both.await();
              }
              return number;
            },
            sink);

    Headrace.run(job, settings());

    assertThat(threads).containsExactlyInAnyOrder("headrace-job-map-2-0", "headrace-job-map-2-1");
    assertThat(sink.values()).hasSize(10_000).doesNotHaveDuplicates();
  }

  @Test
  @Tag("FAULT-21")
  void whatBlocksIsInterruptedWhenTheRunIsCancelled() throws InterruptedException {
    CountDownLatch isIn = new CountDownLatch(1);
    AtomicBoolean wasInterrupted = new AtomicBoolean();
    Job job =
        mapped(
            1_000,
            number -> {
              isIn.countDown();
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException interrupted) {
                wasInterrupted.set(true);
                throw interrupted;
              }
              return number;
            },
            Sinks.collect());

    Run run = Headrace.start(job, settings());
    isIn.await();
    run.close();

    assertThat(wasInterrupted).isTrue();
    assertThat(run.await()).isEqualTo(Outcome.Kind.CANCELLED);
    assertThat(run.status().lastFailure()).isEmpty();
    assertThat(run.status().restarts()).isZero();
  }

  @Test
  @Tag("FAULT-21")
  void whatIsInterruptedByAFailureElsewhereIsDoneAgain() {
    CollectingSink<Long> sink = Sinks.collect();
    AtomicInteger failures = new AtomicInteger();
    CountDownLatch isIn = new CountDownLatch(1);
    Job job =
        pipeline -> {
          var numbers = pipeline.source("numbers", Sources.generate(Long.class, 1_000, i -> i));
          numbers
              .map(
                  number -> {
                    if (failures.get() == 0) {
                      isIn.countDown();
                      new CountDownLatch(1).await();
                    }
                    return number;
                  })
              .as(Long.class)
              .blocking()
              .sink("out", sink);
          numbers
              .map(
                  number -> {
                    isIn.await();
                    if (failures.getAndIncrement() == 0) {
                      throw new IllegalStateException("once");
                    }
                    return number;
                  })
              .as(Long.class)
              .blocking()
              .sink("other", Sinks.collect());
        };

    try (Run run = Headrace.start(job, settings())) {
      run.await();

      assertThat(run.status().restarts()).isEqualTo(1);
      assertThat(run.status().lastFailure().orElseThrow()).hasMessageContaining("once");
    }
    assertThat(sink.values()).hasSize(1_000).doesNotHaveDuplicates();
  }

  @Test
  @Tag("R29")
  void theThreadsOfAnAttemptEndWithIt() {
    AtomicInteger attempts = new AtomicInteger();
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    Job job =
        mapped(
            10,
            number -> {
              threads.add(Thread.currentThread());
              // Each time another value, so that none counts as poisonous.
              if (number == attempts.get() % 10 && attempts.incrementAndGet() < 20) {
                throw new IllegalStateException("again");
              }
              return number;
            },
            Sinks.collect());

    AtomicInteger most = new AtomicInteger();
    try (Run run =
        Headrace.start(
            job,
            settings().parallelism(1),
            state -> most.accumulateAndGet(alive(threads), Math::max))) {
      run.await();
    }

    assertThat(threads.size()).isGreaterThanOrEqualTo(20);
    assertThat(most.get()).isLessThanOrEqualTo(2);
    assertThat(alive(threads)).isZero();
  }

  private static int alive(Set<Thread> threads) {
    return (int) threads.stream().filter(Thread::isAlive).count();
  }

  @Test
  @Tag("R21")
  void aSourceThatWaitsForValuesKeepsNobodyWaiting() throws InterruptedException {
    CollectingSink<Long> out = Sinks.collect();
    Queued source = new Queued();
    Job job =
        pipeline -> {
          pipeline.source("queue", source).sink("queued", Sinks.collect());
          pipeline
              .source("numbers", Sources.generate(Long.class, 100_000, index -> index))
              .sink("out", out);
        };

    Run run = Headrace.start(job, settings());
    while (out.values().isEmpty()) {
      source.queue.put(1L);
      LockSupport.parkNanos(1_000);
    }
    run.close();

    assertThat(source.thread).startsWith("headrace-job-queue-");
    assertThat(source.isOpen).isFalse();
  }

  /** Waits for values that somebody puts in a queue. */
  private static final class Queued implements Numbers, SourceReader<Long, Long> {

    private final BlockingQueue<Long> queue = new LinkedBlockingQueue<>();
    private volatile String thread = "";
    private volatile boolean isOpen;
    private long position;

    @Override
    public boolean isBlocking() {
      return true;
    }

    @Override
    public SourceReader<Long, Long> open(String split, Long start, ConnectorContext context) {
      isOpen = true;
      position = start;
      return this;
    }

    @Override
    public Poll poll(SourceOutput<Long> out) throws InterruptedException {
      thread = Thread.currentThread().getName();
      Long value = queue.poll(20, TimeUnit.MILLISECONDS);
      if (value != null) {
        position++;
        out.emit(value);
      }
      return Poll.LATER;
    }

    @Override
    public Long position() {
      return position;
    }

    @Override
    public void close() {
      isOpen = false;
    }
  }
}

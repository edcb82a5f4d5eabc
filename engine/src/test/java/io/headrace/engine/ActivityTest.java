package io.headrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.Job;
import io.headrace.api.Settings;
import io.headrace.api.connector.Sinks;
import io.headrace.api.connector.Sources;
import io.headrace.engine.coordinator.TaskStatus;
import io.headrace.engine.task.Activity;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ActivityTest {

  private static final long PLENTY = 10_000_000;
  private static final Settings ONE_EACH = Settings.ephemeral().parallelism(1).workers(2);

  /** The source and, behind an exchange, the sums, each in a task and on a worker of its own. */
  private static Job job(long events, CountDownLatch gate) {
    return pipeline ->
        pipeline
            .source("numbers", Sources.generate(Long.class, events, index -> index))
            .keyBy(number -> number % 10)
            .aggregate(
                "sums",
                Long.class,
                0L,
                (sum, number) -> {
                  gate.await();
                  return sum + number;
                })
            .filter(sum -> false)
            .sink("out", Sinks.print());
  }

  private static List<Activity> activities(Run run) {
    return run.status().tasks().stream().map(TaskStatus::activity).toList();
  }

  private static void await(Run run, Activity source, Activity sums) {
    while (!activities(run).equals(List.of(source, sums))) {
      assertThat(Thread.interrupted()).as("gave up at %s", activities(run)).isFalse();
      LockSupport.parkNanos(1_000);
    }
  }

  @Test
  void aSourceInFrontOfATaskThatHangsIsBackpressured() {
    CountDownLatch gate = new CountDownLatch(1);

    try (Run run = Headrace.start(job(PLENTY, gate), ONE_EACH)) {
      await(run, Activity.BACKPRESSURED, Activity.WORKING);

      assertThat(run.status().records()).isBetween(1L, PLENTY / 10);
      gate.countDown();
      run.cancel();
    }
  }
}

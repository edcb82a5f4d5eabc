package io.headrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.Job;
import io.headrace.api.Settings;
import io.headrace.api.connector.Sinks;
import io.headrace.api.connector.Sources;
import io.headrace.engine.coordinator.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What others want to be done when a run is over. */
@Tag("R21")
@Timeout(60)
class WhenEndedTest {

  private final List<String> done = new CopyOnWriteArrayList<>();

  private static Run start(long count) {
    Job job =
        pipeline ->
            pipeline
                .source("numbers", Sources.generate(Long.class, count, index -> index))
                .filter(number -> false)
                .sink("out", Sinks.collect());
    return Headrace.start(job, Settings.ephemeral());
  }

  @Test
  void itIsDoneWhenTheEndWasWaitedForAndNotBefore() {
    Run run = start(Long.MAX_VALUE);
    run.whenEnded(() -> done.add("ended"));
    assertThat(done).isEmpty();

    run.close();

    assertThat(done).containsExactly("ended");
  }

  @Test
  void theEndCanBeWaitedForLongerThanALongHasNanoseconds() {
    Run run = start(10);

    assertThat(run.await(Duration.ofSeconds(Long.MAX_VALUE))).isTrue();
    run.close();
  }

  @Test
  void itIsDoneAtOnceWhenTheRunIsOver() {
    Run run = start(10);
    run.await();
    run.whenEnded(() -> done.add("ended"));

    assertThat(done).containsExactly("ended");
  }

  @Test
  void whatItThrowsChangesNothing() {
    Run run = start(Long.MAX_VALUE);
    run.whenEnded(() -> done.add("first"));
    run.whenEnded(
        () -> {
          throw new IllegalStateException("of somebody else");
        });
    run.whenEnded(() -> done.add("last"));

    assertThat(run.stop()).isEqualTo(Outcome.Kind.STOPPED);
    assertThat(done).containsExactlyInAnyOrder("first", "last");
  }
}

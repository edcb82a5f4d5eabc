package io.headrace.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.engine.coordinator.RunPhase;
import io.headrace.engine.coordinator.RunState;
import io.headrace.engine.coordinator.RunStatus;
import io.micrometer.core.instrument.MockClock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R22")
class LastSampleTest {

  private final MockClock clock = new MockClock();
  private final AtomicInteger looks = new AtomicInteger();
  private final LastSample last =
      new LastSample(
          () -> {
            looks.incrementAndGet();
            return status();
          },
          clock);

  private static RunStatus status() {
    return new RunStatus(
        RunPhase.RUNNING,
        new RunState.Running(),
        true,
        1,
        Optional.empty(),
        List.of(),
        new RunStatus.StateMemory(1, 2),
        List.of(),
        0,
        0,
        0,
        Optional.empty());
  }

  @Test
  void allThatIsReadWithinAMomentIsOfOneLook() {
    Sample first = last.now();
    clock.add(LastSample.KEPT);

    assertThat(last.now()).isSameAs(first);
    assertThat(looks).hasValue(1);
  }

  @Test
  void afterAMomentTheRunIsLookedAtAgain() {
    Sample first = last.now();
    clock.add(LastSample.KEPT.plusNanos(1));

    assertThat(last.now()).isNotSameAs(first);
    assertThat(looks).hasValue(2);
  }

  @Test
  void whatIsSaidOfTheLastCheckpointIsNotANumberBeforeThereIsOne() {
    Sample sample = Sample.of(status(), Instant.EPOCH);

    assertThat(Catalogue.OF_JOB)
        .filteredOn(measure -> measure.name().contains(".last."))
        .isNotEmpty()
        .allSatisfy(measure -> assertThat(measure.value().applyAsDouble(sample)).isNaN());
  }
}

package io.headrace.engine.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.engine.task.TaskSnapshot;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("AB-17")
class PhaseClockTest {

  private static final long START = -1_000;

  private final PhaseClock clock = new PhaseClock(START);

  private static Duration nanos(long nanos) {
    return Duration.ofNanos(nanos);
  }

  private static TaskSnapshot.Timing timing(
      long firstBarrier, long alignment, long setAside, long write) {
    return new TaskSnapshot.Timing(
        START + firstBarrier, nanos(alignment), nanos(setAside), nanos(write));
  }

  @Test
  void eachPhaseOfTheTasksIsThatOfTheOneWhereItTookLongest() {
    clock.slowest(timing(1, 20, 3, 40));
    clock.slowest(timing(10, 2, 3, 4));
    clock.slowest(timing(1, 2, 30, 4));
    clock.slowest(timing(1, 2, 3, 4));

    assertThat(clock.phases(START + 100))
        .isEqualTo(
            new CheckpointStatus.Phases(
                nanos(10), nanos(20), nanos(30), nanos(40), Duration.ZERO, Duration.ZERO));
  }

  @Test
  void publishingEndsWhereCommittingBegins() {
    clock.entered(CheckpointPhase.COLLECTING, START + 1);
    clock.entered(CheckpointPhase.COMPLETING, START + 10);
    clock.published(START + 17);

    CheckpointStatus.Phases phases = clock.phases(START + 30);

    assertThat(phases.publish()).isEqualTo(nanos(7));
    assertThat(phases.commit()).isEqualTo(nanos(13));
  }

  @Test
  void whatWasNotReachedTookNoTime() {
    clock.entered(CheckpointPhase.COMPLETING, START + 10);

    CheckpointStatus.Phases phases = clock.phases(START + 12);

    assertThat(phases.startDelay()).isZero();
    assertThat(phases.publish()).isEqualTo(nanos(2));
    assertThat(phases.commit()).isZero();
  }
}

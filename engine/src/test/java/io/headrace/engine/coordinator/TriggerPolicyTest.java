package io.headrace.engine.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.CheckpointSettings;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TriggerPolicyTest {

  private static final long MILLI = 1_000_000;
  private static final OptionalLong NEVER = OptionalLong.empty();

  private final TriggerPolicy policy =
      new TriggerPolicy(
          CheckpointSettings.defaults()
              .interval(Duration.ofMillis(100))
              .minPause(Duration.ofMillis(30)));

  @Test
  void theIntervalCountsFromStartToStart() {
    assertThat(policy.isDue(99 * MILLI, true, false, 0, NEVER)).isFalse();
    assertThat(policy.isDue(100 * MILLI, true, false, 0, NEVER)).isTrue();
    assertThat(policy.isDue(100 * MILLI, true, false, 0, OptionalLong.of(70 * MILLI))).isTrue();
  }

  @Test
  void thePauseCountsFromEndToStart() {
    assertThat(policy.isDue(100 * MILLI, true, false, 0, OptionalLong.of(71 * MILLI))).isFalse();
    assertThat(policy.isDue(101 * MILLI, true, false, 0, OptionalLong.of(71 * MILLI))).isTrue();
  }

  @Test
  void noneIsTriggeredWhileThereIsNoRoom() {
    assertThat(policy.isDue(1_000 * MILLI, false, true, 0, NEVER)).isFalse();
  }

  @Test
  void oneThatIsWantedWaitsForNothingElse() {
    assertThat(policy.isDue(0, true, true, 0, OptionalLong.of(0))).isTrue();
  }

  @Test
  void aClockThatOverflowsChangesNothing() {
    long start = Long.MAX_VALUE - 50 * MILLI;

    assertThat(policy.isDue(start + 99 * MILLI, true, false, start, NEVER)).isFalse();
    assertThat(policy.isDue(start + 100 * MILLI, true, false, start, NEVER)).isTrue();
  }
}

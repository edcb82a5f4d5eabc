package io.headrace.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("RE-4")
class RestartStrategyTest {

  @Test
  void theDefaultIsTheExponentialDelayOfFlink() {
    assertThat(Settings.defaults().restarts())
        .isEqualTo(
            new RestartStrategy.ExponentialDelay(
                Duration.ofSeconds(1),
                Duration.ofMinutes(1),
                1.5,
                0.1,
                Duration.ofHours(1),
                Integer.MAX_VALUE));
  }

  @Test
  void everyProblemOfAStrategyIsToldAtOnce() {
    Duration second = Duration.ofSeconds(1);
    Duration less = Duration.ofSeconds(-1);

    assertThatThrownBy(() -> new RestartStrategy.ExponentialDelay(second, less, 0.9, 1.1, less, -1))
        .isInstanceOf(HeadraceException.class)
        .hasMessageContaining("restart maxBackoff must be at least 1 s, but is -1 s")
        .hasMessageContaining("restart backoffMultiplier must be at least 1, but is 0.9")
        .hasMessageContaining("restart jitterFactor must be from 0 to 1, but is 1.1")
        .hasMessageContaining("restart resetBackoffThreshold must be at least 0 ms")
        .hasMessageContaining("restart attempts must be at least 0, but is -1");
    assertThatThrownBy(() -> RestartStrategy.fixedDelay(-1, less))
        .hasMessageContaining("restart attempts must be at least 0, but is -1")
        .hasMessageContaining("restart delay must be at least 0 ms, but is -1 s");
    assertThatThrownBy(() -> RestartStrategy.failureRate(0, Duration.ZERO, less))
        .hasMessageContaining("restart maxFailuresPerInterval must be at least 1, but is 0")
        .hasMessageContaining("restart interval must be at least 1 ms, but is 0 ms")
        .hasMessageContaining("restart delay must be at least 0 ms, but is -1 s");
  }

  @Test
  void numbersThatAreNoneAreRefused() {
    Duration none = Duration.ZERO;

    assertThatThrownBy(
            () -> new RestartStrategy.ExponentialDelay(none, none, Double.NaN, Double.NaN, none, 1))
        .hasMessageContaining("backoffMultiplier must be at least 1, but is NaN")
        .hasMessageContaining("jitterFactor must be from 0 to 1, but is NaN");
  }
}

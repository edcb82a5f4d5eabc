package io.headrace.engine.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RestartPolicyTest {

  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Settings.Restarts SETTINGS =
      new Settings.Restarts(
          Duration.ofMillis(100), Duration.ofMillis(900), 2, Duration.ofMinutes(1), 5);
  private final Exception cause = new IllegalStateException("of the user");

  @Test
  void delaysGrowUpToTheLongestAndEndAfterTheLastAttempt() {
    RestartPolicy policy = new RestartPolicy(0, SETTINGS);
    List<Optional<Duration>> delays = new ArrayList<>();
    for (int failure = 0; failure < 6; failure++) {
      policy = policy.afterFailure(SOON);
      delays.add(policy.delay(cause));
    }

    assertThat(delays)
        .containsExactly(
            Optional.of(Duration.ofMillis(100)),
            Optional.of(Duration.ofMillis(200)),
            Optional.of(Duration.ofMillis(400)),
            Optional.of(Duration.ofMillis(800)),
            Optional.of(Duration.ofMillis(900)),
            Optional.empty());
  }

  @Test
  void afterALongTimeWithoutAFailureTheFirstDelayComesAgain() {
    RestartPolicy policy = new RestartPolicy(4, SETTINGS);

    assertThat(policy.afterFailure(Duration.ofMinutes(2)).delay(cause))
        .contains(Duration.ofMillis(100));
    assertThat(policy.afterFailure(Duration.ofSeconds(59)).delay(cause))
        .contains(Duration.ofMillis(900));
  }

  @Test
  void withoutRestartsTheFirstFailureIsTheLast() {
    RestartPolicy policy = new RestartPolicy(0, Settings.Restarts.none());

    assertThat(policy.afterFailure(SOON).delay(cause)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = ErrorCode.class,
      names = {"INPUT_REFUSED", "CHECKPOINT_DAMAGED", "STATE_LIMIT_REACHED", "INTERNAL"})
  void whatStartingAgainDoesNotSolveIsFinal(ErrorCode code) {
    RestartPolicy policy = new RestartPolicy(0, SETTINGS).afterFailure(SOON);

    assertThat(policy.delay(new HeadraceException(code, "It is so."))).isEmpty();
    assertThat(policy.delay(new AssertionError("a mistake"))).isEmpty();
  }

  @Test
  void manyFailuresDoNotOverflowTheDelay() {
    RestartPolicy policy = new RestartPolicy(1_000_000, Settings.Restarts.defaults());

    assertThat(policy.delay(cause)).contains(Duration.ofMinutes(1));
  }
}

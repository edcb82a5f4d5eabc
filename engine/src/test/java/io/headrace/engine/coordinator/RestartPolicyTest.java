package io.headrace.engine.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.RestartStrategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("RE-4")
class RestartPolicyTest {

  private static final double MIDDLE = 0.5;
  private final Exception cause = new IllegalStateException("of the user");

  private static RestartStrategy exponential(int attempts) {
    return new RestartStrategy.ExponentialDelay(
        millis(100), millis(900), 2, 0.1, Duration.ofMinutes(1), attempts);
  }

  private static Duration millis(double millis) {
    return Duration.ofNanos((long) (millis * 1_000_000));
  }

  /** A failure at a second of the run, after an attempt of that many. */
  private static RestartPolicy.Failure failure(long second, long ran) {
    return new RestartPolicy.Failure(second * 1_000_000_000, Duration.ofSeconds(ran));
  }

  /** A strategy, the seconds at which the job fails, and the delays in milliseconds that follow. */
  static Stream<Arguments> runs() {
    RestartStrategy rate =
        RestartStrategy.failureRate(2, Duration.ofSeconds(10), Duration.ofMillis(7));
    return Stream.of(
        Arguments.of(RestartStrategy.none(), List.of(1L), List.of("never")),
        Arguments.of(RestartStrategy.fixedDelay(), List.of(1L, 900_000L), List.of("1000", "never")),
        Arguments.of(
            RestartStrategy.fixedDelay(2, Duration.ofMillis(7)),
            List.of(1L, 2L, 900_000L),
            List.of("7", "7", "never")),
        Arguments.of(
            RestartStrategy.fixedDelay(0, Duration.ofMillis(7)), List.of(1L), List.of("never")),
        Arguments.of(RestartStrategy.failureRate(), List.of(1L, 60L), List.of("1000", "never")),
        Arguments.of(RestartStrategy.failureRate(), List.of(1L, 61L), List.of("1000", "1000")),
        Arguments.of(rate, List.of(1L, 9L, 11L, 19L, 20L), List.of("7", "7", "7", "7", "never")),
        Arguments.of(
            exponential(5),
            List.of(1L, 2L, 3L, 4L, 5L, 6L),
            List.of("105", "200", "400", "800", "855", "never")),
        Arguments.of(
            exponential(1), List.of(1L, 61L, 121L, 180L), List.of("105", "105", "105", "never")));
  }

  @ParameterizedTest
  @MethodSource("runs")
  void eachStrategyHasItsDelays(
      RestartStrategy strategy, List<Long> failures, List<String> delays) {
    RestartPolicy policy = RestartPolicy.of(strategy);
    List<String> found = new ArrayList<>();
    long before = 0;
    for (long second : failures) {
      policy = policy.after(failure(second, second - before));
      before = second;
      found.add(policy.delay(cause, MIDDLE).map(delay -> "" + delay.toMillis()).orElse("never"));
    }

    assertThat(found).isEqualTo(delays);
  }

  @Test
  void chanceAddsAndTakesAwayAPartOfTheDelayBetweenShortestAndLongest() {
    RestartPolicy first = RestartPolicy.of(exponential(9)).after(failure(1, 1));
    RestartPolicy second = first.after(failure(2, 1));
    RestartPolicy fifth = second.after(failure(3, 1)).after(failure(4, 1)).after(failure(5, 1));

    assertThat(first.delay(0)).contains(millis(100));
    assertThat(first.delay(1)).contains(millis(110));
    assertThat(second.delay(0)).contains(millis(180));
    assertThat(second.delay(1)).contains(millis(220));
    assertThat(fifth.delay(0)).contains(millis(810));
    assertThat(fifth.delay(1)).contains(millis(900));
  }

  @ParameterizedTest
  @EnumSource(
      value = ErrorCode.class,
      names = {"INPUT_REFUSED", "CHECKPOINT_DAMAGED", "STATE_LIMIT_REACHED", "INTERNAL"})
  void whatStartingAgainDoesNotSolveIsFinal(ErrorCode code) {
    RestartPolicy policy = RestartPolicy.of(exponential(5)).after(failure(1, 1));

    assertThat(policy.delay(new HeadraceException(code, "It is so."), MIDDLE)).isEmpty();
    assertThat(policy.delay(new AssertionError("a mistake"), MIDDLE)).isEmpty();
  }

  @Test
  void theDefaultGoesOnForEverAndManyFailuresDoNotOverflowItsDelay() {
    RestartPolicy policy =
        new RestartPolicy.ExponentialDelay(
            (RestartStrategy.ExponentialDelay) RestartStrategy.exponentialDelay(), 1_000_000);

    assertThat(policy.delay(cause, 1)).contains(Duration.ofMinutes(1));
    assertThat(policy.after(failure(0, 3_600)).delay(cause, 0)).contains(Duration.ofSeconds(1));
    assertThat(policy.after(failure(0, 3_599)).delay(cause, 1))
        .isEqualTo(Optional.of(Duration.ofMinutes(1)));
  }
}

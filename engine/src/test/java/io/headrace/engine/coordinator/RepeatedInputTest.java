package io.headrace.engine.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.ErrorCode;
import io.headrace.engine.task.InputFailure;
import io.headrace.engine.task.InputFailures;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("N15")
@Tag("R14")
final class RepeatedInputTest {

  private static final Duration REACH = Duration.ofSeconds(2);
  private final InputFailure seven = InputFailures.on("value 7");
  private final InputFailure eight = InputFailures.on("value 8");

  private static RepeatedInput after(List<? extends Throwable> failures) {
    return after(RepeatedInput.NONE, failures);
  }

  private static RepeatedInput after(RepeatedInput before, List<? extends Throwable> failures) {
    RepeatedInput seen = before;
    for (Throwable failure : failures) {
      seen = seen.after(failure, REACH);
    }
    return seen;
  }

  @Test
  void threeRestartsThatFailOnTheSameValueAreEnough() {
    assertThat(after(List.of(seven, seven, seven)).end(seven)).isEmpty();
    assertThat(after(List.of(seven, seven, seven, seven)).end(seven))
        .hasValueSatisfying(
            end -> {
              assertThat(end.code()).isEqualTo(ErrorCode.POISONOUS_INPUT);
              assertThat(end)
                  .hasMessageStartingWith("It failed on value 7. The job stops, since 4");
            });
  }

  @Test
  void valuesThatTakeTurnsAreCountedEach() {
    RepeatedInput seen = after(List.of(seven, eight, seven, eight, eight, seven));

    assertThat(seen.end(seven)).isEmpty();
    assertThat(seen.after(eight, REACH).end(eight)).isPresent();
    assertThat(seen.after(seven, REACH).end(seven)).isPresent();
  }

  @Test
  void aFailureThatIsNoValuesFaultChangesNothing() {
    Throwable other = new IllegalStateException("a connection was lost");

    assertThat(after(List.of(seven, seven, other, seven, seven)).end(seven)).isPresent();
    assertThat(after(List.of(other, other, other, other)).end(other)).isEmpty();
    assertThat(after(List.of(seven, seven, seven, seven)).end(other)).isEmpty();
  }

  @Test
  void aValueThatACheckpointMustHavePassedIsForgotten() {
    Duration beyond = REACH.plus(RepeatedInput.MARGIN).plusNanos(1);
    RepeatedInput seen = after(List.of(seven, seven, seven)).afterCheckpoint(beyond);

    assertThat(after(seen, List.of(seven, seven, seven)).end(seven)).isEmpty();
    assertThat(after(seen, List.of(seven, seven, seven, seven)).end(seven)).isPresent();
  }

  @Test
  void aCheckpointThatMayBeOneBeforeTheValueForgetsNothing() {
    Duration before = REACH.plus(RepeatedInput.MARGIN);
    RepeatedInput seen =
        after(List.of(seven))
            .after(seven, Duration.ZERO)
            .after(seven, Duration.ZERO)
            .afterCheckpoint(before);

    assertThat(seen.after(seven, Duration.ZERO).end(seven)).isPresent();
  }

  @Test
  void ofMoreValuesThanAreKeptTheOldestIsForgotten() {
    RepeatedInput seen = after(List.of(seven, seven, eight, eight, eight, seven));
    for (int i = 1; i < RepeatedInput.MOST_INPUTS; i++) {
      seen = seen.after(InputFailures.on("another value " + i), REACH);
    }

    assertThat(seen.inputs()).hasSize(RepeatedInput.MOST_INPUTS);
    assertThat(seen.after(eight, REACH).end(eight)).isEmpty();
    assertThat(seen.after(seven, REACH).end(seven)).isPresent();
  }
}

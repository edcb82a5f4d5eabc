package io.headrace.engine.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.ErrorCode;
import io.headrace.engine.task.InputFailures;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("N15")
final class RepeatedInputTest {

  private static RepeatedInput after(List<? extends Throwable> failures) {
    RepeatedInput seen = RepeatedInput.NONE;
    for (Throwable failure : failures) {
      seen = seen.after(failure);
    }
    return seen;
  }

  @Test
  void threeRestartsThatFailOnTheSameValueAreEnough() {
    Throwable failure = InputFailures.on("value 7");

    RepeatedInput seen = after(List.of(failure, failure, failure, failure));

    assertThat(seen.end(failure))
        .hasValueSatisfying(
            end -> {
              assertThat(end.code()).isEqualTo(ErrorCode.POISONOUS_INPUT);
              assertThat(end).hasMessageContaining("value 7").hasCause(failure);
            });
  }

  @Test
  void twoRestartsAreNotEnough() {
    Throwable failure = InputFailures.on("value 7");

    assertThat(after(List.of(failure, failure, failure)).end(failure)).isEmpty();
  }

  @Test
  void anotherValueBeginsTheCountAnew() {
    Throwable seven = InputFailures.on("value 7");
    Throwable eight = InputFailures.on("value 8");

    assertThat(after(List.of(seven, seven, seven, eight, seven)).end(seven)).isEmpty();
    assertThat(after(List.of(eight, seven, seven, seven, seven)).end(seven)).isPresent();
  }

  @Test
  void aFailureThatIsNoValuesFaultBeginsTheCountAnew() {
    Throwable seven = InputFailures.on("value 7");
    Throwable other = new IllegalStateException("a connection was lost");

    assertThat(after(List.of(seven, seven, seven, other, seven)).end(seven)).isEmpty();
    assertThat(after(List.of(other, other, other, other)).end(other)).isEmpty();
  }
}

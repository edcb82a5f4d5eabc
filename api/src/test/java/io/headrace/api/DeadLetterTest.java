package io.headrace.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The stack that dead letters tell. */
@Tag("R14")
final class DeadLetterTest {

  private static final StackTraceElement FRAME =
      new StackTraceElement("a.Orders", "price", "Orders.java", 7);

  private static Exception failure(String message, int frames, Throwable... cause) {
    Exception failure = new Exception(message, cause.length == 0 ? null : cause[0]);
    StackTraceElement[] stack = new StackTraceElement[frames];
    Arrays.fill(stack, FRAME);
    failure.setStackTrace(stack);
    return failure;
  }

  @Test
  void aStackIsFollowedByThoseOfTheCauses() {
    Exception failure = failure("no price", 2, failure("no rate", 1));

    assertThat(DeadLetter.stackOf(failure))
        .isEqualTo(
            "at a.Orders.price(Orders.java:7)\nat a.Orders.price(Orders.java:7)\n"
                + "Caused by: java.lang.Exception: no rate\nat a.Orders.price(Orders.java:7)");
  }

  @Test
  void aStackIsCutBehindAFrame() {
    String stack = DeadLetter.stackOf(failure("deep", 1_000, failure("deeper", 1_000)));

    assertThat(stack).hasSizeBetween(4_000, 4_096).endsWith("\nat a.Orders.price(Orders.java:7)");
  }

  @Test
  void causesThatCauseEachOtherAndLongMessagesHaveAnEnd() {
    Exception one = new Exception("one");
    Exception other = failure("other", 1, one);
    one.initCause(other);
    Exception wordy = failure("", 0, failure("x".repeat(10_000), 1));

    assertThat(DeadLetter.stackOf(one)).hasSizeBetween(4_000, 4_096);
    assertThat(DeadLetter.stackOf(wordy)).hasSize(4_096);
  }

  @Test
  void aFailureWithoutAStackHasNone() {
    assertThat(DeadLetter.stackOf(failure("fast", 0))).isEmpty();
  }
}

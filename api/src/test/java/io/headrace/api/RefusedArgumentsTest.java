package io.headrace.api;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.headrace.api.connector.DurableFiles;
import io.headrace.api.connector.GeneratedSource;
import io.headrace.api.connector.Sources;
import io.headrace.api.plan.Plan;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the builders of a job refuse at once. */
@Tag("R30")
final class RefusedArgumentsTest {

  private static final GeneratedSource<Long> NUMBERS = numbers(10);

  private static GeneratedSource<Long> numbers(long count) {
    return Sources.generate(Long.class, count, index -> index);
  }

  private static KeyedStream<Long, Long> keyed(Pipeline pipeline) {
    return pipeline.source("numbers", NUMBERS).keyBy(number -> number);
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        refused("at more than 0 values a second, not at 0.0", () -> Sources.paced(NUMBERS, 0)),
        refused("0 values or more in 1 split or more, not -1 in 1", () -> numbers(-1)),
        refused("0 values or more in 1 split or more, not 10 in 0", () -> NUMBERS.splits(0)),
        refused("a name that is blank", () -> OperatorState.union(" ", Long.class)),
        refused("Checkpoint ids start at 1, but this one is 0", () -> new CheckpointId(0)),
        refused("with its type spelled out", RefusedArgumentsTest::tokenOfNothing),
        refused("/ is in no directory", () -> DurableFiles.parent(Path.of("/"))),
        refused(
            "connect only streams of one pipeline",
            () -> Plan.of(pipeline -> Plan.of(other -> keyed(pipeline).connect(keyed(other))))));
  }

  @SuppressWarnings("rawtypes") // It is what is refused.
  private static void tokenOfNothing() {
    new TypeToken() {}.type();
  }

  private static Arguments refused(String message, ThrowingCallable call) {
    return arguments(message, call);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void whatCannotBeIsRefusedWithACode(String message, ThrowingCallable call) {
    assertThatThrownBy(call)
        .hasMessageContaining(message)
        .extracting(refused -> ((HeadraceException) refused).code())
        .isEqualTo(ErrorCode.INVALID_JOB);
  }
}

package io.headrace.api;

import java.util.Objects;
import java.util.OptionalInt;

/**
 * What a user says of an operator beside what it does.
 *
 * @param parallelism how many tasks it runs as, where the user said so
 * @param isBlocking whether its functions may block, so that its tasks get threads of their own
 */
public record OperatorOptions(OptionalInt parallelism, boolean isBlocking) {

  /** Checks that nothing is missing. */
  public OperatorOptions {
    Objects.requireNonNull(parallelism, "parallelism");
  }

  /** What holds of an operator that nothing is said of. */
  public static OperatorOptions defaults() {
    return new OperatorOptions(OptionalInt.empty(), false);
  }

  /** These options with a number of tasks. */
  public OperatorOptions withParallelism(int tasks) {
    return new OperatorOptions(OptionalInt.of(tasks), isBlocking);
  }

  /** These options for an operator whose functions may block. */
  public OperatorOptions thatBlocks() {
    return new OperatorOptions(parallelism, true);
  }
}

package io.headrace.api;

import java.util.Objects;
import java.util.OptionalInt;

/**
 * What a user says of an operator beside what it does.
 *
 * @param parallelism how many tasks it runs as, where the user said so
 * @param isBlocking whether its functions may block, so that its tasks get threads of their own
 * @param onFailure what becomes of values that it fails on
 */
public record OperatorOptions(OptionalInt parallelism, boolean isBlocking, OnFailure onFailure) {

  /** Checks that nothing is missing. */
  public OperatorOptions {
    Objects.requireNonNull(parallelism, "parallelism");
    Objects.requireNonNull(onFailure, "onFailure");
  }

  /** What holds of an operator that nothing is said of. */
  public static OperatorOptions defaults() {
    return new OperatorOptions(OptionalInt.empty(), false, OnFailure.FAIL);
  }

  /** These options with a number of tasks. */
  public OperatorOptions withParallelism(int tasks) {
    return new OperatorOptions(OptionalInt.of(tasks), isBlocking, onFailure);
  }

  /** These options for an operator whose functions may block. */
  public OperatorOptions thatBlocks() {
    return new OperatorOptions(parallelism, true, onFailure);
  }

  /** These options with another fate of values that the operator fails on. */
  public OperatorOptions withOnFailure(OnFailure fate) {
    return new OperatorOptions(parallelism, isBlocking, fate);
  }
}

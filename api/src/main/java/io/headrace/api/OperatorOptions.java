package io.headrace.api;

import java.util.Objects;
import java.util.OptionalInt;

/**
 * What a user says of an operator beside what it does.
 *
 * @param parallelism how many tasks it runs as, where the user said so
 * @param onFailure what becomes of values that it fails on
 */
public record OperatorOptions(OptionalInt parallelism, OnFailure onFailure) {

  /** Checks that nothing is missing. */
  public OperatorOptions {
    Objects.requireNonNull(parallelism, "parallelism");
    Objects.requireNonNull(onFailure, "onFailure");
  }

  /** What holds of an operator that nothing is said of. */
  public static OperatorOptions defaults() {
    return new OperatorOptions(OptionalInt.empty(), OnFailure.FAIL);
  }

  /** These options with a number of tasks. */
  public OperatorOptions withParallelism(int tasks) {
    return new OperatorOptions(OptionalInt.of(tasks), onFailure);
  }

  /** These options with another fate of values that the operator fails on. */
  public OperatorOptions withOnFailure(OnFailure fate) {
    return new OperatorOptions(parallelism, fate);
  }
}

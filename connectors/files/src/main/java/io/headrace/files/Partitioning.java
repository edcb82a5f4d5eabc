package io.headrace.files;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.Printable;
import io.headrace.api.ValueRejectedException;
import java.util.function.Function;

/**
 * Which folder a value goes to.
 *
 * @param folder the folder's name for a value, relative and safe; empty for no folder of its own
 * @param mostOpen how many files a task writes to at a time
 */
record Partitioning<T>(Folder<T> folder, int mostOpen) {

  Partitioning {
    if (mostOpen < 1) {
      throw new HeadraceException(
          ErrorCode.INVALID_JOB,
          "A task writes to at least one file at a time, not "
              + mostOpen
              + ". Give partitionedBy a bound of 1 or more.");
    }
  }

  /** Says the folder of a value. */
  @FunctionalInterface
  interface Folder<T> {
    String of(T value) throws ValueRejectedException;
  }

  static <T> Partitioning<T> none() {
    return new Partitioning<>(value -> "", 1);
  }

  static <T> Partitioning<T> by(Function<? super T, String> folder, int mostOpen) {
    return new Partitioning<>(value -> PartitionNames.safe(name(folder, value)), mostOpen);
  }

  private static <T> String name(Function<? super T, String> folder, T value)
      throws ValueRejectedException {
    try {
      return folder.apply(value);
    } catch (RuntimeException thrown) {
      throw new ValueRejectedException(
          "since its partitionedBy function threw " + Printable.of(thrown), thrown);
    }
  }
}

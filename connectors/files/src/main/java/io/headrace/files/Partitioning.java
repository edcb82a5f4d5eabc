package io.headrace.files;

import java.util.function.Function;

/**
 * Which folder a value goes to.
 *
 * @param folder the folder's name for a value, relative and safe; empty for no folder of its own
 * @param mostOpen how many files a task writes to at a time
 */
record Partitioning<T>(Function<? super T, String> folder, int mostOpen) {

  Partitioning {
    if (mostOpen < 1) {
      throw new IllegalArgumentException(
          "A task writes to at least one file at a time, not " + mostOpen);
    }
  }

  static <T> Partitioning<T> none() {
    return new Partitioning<>(value -> "", 1);
  }

  static <T> Partitioning<T> by(Function<? super T, String> folder, int mostOpen) {
    return new Partitioning<>(value -> PartitionNames.safe(folder.apply(value)), mostOpen);
  }
}

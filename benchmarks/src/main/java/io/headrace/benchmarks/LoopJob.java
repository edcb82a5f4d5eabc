package io.headrace.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A job as a loop.
 *
 * @param <B> a batch of events
 */
@FunctionalInterface
interface LoopJob<B> {

  /** The work of one task, 0 or 1. */
  LoopWork<B> work(int task, Workload workload);

  /**
   * Restores the last checkpoint, adds the events behind it, and compares.
   *
   * @param checkpoint the file, which is there only if a checkpoint was completed
   * @param fingerprint the number for the states of both tasks at the end
   */
  default Result.Restore restored(Workload workload, Path checkpoint, long fingerprint)
      throws IOException {
    return Result.Restore.NOT_TRIED;
  }

  /** W1. */
  static LoopJob<long[]> sums() {
    return new LoopJob<>() {
      @Override
      public LoopWork<long[]> work(int task, Workload workload) {
        return new LoopSums(task, workload);
      }

      @Override
      public Result.Restore restored(Workload workload, Path checkpoint, long fingerprint)
          throws IOException {
        if (!Files.exists(checkpoint)) {
          return Result.Restore.NOT_TRIED;
        }
        return LoopSums.restoredFingerprint(workload, checkpoint) == fingerprint
            ? Result.Restore.RIGHT
            : Result.Restore.WRONG;
      }
    };
  }
}

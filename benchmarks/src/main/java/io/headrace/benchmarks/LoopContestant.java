package io.headrace.benchmarks;

import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What a careful programmer writes without an engine: two {@link LoopTask}s and two rings. */
final class LoopContestant implements Contestant {

  private final boolean withCheckpoints;

  /** A contestant with checkpoints at the workload's interval, or without any. */
  LoopContestant(boolean withCheckpoints) {
    this.withCheckpoints = withCheckpoints;
  }

  @Override
  public Result run(Workload workload) throws Exception {
    if (workload.parallelism() != 2) {
      throw new IllegalArgumentException(
          "the loop is written for 2 tasks, but got " + workload.parallelism());
    }
    LoopCheckpoints checkpoints =
        withCheckpoints ? LoopCheckpoints.each(workload) : LoopCheckpoints.none(workload);
    LoopTask.Links[] links = LoopTask.Links.pair();
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      Future<Result> written = threads.submit(checkpoints);
      CompletionService<Long> tasks = new ExecutorCompletionService<>(threads);
      for (int task = 0; task < 2; task++) {
        tasks.submit(new LoopTask(task, workload, links[task], checkpoints));
      }
      // Whichever task fails first ends the run: the other one would wait for it for ever.
      long fingerprint = tasks.take().get() + tasks.take().get();
      checkpoints.end();
      Result result = written.get();
      return new Result(result.triggered(), result.completed(), restore(checkpoints, fingerprint));
    } finally {
      threads.shutdownNow();
    }
  }

  private static Result.Restore restore(LoopCheckpoints checkpoints, long fingerprint)
      throws Exception {
    return checkpoints
        .restoredFingerprint()
        .map(restored -> restored == fingerprint ? Result.Restore.RIGHT : Result.Restore.WRONG)
        .orElse(Result.Restore.NOT_TRIED);
  }
}

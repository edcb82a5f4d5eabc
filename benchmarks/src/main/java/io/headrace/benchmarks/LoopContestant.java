package io.headrace.benchmarks;

import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What a careful programmer writes without an engine: two {@link LoopTask}s and two rings.
 *
 * @param <B> a batch of events
 */
final class LoopContestant<B> implements Contestant {

  private final LoopJob<B> job;
  private final boolean withCheckpoints;

  /** A contestant with checkpoints at the workload's interval, or without any. */
  LoopContestant(LoopJob<B> job, boolean withCheckpoints) {
    this.job = job;
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
    LoopTask.Links<B> links = LoopTask.Links.links();
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      Future<Result> written = threads.submit(checkpoints);
      CompletionService<Long> tasks = new ExecutorCompletionService<>(threads);
      tasks.submit(new LoopTask<>(job.work(0, workload), links, checkpoints));
      tasks.submit(new LoopTask<>(job.work(1, workload), links.opposite(), checkpoints));
      // Whichever task fails first ends the run: the other one would wait for it for ever.
      long fingerprint = tasks.take().get() + tasks.take().get();
      checkpoints.end();
      Result result = written.get();
      return new Result(
          result.triggered(),
          result.completed(),
          job.restored(workload, LoopCheckpoints.completeFile(workload), fingerprint));
    } finally {
      threads.shutdownNow();
    }
  }
}

package io.headrace.benchmarks;

import io.headrace.api.Job;
import io.headrace.api.Settings;
import io.headrace.checkpoint.CheckpointStore;
import io.headrace.checkpoint.Facts;
import io.headrace.checkpoint.Manifest;
import io.headrace.codec.Decoder;
import io.headrace.engine.Headrace;
import io.headrace.engine.Run;
import io.headrace.engine.coordinator.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** Headrace, as its README teaches it: boxed values, default settings but for the parallelism. */
final class HeadraceContestant<T> implements Contestant {

  private final HeadraceJob<T> job;

  /** A contestant that runs a job. */
  HeadraceContestant(HeadraceJob<T> job) {
    this.job = job;
  }

  @Override
  public Result run(Workload workload) throws Exception {
    RunStatus status;
    try (Run run = Headrace.start(job.maker().apply(workload, this::tally), settingsOf(workload))) {
      run.await();
      status = run.status();
    }
    return new Result(
        status.complete() + status.givenUp(),
        status.complete(),
        job.work() == Work.TIMERS ? Result.Restore.NOT_TRIED : restore(workload));
  }

  /** The settings of a workload, for every job. */
  static Settings settingsOf(Workload workload) {
    return Settings.in(workload.directory().resolve("state"))
        .parallelism(workload.parallelism())
        .checkpointInterval(workload.checkpointInterval());
  }

  private HeadraceSink.Output<T> tally() {
    Tally tally = Meter.newTally();
    return new HeadraceSink.Output<>(
        output -> tally.add(job.digest().applyAsLong(output)), tally::flush);
  }

  // Restoring

  /** Deletes the newest checkpoint, goes on from the one before, and compares what comes out. */
  private Result.Restore restore(Workload workload) throws Exception {
    CheckpointStore store =
        new CheckpointStore(workload.directory().resolve("state"), HeadraceJob.NAME);
    Facts facts = store.inspect(Optional.empty());
    if (facts.found().size() < 2) {
      return Result.Restore.NOT_TRIED;
    }
    delete(workload, facts.found().get(0));
    if (!(facts.found().get(1) instanceof Facts.Intact older)) {
      return Result.Restore.WRONG;
    }
    LongAdder outputs = new LongAdder();
    Job again =
        job.maker()
            .apply(
                workload,
                () ->
                    new HeadraceSink.Output<>(
                        output -> outputs.add(job.digest().applyAsLong(output)), () -> {}));
    try (Run run = Headrace.start(again, settingsOf(workload))) {
      run.await();
    }
    long expected =
        workload.checksum(job.work().step()) - checksumBefore(workload, older.manifest());
    return outputs.sum() == expected ? Result.Restore.RIGHT : Result.Restore.WRONG;
  }

  private static void delete(Workload workload, Facts.Found found) throws IOException {
    Path folder =
        workload.directory().resolve("state/checkpoints/" + found.id() + "-" + found.attempt());
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  /** The sum of the outputs of all events before the positions of a checkpoint. */
  private long checksumBefore(Workload workload, Manifest manifest) {
    int[] counts = new int[workload.keys()];
    long sum = 0;
    for (Manifest.Position split : manifest.sources().get(0).positions()) {
      long end = new Decoder(split.position()).readLong();
      long first = Long.parseLong(split.split());
      for (long event = first; event < end; event += workload.parallelism()) {
        long count = ++counts[Workload.ordinal(event, workload.keys())];
        sum += job.work().step().applyAsLong(Workload.key(event, workload.keys())) * count;
      }
    }
    return sum;
  }
}

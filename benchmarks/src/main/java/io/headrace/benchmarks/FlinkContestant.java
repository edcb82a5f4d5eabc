package io.headrace.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.runtime.checkpoint.CheckpointStatsCounts;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.checkpoint.CompletedCheckpointStats;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Apache Flink in a MiniCluster: hashmap backend, object reuse, exactly once, checkpoints in files.
 * Its file storage does not sync; nothing lets one ask for it.
 */
final class FlinkContestant implements Contestant, Restartable {

  private final FlinkJob job;

  /** A contestant that runs a job. */
  FlinkContestant(FlinkJob job) {
    this.job = job;
  }

  @Override
  public Result run(Workload workload) throws Exception {
    try (MiniCluster flink = cluster(workload)) {
      JobID id = flink.submitJob(graphOf(workload)).get().getJobID();
      flink.requestJobResult(id).get().toJobExecutionResult(getClass().getClassLoader());
      CheckpointStatsCounts counts =
          flink.getArchivedExecutionGraph(id).get().getCheckpointStatsSnapshot().getCounts();
      return new Result(
          counts.getTotalNumberOfCheckpoints(),
          counts.getNumberOfCompletedCheckpoints(),
          Result.Restore.NOT_TRIED);
    }
  }

  @Override
  public Running start(Workload workload) throws Exception {
    JobGraph graph = graphOf(workload);
    newestCheckpoint(workload.directory())
        .ifPresent(
            checkpoint ->
                graph.setSavepointRestoreSettings(
                    SavepointRestoreSettings.forPath(checkpoint.toString())));
    MiniCluster flink = cluster(workload);
    return new InThisJvm(flink, flink.submitJob(graph).get().getJobID());
  }

  private record InThisJvm(MiniCluster flink, JobID job) implements Running {

    @Override
    public long complete() throws Exception {
      return statistics().map(all -> all.getCounts().getNumberOfCompletedCheckpoints()).orElse(0L);
    }

    @Override
    public Optional<Instant> lastComplete() throws Exception {
      return statistics()
          .map(all -> all.getHistory().getLatestCompletedCheckpoint())
          .map(CompletedCheckpointStats::getTriggerTimestamp)
          .map(Instant::ofEpochMilli);
    }

    private Optional<CheckpointStatsSnapshot> statistics() throws Exception {
      if (flink.getJobStatus(job).get().isTerminalState()) {
        flink.requestJobResult(job).get().toJobExecutionResult(getClass().getClassLoader());
      }
      return Optional.ofNullable(flink.getExecutionGraph(job).get().getCheckpointStatsSnapshot());
    }
  }

  /** The folder of the complete checkpoint with the largest number. */
  private static Optional<Path> newestCheckpoint(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(file -> file.endsWith("_metadata"))
          .map(Path::getParent)
          .max(Comparator.comparing(FlinkContestant::number));
    }
  }

  private static long number(Path checkpoint) {
    return Long.parseLong(checkpoint.getFileName().toString().replace("chk-", ""));
  }

  private static MiniCluster cluster(Workload workload) throws Exception {
    MiniCluster flink =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(settings(workload))
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(workload.parallelism())
                .build());
    flink.start();
    return flink;
  }

  private static Configuration settings(Workload workload) {
    Configuration settings = new Configuration();
    settings.set(RestOptions.BIND_PORT, "0");
    settings.set(PipelineOptions.OBJECT_REUSE, true);
    settings.set(StateBackendOptions.STATE_BACKEND, "hashmap");
    settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, workload.checkpointInterval());
    settings.set(
        CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
    settings.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    settings.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY, workload.directory().toUri().toString());
    settings.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    settings.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(256));
    settings.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(256));
    return settings;
  }

  private JobGraph graphOf(Workload workload) {
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(settings(workload));
    environment.setParallelism(workload.parallelism());
    job.defineIn(environment, workload);
    return environment.getStreamGraph().getJobGraph();
  }
}

package io.headrace.flink;

import io.headrace.api.Job;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecution;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Runs jobs on a cluster of Flink's within this JVM. */
final class MiniClusterRunner implements Runner {

  private static final int SLOTS = 4;
  private static final int PARALLELISM = 2;
  private static final Duration INTERVAL = Duration.ofMillis(20);

  /** The longest that Flink takes. */
  private static final Duration NEVER = Duration.ofDays(365);

  private final MiniCluster cluster;

  MiniClusterRunner() throws Exception {
    cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(SLOTS)
                .withRandomPorts()
                .build());
    cluster.start();
  }

  @Override
  public void run(Job job, Path directory) throws Exception {
    cluster.executeJobBlocking(graph(job, directory, INTERVAL, PARALLELISM));
  }

  /** Starts a job that takes no checkpoints but those it is told to. */
  JobID start(Job job, Path directory) throws Exception {
    JobGraph graph = graph(job, directory, NEVER, PARALLELISM);
    return cluster.submitJob(graph).get().getJobID();
  }

  /** Whether all tasks of a job run. */
  boolean isRunning(JobID job) throws Exception {
    AccessExecutionGraph graph = cluster.getExecutionGraph(job).get();
    if (graph.getState().isTerminalState()) {
      throw new AssertionError("the job is " + graph.getState() + ": " + graph.getFailureInfo());
    }
    for (AccessExecutionVertex task : graph.getAllExecutionVertices()) {
      if (task.getExecutionState() != ExecutionState.RUNNING) {
        return false;
      }
    }
    return true;
  }

  /** How to stop a job with a savepoint. */
  enum Stop {
    /** What the savepoint covers is committed before the job ends. */
    COMMITTED {
      @Override
      String savepoint(MiniCluster cluster, JobID job, String target) throws Exception {
        return cluster.stopWithSavepoint(job, target, false, SavepointFormatType.CANONICAL).get();
      }
    },
    /** What the savepoint covers is not committed before it is gone on from. */
    UNCOMMITTED {
      @Override
      String savepoint(MiniCluster cluster, JobID job, String target) throws Exception {
        return cluster.triggerSavepoint(job, target, true, SavepointFormatType.CANONICAL).get();
      }
    };

    abstract String savepoint(MiniCluster cluster, JobID job, String target) throws Exception;
  }

  /** Takes a savepoint and ends a job. Returns where the savepoint is. */
  String stop(JobID job, Path directory, Stop how) throws Exception {
    try {
      String savepoint = how.savepoint(cluster, job, directory.toUri().toString());
      cluster.requestJobResult(job).get();
      return savepoint;
    } catch (ExecutionException failed) {
      throw new AssertionError("the job failed with " + failures(job), failed);
    }
  }

  private String failures(JobID job) throws Exception {
    StringBuilder all = new StringBuilder();
    AccessExecutionGraph graph = cluster.getExecutionGraph(job).get();
    for (AccessExecutionVertex task : graph.getAllExecutionVertices()) {
      task.getFailureInfo().ifPresent(failure -> all.append(failure.getExceptionAsString()));
      for (AccessExecution earlier : task.getExecutionHistory().getHistoricalExecutions()) {
        earlier.getFailureInfo().ifPresent(failure -> all.append(failure.getExceptionAsString()));
      }
    }
    return all.toString();
  }

  /** Runs a job from a savepoint to its end, where nothing is said of it with one task more. */
  void goOn(Job job, Path directory, String savepoint) throws Exception {
    JobGraph graph = graph(job, directory, INTERVAL, PARALLELISM + 1);
    graph.setSavepointRestoreSettings(SavepointRestoreSettings.forPath(savepoint));
    cluster.executeJobBlocking(graph);
  }

  private static JobGraph graph(Job job, Path directory, Duration interval, int parallelism) {
    Configuration settings = new Configuration();
    settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, interval);
    settings.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    settings.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, directory.toUri().toString());
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 3);
    settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(settings);
    environment.setParallelism(parallelism);
    FlinkRunner.define(job, environment);
    return environment.getStreamGraph().getJobGraph();
  }

  @Override
  public void close() throws Exception {
    cluster.close();
  }
}

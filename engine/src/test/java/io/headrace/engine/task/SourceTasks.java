package io.headrace.engine.task;

import io.headrace.api.CheckpointingMode;
import io.headrace.api.ConnectorContext;
import io.headrace.api.OperatorOptions;
import io.headrace.api.Services;
import io.headrace.api.plan.Node;
import io.headrace.api.plan.NodeId;
import io.headrace.checkpoint.Manifest;
import io.headrace.engine.ListedSource;
import io.headrace.state.MemoryBudget;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The tasks of a source without a job around them: they are called when a test says so.
 *
 * @param shares the splits of each
 */
record SourceTasks(List<SourceTask.Started> started, List<TaskSplits> shares) {

  /**
   * Opens a source.
   *
   * @param parallelism how many tasks there are
   * @param stored where its splits stood
   * @param output where they send what they read
   */
  static SourceTasks of(
      ListedSource source,
      int parallelism,
      List<Manifest.Position> stored,
      ManualHost host,
      Output output)
      throws Exception {
    List<ConnectorContext> contexts = new ArrayList<>();
    for (int task = 0; task < parallelism; task++) {
      contexts.add(connector(task, host));
    }
    Node.Source node =
        new Node.Source(new NodeId(0), "in", OperatorOptions.defaults(), source, Optional.empty());
    AttemptContext attempt =
        new AttemptContext(
            "job",
            "here",
            1,
            host,
            output.reports(),
            RunListener.NONE,
            checkpoint -> (task, operator, state) -> Optional.empty(),
            CheckpointingMode.EXACTLY_ONCE,
            new MemoryBudget(1),
            Services.none().open());
    Enumerator enumerator = new Enumerator(node, attempt, contexts, new Resources());
    List<TaskSplits> shares = enumerator.open(stored);
    List<SourceTask.Started> started = new ArrayList<>();
    for (int task = 0; task < parallelism; task++) {
      SourceTask.Splits own = new SourceTask.Splits(shares.get(task), enumerator);
      started.add(task(attempt, task, own, output));
    }
    enumerator.connect(started);
    return new SourceTasks(List.copyOf(started), shares);
  }

  /**
   * What takes what comes of the tasks.
   *
   * @param values takes what is read
   * @param outlets what barriers and batches are sent through
   * @param reports is told when they end and fail
   */
  record Output(Stage values, List<Outlet> outlets, TaskReports reports) {}

  private static ConnectorContext connector(int task, ManualHost host) {
    OperatorLists states = new OperatorLists(new TaskId("in", task));
    states.restore(ListedSource.EMITTED, List.of(), 1);
    return new ConnectorContext("job", "here", "in", task, 1, host, states, Services.none().open());
  }

  private static SourceTask.Started task(
      AttemptContext attempt, int index, SourceTask.Splits own, Output output) {
    TaskContext context =
        new TaskContext(
            new TaskId("in", index),
            false,
            attempt.host().sharedPlace(),
            attempt.host(),
            attempt.reports(),
            RunListener.NONE,
            attempt.files(),
            CheckpointingMode.EXACTLY_ONCE,
            new Meter(),
            new Track(false));
    return SourceTask.of(
        context,
        own,
        new SourceTask.Output(output.values(), Optional.empty(), Optional.empty()),
        new Chain(List.of(own.own()), output.outlets()));
  }

  List<AttemptTask> tasks() {
    return started.stream().map(SourceTask.Started::task).toList();
  }
}

package io.headrace.engine.task;

import io.headrace.api.ConnectorContext;
import io.headrace.api.HeadraceException;
import io.headrace.api.plan.Node;
import io.headrace.engine.graph.Graph;
import io.headrace.engine.graph.Vertex;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Builds the tasks of an attempt: opens readers and writers, and puts the stages of each task
 * together. On a thread that may block.
 */
public final class TaskBuilder {

  private final Graph graph;
  private final AttemptContext attempt;
  private final Restored restored;
  private final TaskAssembly.Parts parts;
  private final Resources resources = new Resources();
  private final List<StateRead> reads = new ArrayList<>();

  private TaskBuilder(Graph graph, AttemptContext attempt, Restored restored) {
    this.graph = graph;
    this.attempt = attempt;
    this.restored = restored;
    Wiring wiring = new Wiring(graph, attempt.host());
    this.parts =
        new TaskAssembly.Parts(
            graph,
            attempt,
            restored,
            wiring,
            resources,
            reads,
            Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  /** The tasks of an attempt. When this throws, nothing is left open. */
  public static AttemptTasks build(Graph graph, AttemptContext attempt, Restored restored)
      throws Exception {
    TaskBuilder builder = new TaskBuilder(graph, attempt, restored);
    try {
      return builder.build();
    } catch (Exception | Error failure) {
      Closing.after(failure, builder.resources);
      throw failure;
    }
  }

  private AttemptTasks build() throws Exception {
    List<AttemptTask> tasks = new ArrayList<>();
    List<SourceTask.Started> sources = new ArrayList<>();
    for (Vertex vertex : graph.vertices()) {
      try {
        build(vertex, tasks, sources);
      } catch (HeadraceException named) {
        throw named.ofOperator(vertex.name());
      }
    }
    return new AttemptTasks(tasks, sources, reads, resources);
  }

  private void build(Vertex vertex, List<AttemptTask> tasks, List<SourceTask.Started> sources)
      throws Exception {
    if (vertex.head() instanceof Node.Source source) {
      for (SourceTask.Started started : sources(vertex, source)) {
        sources.add(started);
        tasks.add(started.task());
      }
      return;
    }
    for (int index = 0; index < vertex.parallelism(); index++) {
      tasks.add(new TaskAssembly(parts, vertex, index).operator());
    }
  }

  private List<SourceTask.Started> sources(Vertex vertex, Node.Source node) throws Exception {
    List<OperatorLists> states = new ArrayList<>();
    for (int index = 0; index < vertex.parallelism(); index++) {
      TaskId task = new TaskId(node.name(), index);
      states.add(
          OperatorLists.of(task, node.source().operatorStates(), vertex.parallelism(), restored));
    }
    List<ConnectorContext> contexts = states.stream().map(attempt::connector).toList();
    Enumerator enumerator = new Enumerator(node, attempt, contexts, resources);
    List<TaskSplits> splits = enumerator.open(restored.positions(node.name()));
    List<SourceTask.Started> started = new ArrayList<>();
    for (int index = 0; index < vertex.parallelism(); index++) {
      SourceTask.Splits own = new SourceTask.Splits(splits.get(index), enumerator);
      started.add(new TaskAssembly(parts, vertex, index).source(node, own, states.get(index)));
    }
    enumerator.connect(started);
    return started;
  }
}

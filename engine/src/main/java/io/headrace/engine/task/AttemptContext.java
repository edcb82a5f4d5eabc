package io.headrace.engine.task;

import io.headrace.api.CheckpointId;
import io.headrace.api.CheckpointingMode;
import io.headrace.api.ConnectorContext;
import io.headrace.api.Services;
import io.headrace.state.MemoryBudget;
import java.util.function.Function;

/**
 * What the tasks of an attempt have in common.
 *
 * @param job the job's name
 * @param lineage what the attempts on one directory share
 * @param attempt the number of the attempt
 * @param services what operators use
 */
public record AttemptContext(
    String job,
    String lineage,
    long attempt,
    Host host,
    TaskReports reports,
    RunListener listener,
    Function<CheckpointId, StateFiles> files,
    CheckpointingMode mode,
    MemoryBudget budget,
    Services.Open services) {

  /** What a reader or a writer is opened with; log lines name its operator from now on. */
  ConnectorContext connector(OperatorLists states) {
    TaskId task = states.task();
    LogNames.task(task);
    return new ConnectorContext(
        job, lineage, task.operators(), task.index(), attempt, host.clock(), states, services);
  }
}

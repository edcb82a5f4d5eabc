package io.headrace.api;

import java.util.List;

/**
 * Where a reader or a writer runs.
 *
 * @param job the name of the job
 * @param lineage a random text that all starts and restarts on one directory share, and those on no
 *     other have: attempts of another lineage are not comparable with this one
 * @param operator the name of the source or sink in the job
 * @param task which of the operator's parallel tasks, counted from 0
 * @param attempt a number that never goes back from one start or restart to the next. In this JVM
 *     no two have the same; on engines that cannot number restarts, those that begin from the same
 *     checkpoint have, and nothing of the earlier ones was ever committed
 * @param clock what to take the time from
 * @param states the operator state of the task
 * @param services those that the job gives
 */
public record ConnectorContext(
    String job,
    String lineage,
    String operator,
    int task,
    long attempt,
    Clock clock,
    OperatorStates states,
    Services.Open services) {

  /** A context without operator state and services. */
  public ConnectorContext(
      String job, String lineage, String operator, int task, long attempt, Clock clock) {
    this(job, lineage, operator, task, attempt, clock, Services.none().open());
  }

  /** A context without operator state, as above, with services. */
  public ConnectorContext(
      String job,
      String lineage,
      String operator,
      int task,
      long attempt,
      Clock clock,
      Services.Open services) {
    this(job, lineage, operator, task, attempt, clock, new NoOperatorStates(operator), services);
  }

  /**
   * A service that the job gives ({@link Job#services}). Ask while something is opened, and keep
   * it: to open it may block.
   *
   * @param type exactly that by which the job gives it
   * @throws HeadraceException if it gives none, or it cannot be opened
   */
  public <S> S service(Class<S> type) {
    return services.get(operator, type);
  }

  private record NoOperatorStates(String operator) implements OperatorStates {

    @Override
    public <V> List<V> elements(OperatorState<V> state) {
      throw new HeadraceException(
          ErrorCode.INVALID_JOB,
          "Operator \""
              + operator
              + "\" asked for its operator state \""
              + state.name()
              + "\" where there is none. Ask for it where a reader or a writer is opened.");
    }
  }
}

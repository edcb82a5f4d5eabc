package io.headrace.api;

import java.util.Objects;

/**
 * A state of a source or sink that belongs to no key: in each of its tasks a list of elements,
 * which checkpoints keep. Declared by {@link Source#operatorStates} or {@link Sink#operatorStates},
 * found through {@link ConnectorContext#states}.
 *
 * <p>It is kept in the manifest of a checkpoint and so is for little: at most 16 MB, encoded, for
 * all tasks of an operator together. A checkpoint at which there is more is given up, with {@link
 * ErrorCode#STATE_LIMIT_REACHED}, and so is the next one until there is less.
 *
 * @param name unique in its operator, and the same at every start; stored with the elements
 * @param type of the elements; its schema is stored with them
 * @param redistribution which elements of a checkpoint each task is given
 */
public record OperatorState<V>(String name, TypeToken<V> type, Redistribution redistribution) {

  /** Checks that there is a name. */
  public OperatorState {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(redistribution, "redistribution");
    if (name.isBlank()) {
      throw new HeadraceException(
          ErrorCode.INVALID_JOB,
          "An operator state has a name that is blank. Give it one that will last, since it is"
              + " found by it in checkpoints.");
    }
  }

  /** A state whose elements are spread over the tasks. */
  public static <V> OperatorState<V> evenSplit(String name, TypeToken<V> type) {
    return new OperatorState<>(name, type, Redistribution.EVEN_SPLIT);
  }

  /** A state whose elements are spread over the tasks. */
  public static <V> OperatorState<V> evenSplit(String name, Class<V> type) {
    return evenSplit(name, TypeToken.of(type));
  }

  /** A state all of whose elements are given to each task. */
  public static <V> OperatorState<V> union(String name, TypeToken<V> type) {
    return new OperatorState<>(name, type, Redistribution.UNION);
  }

  /** A state all of whose elements are given to each task. */
  public static <V> OperatorState<V> union(String name, Class<V> type) {
    return union(name, TypeToken.of(type));
  }

  /**
   * Which elements of a checkpoint each task is given when a job starts from it, with whatever
   * parallelism. What is stored are the elements of all tasks, those of the first task first.
   */
  public enum Redistribution {
    /**
     * Each task gets as many as the others, give or take one, in their order; each element goes to
     * one task.
     */
    EVEN_SPLIT,
    /**
     * Each task gets all. Each is to keep those that it answers for and to remove the others: what
     * several tasks hold is stored several times. A source's task in which no split is read answers
     * for none; where none is read in any task, all are kept.
     */
    UNION
  }
}

package io.headrace.engine.task;

/**
 * A task of a job.
 *
 * @param operators the operators that run in it, joined by arrows
 * @param index which of their parallel tasks, counted from 0
 */
public record TaskId(String operators, int index) implements Comparable<TaskId> {

  @Override
  public int compareTo(TaskId other) {
    int byName = operators.compareTo(other.operators);
    return byName != 0 ? byName : Integer.compare(index, other.index);
  }

  @Override
  public String toString() {
    return operators + " #" + index;
  }
}

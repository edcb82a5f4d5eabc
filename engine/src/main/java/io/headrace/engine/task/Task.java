package io.headrace.engine.task;

/** A unit of cooperative work: one thread at a time calls it until it is done. */
public interface Task {

  /** Does a little work and returns; never blocks, sleeps or waits. */
  Progress call();
}

package io.headrace.engine.task;

import io.headrace.api.Clock;

/**
 * Where a job runs: its threads, its clock, its chance. Threads of the machine in production, one
 * seeded loop in the simulator. The engine has no other way to any of them.
 */
public interface Host {

  /** The time. */
  Clock clock();

  /** Sixty-four random bits. */
  long random();

  /**
   * How many batches an edge holds: a power of two. More let tasks run further apart, fewer make
   * barriers pass faster.
   */
  int edgeCapacity();

  /** A place on one of the workers, which tasks share. */
  Place sharedPlace();

  /** A place with a worker of its own. */
  Place ownPlace(String name);

  /** Runs work that may block, on a thread of its own. The work must not throw. */
  void block(Runnable work);

  /**
   * Runs work that may block, which has a name for who watches that it ends.
   *
   * @param what the work, as the subject of a sentence
   */
  default void block(String what, Runnable work) {
    block(work);
  }

  /** Ends the host's threads once they have nothing to do; does not wait. */
  void shutdown();

  /** Says that nobody is to wait for the host's threads: some of them may never end. */
  default void leave() {}
}

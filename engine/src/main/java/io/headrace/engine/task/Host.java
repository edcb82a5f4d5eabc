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

  /** Ends the host's threads once they have nothing to do; does not wait. */
  void shutdown();
}

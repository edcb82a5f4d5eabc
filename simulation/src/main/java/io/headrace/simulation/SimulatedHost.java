package io.headrace.simulation;

import io.headrace.api.Clock;
import io.headrace.engine.task.AttemptTask;
import io.headrace.engine.task.Host;
import io.headrace.engine.task.Place;
import io.headrace.engine.task.Progress;
import io.headrace.engine.task.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Calls tasks and does work that blocks one at a time, in an order drawn from a seed. Time passes a
 * little with each step, and jumps when nothing happens.
 */
final class SimulatedHost implements Host, Clock {

  /**
   * What a task may hold back for one edge after a step: the batches that one batch of input fills,
   * one that was begun before, and a barrier.
   */
  private static final int MOST_WAITING = 3;

  private static final long STEP_NANOS = 20_000;
  private static final long JUMP_NANOS = 2_000_000;
  private static final Instant BEGINNING = Instant.parse("2001-01-01T00:00:00Z");

  private final SplittableRandom random;
  private final List<SimulatedPlace> places = new ArrayList<>();
  private final List<Runnable> blocking = new ArrayList<>();
  private final double blockingShare;
  private final int starved;
  private final int edgeCapacity;
  private long nanos;
  private long stalledUntil;
  private int idleSteps;

  /**
   * @param start the time on the clock of nanoseconds, so that it goes on over crashes
   */
  SimulatedHost(SplittableRandom random, long start) {
    this.random = random;
    this.nanos = start;
    this.stalledUntil = start;
    this.edgeCapacity = 1 << random.nextInt(5);
    this.blockingShare = random.nextInt(3) == 0 ? 0.02 : 0.3;
    this.starved = random.nextInt(3) == 0 ? random.nextInt(16) : Integer.MAX_VALUE;
  }

  /** Does one step. */
  void step() {
    nanos += random.nextLong(STEP_NANOS);
    boolean isStalled = nanos < stalledUntil;
    if (!isStalled && !blocking.isEmpty() && random.nextDouble() < blockingShare) {
      idleSteps = 0;
      blocking.remove(random.nextInt(blocking.size())).run();
      return;
    }
    int chosen = places.isEmpty() ? 0 : random.nextInt(places.size());
    if (chosen == starved && random.nextInt(20) != 0) {
      return;
    }
    if (!places.isEmpty() && places.get(chosen).call() == Progress.MADE) {
      idleSteps = 0;
    } else if ((isStalled || blocking.isEmpty()) && ++idleSteps > 4 * places.size()) {
      nanos += isStalled ? (stalledUntil - nanos) / 2 + 1 : random.nextLong(JUMP_NANOS);
    }
  }

  /** Lets no work that blocks be done for some time. */
  void stall(Duration time) {
    stalledUntil = nanos + time.toNanos();
  }

  /** Does all work that blocks, as a host does before its threads end. */
  void finish() {
    while (!blocking.isEmpty()) {
      blocking.remove(0).run();
    }
  }

  @Override
  public Clock clock() {
    return this;
  }

  @Override
  public long random() {
    return random.nextLong();
  }

  @Override
  public int edgeCapacity() {
    return edgeCapacity;
  }

  @Override
  public Place sharedPlace() {
    SimulatedPlace place = new SimulatedPlace();
    places.add(place);
    return place;
  }

  @Override
  public Place ownPlace(String name) {
    return sharedPlace();
  }

  @Override
  public void block(Runnable work) {
    blocking.add(work);
  }

  @Override
  public void shutdown() {
    // There is no thread.
  }

  @Override
  public long nanoTime() {
    return nanos;
  }

  @Override
  public Instant instant() {
    return BEGINNING.plusNanos(nanos);
  }

  private final class SimulatedPlace implements Place {

    private @Nullable Task task;

    @Override
    public void start(Task started) {
      task = started;
    }

    @Override
    public void wake() {
      // Every task is called again and again.
    }

    Progress call() {
      if (task == null) {
        return Progress.NONE;
      }
      Progress progress = task.call();
      if (task instanceof AttemptTask attempt) {
        int waiting = attempt.mostWaiting();
        Checks.check(waiting <= MOST_WAITING, "I13: %s holds back %s items", attempt, waiting);
      }
      if (progress == Progress.DONE) {
        places.remove(this);
      }
      return progress;
    }
  }
}

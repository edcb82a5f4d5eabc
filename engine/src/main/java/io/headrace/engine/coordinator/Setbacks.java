package io.headrace.engine.coordinator;

import io.headrace.api.Clock;
import io.headrace.api.HeadraceException;
import io.headrace.api.Printable;
import io.headrace.api.RestartStrategy;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong in a run, and whether the job starts again after it. Of the failures of one
 * attempt the first counts, unless a later one is of those that starting again does not solve; the
 * others are suppressed ones of that. One thread.
 */
final class Setbacks {

  /** How many failures of one attempt are kept with the one that counts. */
  private static final int MOST_KEPT = 16;

  /** How often a job may fail after it was asked to stop, and still start again to do so. */
  private static final int MOST_WHILE_STOPPING = 1;

  private final String job;
  private final RunLog log;
  private final boolean isDurable;
  private final Clock clock;
  private RestartPolicy restarts;
  private RepeatedInput repeated = RepeatedInput.NONE;
  private int whileStopping;
  private long attemptStart;

  /** When its tasks started, or the last complete checkpoint of it began, if that is later. */
  private long lastCovered;

  /** When the tasks of the current attempt started. */
  private long tasksStart;

  /** The one that counts, of the last attempt that failed. */
  private @Nullable Throwable last;

  /** What was thrown last, before it got a name. */
  private @Nullable Throwable thrown;

  /** Is called when the job starts again after the last one. */
  private Runnable startingAgain = () -> {};

  /** Whether the last one is of the current attempt. */
  private boolean isCurrent;

  /**
   * @param isDurable whether a later attempt can start from what an earlier one stored
   */
  Setbacks(String job, RestartStrategy strategy, boolean isDurable, Clock clock) {
    this.job = job;
    this.log = new RunLog(job, clock);
    this.isDurable = isDurable;
    this.clock = clock;
    this.restarts = RestartPolicy.of(strategy);
  }

  /**
   * What follows from a failure.
   *
   * @param cause the failure
   * @param delay how long to wait before starting again; empty when the job fails for good
   */
  record Verdict(Throwable cause, Optional<Duration> delay) {}

  /** What ended the last attempt that failed, with what went wrong after it. */
  Optional<Throwable> last() {
    return Optional.ofNullable(last);
  }

  /** Another attempt begins. */
  void nextAttempt() {
    isCurrent = false;
    startingAgain.run();
    startingAgain = () -> {};
    attemptStart = clock.nanoTime();
    tasksStart = attemptStart;
    lastCovered = attemptStart;
  }

  /** The tasks of the attempt start. */
  void runs(StartPoint start) {
    log.runs(start);
    tasksStart = clock.nanoTime();
    lastCovered = tasksStart;
  }

  /** It is known what became of a checkpoint. */
  void decided(CheckpointStatus checkpoint) {
    checkpoint.failure().ifPresent(why -> log.givenUp(checkpoint.id(), why));
    if (checkpoint.isComplete()) {
      long begun = clock.nanoTime() - checkpoint.duration().toNanos();
      lastCovered = begun - lastCovered > 0 ? begun : lastCovered;
      repeated = repeated.afterCheckpoint(Duration.ofNanos(lastCovered - tasksStart));
    }
  }

  /**
   * An attempt has failed.
   *
   * @param isStopping whether the run was asked to stop: then it does not wait, and starts again
   *     once at most
   * @param chance a random number from 0 to 1
   */
  Verdict failed(Throwable failure, boolean isStopping, double chance) {
    Throwable named = keep(failure);
    Throwable cause = last().orElse(named); // An earlier one, if what followed from that threw.
    long now = clock.nanoTime();
    restarts = restarts.after(new RestartPolicy.Failure(now, Duration.ofNanos(now - attemptStart)));
    repeated = repeated.after(cause, Duration.ofNanos(now - lastCovered));
    Optional<HeadraceException> poisonous = repeated.end(cause);
    if (poisonous.isPresent()) {
      log.failed("ends", poisonous.get());
      last = poisonous.get();
      return new Verdict(poisonous.get(), Optional.empty());
    }
    Optional<Duration> wanted = restarts.delay(cause, chance);
    Optional<Duration> delay = wanted.filter(any -> isDurable);
    if (isStopping) {
      whileStopping++;
      delay = delay.filter(any -> whileStopping <= MOST_WHILE_STOPPING).map(any -> Duration.ZERO);
    }
    String end =
        wanted.isPresent() && !isDurable
            ? "ends, since it has no directory to start again from"
            : "ends";
    log.failed(delay.map(wait -> "starts again in " + Printable.duration(wait)).orElse(end), cause);
    startingAgain = delay.isPresent() ? FlightEvents.restart(job, cause) : () -> {};
    return new Verdict(cause, delay);
  }

  /**
   * Something went wrong while an attempt was ending.
   *
   * @return the failure that counts now, if starting again does not solve it: this one, or an
   *     earlier one that nobody could be told of, since that threw
   */
  Optional<Throwable> failedToo(Throwable failure) {
    if (failure != thrown) { // It may be told twice, by who did it and by who asked for it.
      log.failedWhileEnding(keep(failure));
    }
    return last().filter(RestartPolicy::isFinal);
  }

  /**
   * Nobody waits any more for an attempt that was to end.
   *
   * @return the failure, which counts from now on, with what went wrong before
   */
  HeadraceException leftBehind(HeadraceException failure) {
    last().ifPresent(failure::addSuppressed);
    last = failure;
    isCurrent = true;
    log.failed("ends, although not all of it has", failure);
    return failure;
  }

  private Throwable keep(Throwable failure) {
    Throwable cause = Failures.named("Job \"" + job + "\"", failure);
    thrown = failure;
    Throwable before = last;
    if (before == null || !isCurrent) {
      last = cause;
      isCurrent = true;
    } else if (RestartPolicy.isFinal(cause) && !RestartPolicy.isFinal(before)) {
      suppress(cause, before);
      last = cause;
    } else {
      suppress(before, cause);
    }
    return cause;
  }

  private static void suppress(Throwable by, Throwable other) {
    if (by != other && by.getSuppressed().length < MOST_KEPT) {
      by.addSuppressed(other);
    }
  }
}

package io.headrace.engine.coordinator;

import io.headrace.api.CheckpointId;
import io.headrace.api.Clock;
import io.headrace.api.HeadraceException;
import io.headrace.api.Printable;
import io.headrace.engine.task.Loggable;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a run logs of its attempts: however often it starts again, no more than a log can take. One
 * thread.
 */
final class RunLog {

  private static final Logger LOG = LoggerFactory.getLogger(RunLog.class);

  private final String job;
  private final Clock clock;
  private final LogRate starts = new LogRate();
  private final LogRate failures = new LogRate();
  private final LogRate ends = new LogRate();
  private final LogRate checkpoints = new LogRate();

  RunLog(String job, Clock clock) {
    this.job = job;
    this.clock = clock;
  }

  /** An attempt runs. */
  void runs(StartPoint start) {
    String from = start.from().map(id -> "continued from checkpoint " + id).orElse("from empty");
    pass(starts)
        .ifPresent(
            silent ->
                LOG.info(
                    "Job \"{}\" runs: attempt {}, {}.{}",
                    job,
                    start.attempt(),
                    from,
                    unsaid(silent)));
  }

  /**
   * An attempt failed.
   *
   * @param what what follows from that
   */
  void failed(String what, Throwable cause) {
    pass(failures)
        .ifPresent(
            silent ->
                LOG.warn(
                    "Job \"{}\" failed and {}: {}{}",
                    job,
                    what,
                    told(cause),
                    unsaid(silent),
                    thrown(cause)));
  }

  /** What went wrong, with its code. */
  private static String told(Throwable failure) {
    return Printable.lines(
        failure instanceof HeadraceException ours ? ours.getMessage() : failure.toString());
  }

  /**
   * What to log the stack of: what the user's code or a system outside threw. The failure that
   * tells of it is told in the line before, and its own stack says nothing more.
   */
  private static Throwable thrown(Throwable failure) {
    Throwable cause = failure.getCause();
    boolean isTold = failure instanceof HeadraceException && failure.getSuppressed().length == 0;
    return Loggable.of(isTold && cause != null ? cause : failure);
  }

  /** Something went wrong while an attempt was ending. */
  void failedWhileEnding(Throwable cause) {
    pass(ends)
        .ifPresent(
            silent ->
                LOG.warn(
                    "Job \"{}\" failed while it was ending: {}{}",
                    job,
                    told(cause),
                    unsaid(silent),
                    thrown(cause)));
  }

  /** A checkpoint failed. */
  void givenUp(CheckpointId checkpoint, String why) {
    pass(checkpoints)
        .ifPresent(
            silent ->
                LOG.warn(
                    "Checkpoint {} was given up: {}.{}",
                    checkpoint,
                    Printable.of(why),
                    unsaid(silent)));
  }

  private OptionalLong pass(LogRate rate) {
    return rate.pass(clock.nanoTime());
  }

  private static String unsaid(long silent) {
    return silent == 0 ? "" : " It did so %d times more since this was logged.".formatted(silent);
  }
}

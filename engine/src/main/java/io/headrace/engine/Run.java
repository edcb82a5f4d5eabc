package io.headrace.engine;

import io.headrace.api.CheckpointId;
import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.plan.Guarantees;
import io.headrace.engine.coordinator.Coordinator;
import io.headrace.engine.coordinator.Outcome;
import io.headrace.engine.coordinator.RunStatus;
import io.headrace.engine.threads.ThreadHost;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A job that was started. Any thread may call its methods. */
public final class Run implements AutoCloseable {

  private final String job;
  private final Guarantees guarantees;
  private final Coordinator coordinator;
  private final ThreadHost host;
  private final CompletableFuture<Outcome> ended;

  Run(
      String job,
      Guarantees guarantees,
      Coordinator coordinator,
      ThreadHost host,
      CompletableFuture<Outcome> ended) {
    this.job = job;
    this.guarantees = guarantees;
    this.coordinator = coordinator;
    this.host = host;
    this.ended = ended;
  }

  /** How the run stands: its phase, tasks and last checkpoints. */
  public RunStatus status() {
    return coordinator.status();
  }

  /** What the job guarantees on each way from a source to a sink. */
  public Guarantees guarantees() {
    return guarantees;
  }

  /** Whether the run is over. */
  public boolean isEnded() {
    return ended.isDone();
  }

  /**
   * Waits until the run is over; then it holds no thread, lock or open file.
   *
   * @return how it ended, if nothing went wrong
   * @throws HeadraceException with what went wrong
   */
  public Outcome.Kind await() {
    Outcome outcome = outcome();
    host.close();
    outcome
        .cause()
        .ifPresent(
            cause -> {
              throw asFailure(cause);
            });
    return outcome.kind();
  }

  /** Waits for the end of the run, at most so long. Returns whether it is over. */
  public boolean await(Duration most) {
    try {
      ended.get(most.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException notYet) {
      return false;
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    } catch (InterruptedException interrupted) {
      throw interrupted();
    }
  }

  /**
   * Has a checkpoint taken as soon as may be, beside those that come by themselves, also while the
   * job reads nothing. Asked for while the job is starting, it is taken when the job runs.
   *
   * @return its id, when it is complete and its transactions are committed; or a {@link
   *     HeadraceException} with {@code CHECKPOINT_FAILED} when it failed or the attempt did, or
   *     with {@code JOB_ENDED} when the run ended before. What depends on it is done on a thread of
   *     the job, unless it brings its own, and must not wait for the end of the run
   */
  public CompletableFuture<CheckpointId> checkpoint() {
    return coordinator.checkpoint();
  }

  /** Ends the run with a checkpoint, so that the next one goes on without repeating anything. */
  public void stop() {
    coordinator.stop();
    await();
  }

  /** Has the run end without a checkpoint, and returns at once. */
  public void cancel() {
    coordinator.cancel();
  }

  /**
   * Ends the run if it is not over, without a checkpoint, and waits until it holds nothing any
   * more. What went wrong in the run is told by {@link #await()}, not here.
   */
  @Override
  public void close() {
    coordinator.cancel();
    outcome();
    host.close();
  }

  private Outcome outcome() {
    try {
      return ended.get();
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    } catch (InterruptedException interrupted) {
      throw interrupted();
    }
  }

  private HeadraceException interrupted() {
    Thread.currentThread().interrupt();
    return new HeadraceException(
        ErrorCode.WAIT_INTERRUPTED,
        "The thread was interrupted while it waited for job \""
            + job
            + "\", which goes on."
            + " Wait again, or end the job with cancel() or close().");
  }

  private static RuntimeException asFailure(Throwable cause) {
    if (cause instanceof HeadraceException named) {
      return named;
    }
    return new HeadraceException(ErrorCode.INTERNAL, "The job ended with " + cause + ".", cause);
  }
}

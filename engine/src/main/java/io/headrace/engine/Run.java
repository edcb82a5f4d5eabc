package io.headrace.engine;

import io.headrace.api.CheckpointId;
import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.Printable;
import io.headrace.api.WatchdogSettings;
import io.headrace.api.plan.Guarantees;
import io.headrace.engine.coordinator.Coordinator;
import io.headrace.engine.coordinator.Outcome;
import io.headrace.engine.coordinator.RunState;
import io.headrace.engine.coordinator.RunStatus;
import io.headrace.engine.task.Loggable;
import io.headrace.engine.threads.ShutdownHook;
import io.headrace.engine.threads.ThreadHost;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A job that was started. Any thread may call its methods. */
public final class Run implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Run.class);

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

  /** The name of the job. */
  public String job() {
    return job;
  }

  /** How the run stands: its phase, tasks and last checkpoints. */
  public RunStatus status() {
    return coordinator.status();
  }

  /** What the job guarantees on each way from a source to a sink. */
  public Guarantees guarantees() {
    return guarantees;
  }

  /** What the run is up to. */
  public RunState state() {
    return status().state();
  }

  /**
   * Whether state is restored and values are being processed: for the readiness of a health
   * endpoint. Also true while something is degraded that does not keep the job from processing;
   * false while it starts, restores, waits to start again, drains, and once it is over.
   */
  public boolean isReady() {
    return state().isReady();
  }

  /**
   * Whether the run works or has ended as it was to: for the liveness of a health endpoint, which
   * has the process started again where nothing else helps. False once the run has failed; while an
   * operator is stuck for longer than {@link WatchdogSettings#deadAfter}; and when the coordinator
   * is not at work. True while the job waits to start again: it does so by itself.
   */
  public boolean isLive() {
    return status().isLive();
  }

  /** Whether the run is over. */
  public boolean isEnded() {
    return ended.isDone();
  }

  /**
   * Waits until the run is over; then it holds no thread, lock or open file. Where something does
   * not return although it is interrupted, the run fails without it after {@link
   * WatchdogSettings#giveUpAfter}; its thread and the directory are held until it does.
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

  /** Waits for the end of the run, at most so long, however long. Returns whether it is over. */
  public boolean await(Duration most) {
    try {
      ended.get(TimeUnit.NANOSECONDS.convert(most), TimeUnit.NANOSECONDS);
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

  /**
   * Ends the run with a checkpoint, so that the next one goes on without repeating anything, and
   * waits for that. A job that does not run yet, or waits to start again after a failure, starts
   * without waiting any longer and then ends at once with a checkpoint. When it fails before that,
   * it starts once more for it, if its restart strategy lets it at all; when it fails again, so has
   * the run, and the next one goes on from the last complete checkpoint. A commit that hangs does
   * not keep it: see {@link #await()}.
   *
   * @return how the run ended: {@code STOPPED} or {@code FINISHED} with the checkpoint; {@code
   *     CANCELLED} without one, since somebody cancelled it meanwhile
   * @throws HeadraceException with what went wrong; then there is no such checkpoint, unless the
   *     run had ended before
   */
  public Outcome.Kind stop() {
    coordinator.stop();
    return await();
  }

  /** Has the run end without a checkpoint, and returns at once. */
  public void cancel() {
    coordinator.cancel();
  }

  /**
   * Ends the run if it is not over, without a checkpoint, and waits until it holds nothing any
   * more, or fails since something does not return. What went wrong in the run is told by {@link
   * #await()}, not here.
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

  /**
   * Has something done when the run is over; at once, if it is. It is done on a thread of the job,
   * must not wait for anything, and is done when {@link #await()}, {@link #stop()} or {@link
   * #close()} has returned. What it throws is logged and changes nothing.
   */
  public void whenEnded(Runnable action) {
    var unused =
        ended.whenComplete(
            (outcome, impossible) -> {
              try {
                action.run();
              } catch (RuntimeException | Error thrown) {
                LOG.warn(
                    "What was to be done at the end of job \"{}\" threw.",
                    job,
                    Loggable.of(thrown));
              }
            });
  }

  /** Has the run stopped when the JVM is told to end, which waits for that at most so long. */
  void drainOnShutdown(Duration limit) {
    ShutdownHook hook = ShutdownHook.add(job, () -> drain(limit));
    var unused = ended.whenComplete((outcome, impossible) -> hook.close());
  }

  private void drain(Duration limit) {
    LOG.info(
        "The JVM is told to end; job \"{}\" is drained within {}.", job, Printable.duration(limit));
    coordinator.stop();
    if (await(limit)) {
      host.close();
    } else {
      LOG.warn(
          "Job \"{}\" was not drained within {}; with a directory it goes on from its last complete"
              + " checkpoint when it is started again.",
          job,
          Printable.duration(limit));
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

package io.headrace.engine.coordinator;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.Printable;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A call on a thread that may block, from when it is asked for until it has returned. Who waits for
 * it may give it up: what has begun is interrupted, and what has not begun never does, unless it
 * may take any time. Any thread, but for what is said of others.
 */
final class Call {

  private final Optional<Duration> limit;
  private final IntSupplier progress;

  /** Replaced by the thread of the call as that goes on. */
  private volatile Step step;

  /** Both guarded by this, so that an interrupt hits this call and nothing else. */
  private @Nullable Thread thread;

  private boolean isGivenUp;

  /** How long it has lasted, as far as that counts. The coordinator's thread. */
  private long held;

  private int lastProgress;
  private Step lastStep;

  private Call(Step step, Optional<Duration> limit, IntSupplier progress) {
    this.step = step;
    this.lastStep = step;
    this.limit = limit;
    this.progress = progress;
  }

  /**
   * What a call does.
   *
   * @param what as the subject of a sentence
   * @param code of the failure, if it does not return
   * @param operator that it belongs to, if it belongs to one
   */
  record Step(String what, ErrorCode code, Optional<String> operator) {

    static Step of(String what) {
      return new Step(what, ErrorCode.OPERATOR_STUCK, Optional.empty());
    }

    static Step ofCheckpoint(String what) {
      return new Step(what, ErrorCode.CHECKPOINT_FAILED, Optional.empty());
    }

    static Step ofCommit(String what, String sink) {
      return new Step(what, ErrorCode.COMMIT_FAILED, Optional.of(sink));
    }
  }

  /** One that may take so long. */
  static Call within(Duration limit, Step step) {
    return new Call(step, Optional.of(limit), () -> 0);
  }

  /**
   * One that may take so long without getting on.
   *
   * @param progress another number each time that it got on; any thread
   */
  static Call within(Duration limit, Step step, IntSupplier progress) {
    return new Call(step, Optional.of(limit), progress);
  }

  /** One that may take any time, as long as the attempt that it is of. */
  static Call unlimited(Step step) {
    return new Call(step, Optional.empty(), () -> 0);
  }

  /**
   * Goes on with another step. Its own thread.
   *
   * @throws CancellationException if nobody waits for it any more
   */
  void at(Step next) {
    if (isGivenUp()) {
      throw new CancellationException(next.what() + " was given up before it began");
    }
    step = next;
  }

  /** Its thread begins. Returns whether it may. */
  synchronized boolean begin() {
    if (isGivenUp && limit.isPresent()) {
      return false;
    }
    thread = Thread.currentThread();
    return true;
  }

  /** Its thread is done with it. An interrupt that came for it is over. */
  synchronized void end() {
    thread = null;
    if (isGivenUp) {
      Thread.interrupted();
    }
  }

  /** Nobody waits for it any more; interrupts it, each time that this is said. */
  synchronized void giveUp() {
    isGivenUp = true;
    if (thread != null) {
      thread.interrupt();
    }
  }

  synchronized boolean isGivenUp() {
    return isGivenUp;
  }

  Step step() {
    return step;
  }

  synchronized String stack() {
    return Stacks.of(Optional.ofNullable(thread));
  }

  // On the coordinator's thread

  /** Time has passed, and it has not returned; it counts from when it last got on. */
  void held(long nanos) {
    int now = progress.getAsInt();
    Step its = step;
    boolean hasGotOn = now != lastProgress || !its.equals(lastStep);
    held = hasGotOn ? 0 : held + nanos;
    lastProgress = now;
    lastStep = its;
  }

  /** The time begins anew. */
  void holdAnew() {
    held = 0;
  }

  boolean hasHeld(Duration most) {
    return held >= most.toNanos();
  }

  boolean hasHeldTooLong() {
    return limit.filter(this::hasHeld).isPresent();
  }

  boolean isLimited() {
    return limit.isPresent();
  }

  Duration held() {
    return Duration.ofNanos(held);
  }

  /** Why the attempt fails, when it has held too long. */
  HeadraceException failure() {
    Step now = step;
    HeadraceException failure =
        new HeadraceException(
            now.code(),
            now.what()
                + " has not returned for "
                + Printable.duration(held())
                + ", longer than the watchdog waits (watchdog.give-up-after). Its thread was"
                + " interrupted, and the attempt is over once it has returned. If the job starts"
                + " again, what it was to do is done, again if need be. See in the stack where it"
                + " waits:\n"
                + stack());
    return now.operator().map(failure::ofOperator).orElse(failure);
  }
}

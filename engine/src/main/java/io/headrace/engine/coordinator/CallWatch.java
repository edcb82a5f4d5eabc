package io.headrace.engine.coordinator;

import io.headrace.api.Clock;
import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.Printable;
import io.headrace.api.WatchdogSettings;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches that calls on threads that may block return, and that an attempt comes to its end once it
 * ends. On the coordinator's thread.
 *
 * <p>While the job starts and runs, a call that takes too long is given up, and the attempt fails
 * with it. While an attempt ends, every call that is left is given up after a tenth of the limit,
 * and interrupted again after each further one. When it has not come to its end within the limit,
 * nobody waits for it any more.
 */
final class CallWatch {

  private static final Logger LOG = LoggerFactory.getLogger(CallWatch.class);

  private final String job;
  private final BlockingWork work;
  private final WatchdogSettings limits;
  private final Looks looks;
  private final Queue<HeadraceException> failures = new ArrayDeque<>();
  private @Nullable Call told;
  private @Nullable String waiting;
  private boolean wasEnding;
  private long ending;

  CallWatch(String job, BlockingWork work, WatchdogSettings limits, Clock clock) {
    this.job = job;
    this.work = work;
    this.limits = limits;
    this.looks = new Looks(clock, limits.degradedAfter());
  }

  /**
   * Looks, if it is time to.
   *
   * @param isEnding whether an attempt ends
   * @return whether something lasts too long that did not, or the other way round, or there is a
   *     failure to be taken
   */
  boolean look(boolean isEnding) {
    long counted = looks.next();
    if (counted == 0) {
      return false;
    }
    Collection<Call> calls = work.calls();
    if (isEnding) {
      lookAtTheEnd(calls, counted);
    } else {
      ending = 0;
      calls.forEach(call -> look(call, counted));
    }
    wasEnding = isEnding;
    return tell(calls) || !failures.isEmpty();
  }

  private void look(Call call, long counted) {
    call.held(counted);
    if (call.hasHeldTooLong() && !call.isGivenUp()) {
      failures.add(call.failure());
      call.giveUp();
    }
  }

  private void lookAtTheEnd(Collection<Call> calls, long counted) {
    if (!wasEnding) {
      calls.forEach(Call::holdAnew);
    }
    ending += counted;
    for (Call call : calls) {
      call.held(counted);
      if (call.hasHeld(limits.degradedAfter())) {
        call.giveUp();
        call.holdAnew();
      }
    }
  }

  /** Says which call is waited for, when it is another one than before. */
  private boolean tell(Collection<Call> calls) {
    Call before = told;
    told =
        calls.stream()
            .filter(call -> call.isLimited() && call.hasHeld(limits.degradedAfter()))
            .findFirst()
            .orElse(null);
    if (told == before) {
      return false;
    }
    waiting = null;
    if (told != null) {
      String what = told.step().what();
      waiting = what + " has not returned since " + since(told) + ".";
      LOG.warn(
          "{} has not returned for {}. It is at\n{}",
          what,
          Printable.duration(told.held()),
          told.stack());
    }
    return true;
  }

  private Object since(Call call) {
    return work.clock().instant().minus(call.held());
  }

  /** What is waited for and since when, if something takes longer than it should. */
  Optional<String> waiting() {
    return Optional.ofNullable(waiting);
  }

  /** Why the attempt fails, if a call takes too long; each failure is returned once. */
  Optional<HeadraceException> takeFailure() {
    return Optional.ofNullable(failures.poll());
  }

  /** Whether an attempt that ends takes so long that nobody waits for it any more. */
  boolean isTooLong() {
    return ending >= limits.giveUpAfter().toNanos();
  }

  /** An attempt has come to its end. */
  void isOver() {
    ending = 0;
    wasEnding = false;
  }

  /**
   * Why a run fails that nobody waits for any more.
   *
   * @param tasks those that have not stopped
   */
  HeadraceException leftBehind(Collection<?> tasks) {
    List<String> left = new ArrayList<>();
    StringBuilder stacks = new StringBuilder();
    ErrorCode code = ErrorCode.OPERATOR_STUCK;
    for (Call call : work.calls()) {
      code = left.isEmpty() ? call.step().code() : code;
      left.add(call.step().what());
      stacks.append('\n').append(call.stack());
    }
    tasks.forEach(task -> left.add("Task \"" + task + "\""));
    return new HeadraceException(
        code,
        "Job \"%s\" was given up after it had been ending for %s (watchdog.give-up-after), since not all of it has returned, although it was interrupted: %s. Nothing of the job starts again in this process, and its directory, if it has one, stays taken until all has returned. End the process and start the job again; with a directory it goes on from its last complete checkpoint.%s"
            .formatted(
                job, Printable.duration(limits.giveUpAfter()), String.join("; ", left), stacks));
  }
}

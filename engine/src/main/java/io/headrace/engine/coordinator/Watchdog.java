package io.headrace.engine.coordinator;

import io.headrace.api.Clock;
import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.Printable;
import io.headrace.api.WatchdogSettings;
import io.headrace.engine.task.AttemptTask;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches that the tasks of one attempt return when they are called. It looks now and then, and
 * takes a call that it sees again for one that has not returned; so the tasks need no clock, and a
 * call is known to be stuck a little late. On the thread of the coordinator.
 */
final class Watchdog {

  private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);

  private final WatchdogSettings limits;
  private final Clock clock;
  private final Looks looks;
  private final List<Watched> watched = new ArrayList<>();

  Watchdog(WatchdogSettings limits, Clock clock, List<AttemptTask> tasks) {
    this.limits = limits;
    this.clock = clock;
    this.looks = new Looks(clock, shortest(limits));
    tasks.forEach(task -> watched.add(new Watched(task)));
  }

  private static Duration shortest(WatchdogSettings limits) {
    return Stream.of(
            limits.namedAfter(),
            limits.failAfter().orElse(limits.namedAfter()),
            limits.degradedAfter())
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }

  /**
   * Looks, if it is time to.
   *
   * @param isStopping whether the tasks were told to stop: then what is stuck is interrupted
   * @return whether something is stuck that was not, or the other way round, or there is a failure
   *     to be taken
   */
  boolean look(boolean isStopping) {
    long counted = looks.next();
    if (counted == 0) {
      return false;
    }
    boolean any = false;
    for (Watched each : watched) {
      any |= each.look(counted, isStopping);
      any |= each.hasFailed();
    }
    return any;
  }

  /** What is stuck and since when, if anything is. */
  Optional<String> stuck() {
    return watched.stream().flatMap(each -> Optional.ofNullable(each.told).stream()).findFirst();
  }

  /** Whether something has been stuck for so long that the run counts as dead. */
  boolean isBeyondLimit() {
    return watched.stream().anyMatch(each -> each.hasHeld(each.deadAfter()));
  }

  /** The failure of a task that is stuck for too long, if there is one; each is returned once. */
  Optional<HeadraceException> takeFailure() {
    return watched.stream().filter(Watched::hasFailed).findFirst().map(Watched::takeFailure);
  }

  /** One task and the call that it was last seen in. */
  private final class Watched {

    private final AttemptTask task;
    private long call;
    private long held;
    private boolean isInterrupted;
    private boolean isFailureTaken;
    private @Nullable String told;

    Watched(AttemptTask task) {
      this.task = task;
    }

    boolean hasHeld(Duration most) {
      return told != null && held >= most.toNanos();
    }

    /** Whether it is stuck for so long that the attempt fails, and nobody knows that yet. */
    boolean hasFailed() {
      return !isFailureTaken && limits.failAfter().filter(this::hasHeld).isPresent();
    }

    boolean look(long counted, boolean isStopping) {
      long now = task.calls();
      boolean isSame = now == call && now % 2 == 1;
      if (!isSame) {
        return goneOn(now);
      }
      held += counted;
      boolean isStuck = isStuck(isStopping);
      if (isStuck && isStopping && !isInterrupted) {
        isInterrupted = true;
        task.interrupt();
      }
      if (isStuck && told == null) {
        told = "Task \"" + task + "\" has not returned since " + since() + ".";
        warn();
        return true;
      }
      return false;
    }

    private boolean goneOn(long now) {
      boolean wasTold = told != null;
      if (wasTold) {
        LOG.info("Task \"{}\" goes on after {}.", task, Printable.duration(Duration.ofNanos(held)));
      }
      call = now;
      held = 0;
      isInterrupted = false;
      isFailureTaken = false;
      told = null;
      return wasTold;
    }

    private boolean isStuck(boolean isStopping) {
      return held >= warnAfter(isStopping).toNanos()
          || limits.failAfter().filter(most -> held >= most.toNanos()).isPresent();
    }

    /**
     * A blocking task waits for the outside as other calls do, and keeps nobody waiting meanwhile
     * but those that wait for the attempt to end.
     */
    private Duration warnAfter(boolean isStopping) {
      boolean mayWait = task.isBlocking() && !isStopping;
      return mayWait && limits.namedAfter().compareTo(limits.degradedAfter()) < 0
          ? limits.degradedAfter()
          : limits.namedAfter();
    }

    private Duration deadAfter() {
      return task.isBlocking()
          ? limits.failAfter().orElse(limits.giveUpAfter())
          : limits.deadAfter();
    }

    private Object since() {
      return clock.instant().minusNanos(held);
    }

    private void warn() {
      LOG.warn(
          "Task \"{}\" has not returned for {}{}. It is at\n{}",
          task,
          Printable.duration(Duration.ofNanos(held)),
          task.isBlocking()
              ? ""
              : " and holds its worker. If it must wait, say blocking() of its operator",
          stack());
    }

    private String stack() {
      return Stacks.of(task.thread());
    }

    HeadraceException takeFailure() {
      isFailureTaken = true;
      return new HeadraceException(
          ErrorCode.OPERATOR_STUCK,
          "Task \""
              + task
              + "\" has not returned for "
              + Printable.duration(Duration.ofNanos(held))
              + ", longer than the limit of the watchdog. Its thread was interrupted; the"
              + " attempt is over once it has returned. See in the stack where it waits or loops:\n"
              + stack());
    }
  }
}

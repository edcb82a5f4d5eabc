package io.headrace.engine.coordinator;

import io.headrace.api.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a run tells the outside. The coordinator's thread publishes, any thread reads. */
final class Published {

  /**
   * A coordinator is called some twenty-five times a second at least, or something is wrong with
   * it.
   */
  private static final Duration AT_WORK = Duration.ofSeconds(1);

  private final Clock clock;
  private final long mostNanos;
  private final Consumer<RunState> states;
  private @Nullable RunState told;

  /** Replaced when it changes. */
  private volatile RunStatus status =
      new RunStatus(
          RunPhase.RECOVERING,
          new RunState.Starting(),
          true,
          0,
          Optional.empty(),
          List.of(),
          List.of(),
          0,
          0,
          0,
          Optional.empty());

  /** The tasks of the last attempt, which any thread may look at. */
  private volatile List<TaskMeter> tasks = List.of();

  /** When the coordinator last got through a call, on the clock of nanoseconds. */
  private volatile long lastCall;

  /**
   * @param deadAfter how long the coordinator may be away before the run counts as dead, if that is
   *     more than a second
   * @param states is told each new state
   */
  Published(Clock clock, Duration deadAfter, Consumer<RunState> states) {
    this.clock = clock;
    this.mostNanos = Math.max(deadAfter.toNanos(), AT_WORK.toNanos());
    this.states = states;
    this.lastCall = clock.nanoTime();
  }

  /** The coordinator got through a call. */
  void atWork() {
    lastCall = clock.nanoTime();
  }

  void tasks(List<TaskMeter> running) {
    tasks = running;
  }

  void status(RunStatus now) {
    status = now;
    if (isNews(now.state())) {
      states.accept(now.state());
      told = now.state();
    }
  }

  boolean isNews(RunState state) {
    return !state.equals(told);
  }

  /** How the run stands. Any thread. */
  RunStatus status() {
    RunStatus known = status;
    return new RunStatus(
        known.phase(),
        known.state(),
        known.isLive() && (known.phase() == RunPhase.ENDED || isAtWork()),
        known.attempt(),
        known.restoredFrom(),
        tasks.stream().map(TaskMeter::status).toList(),
        known.checkpoints(),
        known.complete(),
        known.givenUp(),
        known.restarts(),
        known.lastFailure());
  }

  private boolean isAtWork() {
    return clock.nanoTime() - lastCall <= mostNanos;
  }
}

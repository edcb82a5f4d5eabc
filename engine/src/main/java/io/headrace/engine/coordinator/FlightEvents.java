package io.headrace.engine.coordinator;

import io.headrace.api.CheckpointId;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a job tells the Java Flight Recorder of its JVM. There is one event a checkpoint, restore or
 * restart, and nothing is done where nobody records. A JVM may have been put together without the
 * module {@code jdk.jfr}: then no class that needs it is ever loaded, and nobody is told.
 */
final class FlightEvents {

  private static final boolean IS_THERE = ModuleLayer.boot().findModule("jdk.jfr").isPresent();

  private FlightEvents() {}

  /**
   * A checkpoint is triggered.
   *
   * @param kind what for, in a word
   * @return to be told once what became of it
   */
  static Consumer<CheckpointStatus> checkpoint(Attempt attempt, CheckpointId id, String kind) {
    if (!IS_THERE) {
      return status -> {};
    }
    CheckpointEvent event = new CheckpointEvent();
    event.job = attempt.job();
    event.attempt = attempt.start().attempt();
    event.checkpoint = id.value();
    event.kind = kind;
    event.begin();
    return event::end;
  }

  /**
   * The state of a checkpoint begins to be read, if an attempt starts from one.
   *
   * @return to be told once what went wrong, or that nothing did
   */
  static Consumer<Optional<Throwable>> restore(String job, StartPoint start) {
    if (!IS_THERE || start.from().isEmpty()) {
      return failure -> {};
    }
    RestoreEvent event = new RestoreEvent();
    event.job = job;
    event.attempt = start.attempt();
    event.checkpoint = start.from().get().value();
    event.entries = start.restored().entries();
    event.bytes = start.restored().bytes();
    event.begin();
    return event::end;
  }

  /**
   * A job has failed and is to start again.
   *
   * @return to be called when it does
   */
  static Runnable restart(String job, Throwable cause) {
    if (!IS_THERE) {
      return () -> {};
    }
    RestartEvent event = new RestartEvent();
    event.job = job;
    event.cause(cause);
    event.begin();
    return event::commit;
  }
}

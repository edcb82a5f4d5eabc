package io.headrace.engine.coordinator;

import io.headrace.engine.task.Host;
import io.headrace.engine.task.RunListener;
import java.util.function.Consumer;

/**
 * What a coordinator has around it.
 *
 * @param states is told each new state of the run on the coordinator's thread, and must not block
 */
public record Surroundings(Host host, RunListener listener, Consumer<RunState> states) {

  /** Surroundings in which nobody is told states. */
  public Surroundings(Host host, RunListener listener) {
    this(host, listener, state -> {});
  }
}

package io.headrace.api.plan;

import io.headrace.api.BroadcastContext;
import io.headrace.api.BroadcastStates;
import io.headrace.api.KeyedBroadcastProcess;
import io.headrace.api.KeyedBroadcastProcessFactory;
import io.headrace.api.KeyedCoProcess;
import io.headrace.api.KeyedCoProcessFactory;
import io.headrace.api.KeyedProcess;
import io.headrace.api.KeyedProcessFactory;
import io.headrace.api.OnTimerContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A process of the user as engines call it, whatever it is. One thread at a time.
 *
 * @param made what its factory made
 * @param byStream what takes the values of each keyed stream
 * @param onBroadcast what takes the values that are broadcast, if some are
 */
public record Processing(
    Object made,
    List<KeyedProcess<Object, Object, Object>> byStream,
    OnTimer onTimer,
    Optional<OnBroadcast> onBroadcast) {

  /** Copies the list. */
  public Processing {
    byStream = List.copyOf(byStream);
  }

  /** What is called when a timer fires. */
  @FunctionalInterface
  public interface OnTimer {
    /** A timer has come to its time. */
    void onTimer(Instant time, OnTimerContext<Object, Object> at) throws Exception;
  }

  /** What takes values that are broadcast. */
  @FunctionalInterface
  public interface OnBroadcast {
    /** A value that is broadcast has come. */
    void processBroadcast(Object value, BroadcastContext at) throws Exception;
  }

  /** A new process, made by its factory with the states of a task. */
  @SuppressWarnings("unchecked") // The plan's types agree: its streams were built with generics.
  public static Processing of(ProcessFactory factory, BroadcastStates states) {
    if (factory instanceof ProcessFactory.OfOne one) {
      KeyedProcess<Object, Object, Object> process =
          ((KeyedProcessFactory<Object, Object, Object>) one.factory()).create(states);
      return new Processing(process, List.of(process), process::onTimer, Optional.empty());
    }
    if (factory instanceof ProcessFactory.OfTwo two) {
      KeyedCoProcess<Object, Object, Object, Object> process =
          ((KeyedCoProcessFactory<Object, Object, Object, Object>) two.factory()).create(states);
      return new Processing(
          process,
          List.of(process::process1, process::process2),
          process::onTimer,
          Optional.empty());
    }
    KeyedBroadcastProcess<Object, Object, Object, Object> process =
        ((KeyedBroadcastProcessFactory<Object, Object, Object, Object>)
                ((ProcessFactory.OfBroadcast) factory).factory())
            .create(states);
    return new Processing(
        process,
        List.of(process::process),
        process::onTimer,
        Optional.of(process::processBroadcast));
  }
}

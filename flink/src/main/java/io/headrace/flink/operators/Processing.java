package io.headrace.flink.operators;

import io.headrace.api.BroadcastContext;
import io.headrace.api.BroadcastStates;
import io.headrace.api.KeyedBroadcastProcess;
import io.headrace.api.KeyedBroadcastProcessFactory;
import io.headrace.api.KeyedCoProcess;
import io.headrace.api.KeyedCoProcessFactory;
import io.headrace.api.KeyedProcess;
import io.headrace.api.KeyedProcessFactory;
import io.headrace.api.OnTimerContext;
import io.headrace.api.plan.ProcessFactory;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A process of the user as it is called, whatever it is.
 *
 * @param byStream what takes the values of each keyed stream
 * @param onBroadcast what takes the values that are broadcast, if some are
 */
record Processing(
    List<KeyedProcess<Object, Object, Object>> byStream,
    OnTimer onTimer,
    Optional<OnBroadcast> onBroadcast) {

  /** Copies the list. */
  Processing {
    byStream = List.copyOf(byStream);
  }

  /** What is called when a timer fires. */
  @FunctionalInterface
  interface OnTimer {
    void onTimer(Instant time, OnTimerContext<Object, Object> at) throws Exception;
  }

  /** What takes values that are broadcast. */
  @FunctionalInterface
  interface OnBroadcast {
    void processBroadcast(Object value, BroadcastContext at) throws Exception;
  }

  /** A new process. */
  @SuppressWarnings("unchecked") // The plan's types agree: its streams were built with generics.
  static Processing of(ProcessFactory factory, BroadcastStates states) {
    if (factory instanceof ProcessFactory.OfOne one) {
      KeyedProcess<Object, Object, Object> process =
          ((KeyedProcessFactory<Object, Object, Object>) one.factory()).create(states);
      return new Processing(List.of(process), process::onTimer, Optional.empty());
    }
    if (factory instanceof ProcessFactory.OfTwo two) {
      KeyedCoProcess<Object, Object, Object, Object> process =
          ((KeyedCoProcessFactory<Object, Object, Object, Object>) two.factory()).create(states);
      return new Processing(
          List.of(process::process1, process::process2), process::onTimer, Optional.empty());
    }
    KeyedBroadcastProcess<Object, Object, Object, Object> process =
        ((KeyedBroadcastProcessFactory<Object, Object, Object, Object>)
                ((ProcessFactory.OfBroadcast) factory).factory())
            .create(states);
    return new Processing(
        List.of(process::process), process::onTimer, Optional.of(process::processBroadcast));
  }
}

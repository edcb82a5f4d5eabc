package io.headrace.micrometer;

import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * One line of the catalogue: what a meter is called and shows.
 *
 * @param name in Micrometer's notation, with dots
 * @param unit of the value; empty where things are counted
 * @param meaning a sentence, for the page and for registries that show it
 * @param value what it shows of a run, or of a task
 * @param <S> what it is taken from
 */
record Measure<S>(
    String name, Kind kind, Optional<String> unit, String meaning, ToDoubleFunction<S> value) {

  /** How registries treat a value. */
  enum Kind {
    /** It only rises while the run lasts. */
    COUNTER,
    /** It is what it is at this moment. */
    GAUGE
  }

  static <S> Measure<S> counter(String name, String meaning, ToDoubleFunction<S> value) {
    return new Measure<>(name, Kind.COUNTER, Optional.empty(), meaning, value);
  }

  static <S> Measure<S> gauge(String name, String meaning, ToDoubleFunction<S> value) {
    return new Measure<>(name, Kind.GAUGE, Optional.empty(), meaning, value);
  }

  /** The same in a unit. */
  Measure<S> in(String words) {
    return new Measure<>(name, kind, Optional.of(words), meaning, value);
  }
}

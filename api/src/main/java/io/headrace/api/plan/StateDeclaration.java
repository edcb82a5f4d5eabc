package io.headrace.api.plan;

import java.lang.reflect.Type;
import java.util.List;

/**
 * A state as its process declares it.
 *
 * @param name unique in its operator
 * @param kind what is kept for a key
 * @param types the type of what is stored; of a map, the type of its keys first; of timers none
 */
public record StateDeclaration(String name, Kind kind, List<Type> types) {

  /** What the names of the engine's own states begin with, and no others. */
  public static final String OF_THE_ENGINE = "headrace.";

  /** The timers of an operator. */
  public static final StateDeclaration TIMERS =
      new StateDeclaration(OF_THE_ENGINE + "timers", Kind.TIMERS, List.of());

  /** Copies the list. */
  public StateDeclaration {
    types = List.copyOf(types);
  }

  /** What is kept for a key. */
  public enum Kind {
    /** One value. */
    VALUE,
    /** A map. */
    MAP,
    /** A list. */
    LIST,
    /** One value, to which others are reduced. */
    REDUCING,
    /** An accumulator. */
    AGGREGATING,
    /** Times, each with what it goes by. */
    TIMERS
  }
}

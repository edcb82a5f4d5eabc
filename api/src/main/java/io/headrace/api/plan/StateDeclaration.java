package io.headrace.api.plan;

import java.lang.reflect.Type;
import java.util.List;

/**
 * A state as its process declares it.
 *
 * @param name unique in its operator
 * @param kind what is kept for a key
 * @param types the type of what is stored; of maps, the type of the map keys first; of timers none
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

  /** A map that belongs to no key. */
  public static StateDeclaration broadcast(String name, Type mapKeyType, Type valueType) {
    return new StateDeclaration(name, Kind.BROADCAST, List.of(mapKeyType, valueType));
  }

  /** Whether it belongs to no key, and every task has a copy. */
  public boolean isBroadcast() {
    return kind == Kind.BROADCAST;
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
    TIMERS,
    /** A map that belongs to no key. */
    BROADCAST
  }
}

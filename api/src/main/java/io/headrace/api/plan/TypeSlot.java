package io.headrace.api.plan;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The type of a stream while its plan is recorded: found sooner or later, or never. */
final class TypeSlot {

  private @Nullable Type type;

  TypeSlot(Optional<Type> type) {
    this.type = type.orElse(null);
  }

  Optional<Type> type() {
    return Optional.ofNullable(type);
  }

  /** Takes a type from a producer or consumer, unless one is known already. */
  void offer(Optional<Type> found) {
    if (type == null) {
      type = found.orElse(null);
    }
  }

  /** Takes the type that the user said; returns whether it agrees with what is known. */
  boolean declare(Type declared) {
    boolean agrees = type == null || raw(type).equals(raw(declared));
    type = declared;
    return agrees;
  }

  private static Type raw(Type type) {
    return type instanceof ParameterizedType parameterized ? parameterized.getRawType() : type;
  }
}

package io.headrace.api;

import java.util.Objects;

/**
 * The name and type of a second output of a process.
 *
 * @param name unique among the side outputs of a process
 */
public record SideOutput<S>(String name, TypeToken<S> type) {

  /** Checks its components. */
  public SideOutput {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
  }

  /** A side output of values of a class without type parameters. */
  public static <S> SideOutput<S> of(String name, Class<S> type) {
    return new SideOutput<>(name, TypeToken.of(type));
  }
}

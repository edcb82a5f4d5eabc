package io.headrace.benchmarks;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where the tasks of this JVM's one run get their {@link Taker}. Thread-safe. Static for the reason
 * that {@link Meter} gives.
 */
final class Takers {

  private static final AtomicReference<@Nullable Supplier<Taker>> INSTALLED =
      new AtomicReference<>();

  private Takers() {}

  /** Sets what makes takers, on any thread. */
  static void install(Supplier<Taker> takers) {
    INSTALLED.set(takers);
  }

  /** A taker for one more task. */
  static Taker next() {
    return Optional.ofNullable(INSTALLED.get()).orElseThrow().get();
  }
}

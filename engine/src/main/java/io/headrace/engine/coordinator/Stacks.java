package io.headrace.engine.coordinator;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says where threads are. */
final class Stacks {

  private Stacks() {}

  /** Where a thread is, a line for each call; nothing if there is no thread. */
  static String of(Optional<Thread> thread) {
    return Arrays.stream(
            thread.map(Thread::getStackTrace).orElseGet(() -> new StackTraceElement[0]))
        .map(frame -> "    at " + frame)
        .collect(Collectors.joining("\n"));
  }
}

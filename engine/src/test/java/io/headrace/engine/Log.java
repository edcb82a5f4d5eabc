package io.headrace.engine;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What is logged while something is done, by any thread. */
final class Log {

  private Log() {}

  /** The lines of it. */
  static List<String> of(Runnable action) {
    return textOf(action).lines().toList();
  }

  /** All of it, as it was written. */
  static String textOf(Runnable action) {
    PrintStream before = System.err;
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
    try {
      action.run();
    } finally {
      System.setErr(before);
    }
    return written.toString(StandardCharsets.UTF_8);
  }
}

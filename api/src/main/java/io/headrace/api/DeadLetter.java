package io.headrace.api;

import java.util.Optional;

/**
 * A value, or a timer, that an operator failed on and that was put aside.
 *
 * @param operator the name of the operator
 * @param stage what it was about to do
 * @param position where the value came from, as far as that is known: a split of a source and a
 *     place in it
 * @param error what went wrong
 * @param stack where it went wrong: the stack of {@code error} and those of its causes, the
 *     beginning of them, as {@link #stackOf} has them; empty of input that could not be read, where
 *     {@code position} and {@code error} say all. For people: when a value fails again, after a
 *     restart or on another JVM, its stack may look different
 * @param text the value as people read it; of input that could not be read, as UTF-8; of a timer,
 *     its time and key
 * @param bytes the value in Avro's binary encoding, or input that could not be read as it was found
 * @param schema the Avro schema of {@code bytes}; empty when they are input as it was found, and
 *     where there are none: of a timer, and of a value that cannot be encoded
 */
public record DeadLetter(
    String operator,
    Stage stage,
    Optional<String> position,
    String error,
    Optional<String> stack,
    String text,
    byte[] bytes,
    Optional<String> schema) {

  /** The output that dead letters leave an operator by. */
  public static final SideOutput<DeadLetter> OUTPUT =
      SideOutput.of("headrace.dead-letters", DeadLetter.class);

  /** The most characters that a letter has of a stack: the frames that tell most come first. */
  private static final int LONGEST_STACK = 4096;

  /**
   * The stack of a failure, a frame on each line, and behind it those of its causes; at most 4,096
   * characters, in whole lines unless the first is longer.
   */
  public static String stackOf(Throwable failure) {
    StringBuilder stack = new StringBuilder();
    Throwable at = failure;
    while (at != null && stack.length() <= LONGEST_STACK) {
      if (at != failure) {
        stack.append("Caused by: ").append(Printable.told(at)).append('\n');
      }
      for (StackTraceElement frame : at.getStackTrace()) {
        stack.append("at ").append(frame).append('\n');
      }
      at = at.getCause();
    }
    return stack.length() <= LONGEST_STACK ? stack.toString().strip() : cut(stack);
  }

  private static String cut(StringBuilder stack) {
    int end = stack.lastIndexOf("\n", LONGEST_STACK);
    return stack.substring(0, end > 0 ? end : LONGEST_STACK);
  }

  /** What an operator was about to do with a value. */
  public enum Stage {
    /** To read it. */
    READ,
    /** To compute with it. */
    PROCESS,
    /** To write it. */
    WRITE
  }
}

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
    String text,
    byte[] bytes,
    Optional<String> schema) {

  /** The output that dead letters leave an operator by. */
  public static final SideOutput<DeadLetter> OUTPUT =
      SideOutput.of("headrace.dead-letters", DeadLetter.class);

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

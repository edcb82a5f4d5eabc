package io.headrace.codec;

import io.headrace.api.DeadLetter;
import io.headrace.api.HeadraceException;
import io.headrace.api.Printable;
import java.time.Instant;
import java.util.Optional;

/**
 * Writes the dead letters of an operator, alike on every engine. Any thread.
 *
 * @param operator the name of the operator
 * @param stage what it is about to do when it fails
 */
public record DeadLetters(String operator, DeadLetter.Stage stage) {

  /**
   * The letter about a value, in the encoding of its type; about one that cannot be encoded, which
   * may be why it is put aside, the text says all.
   *
   * @param codec of the values that the operator takes
   * @param position where the value was read, as far as that is known
   * @param failure what the operator failed with on it
   */
  public DeadLetter ofValue(
      Object value, Codec<Object> codec, Optional<String> position, HeadraceException failure) {
    Encoder out = new Encoder();
    Optional<String> schema = Optional.empty();
    try {
      codec.encode(value, out);
      schema = Optional.of(codec.schema().json());
    } catch (HeadraceException unencodable) {
      out.clear();
    }
    Throwable cause = cause(failure);
    return new DeadLetter(
        operator,
        stage,
        position,
        Printable.told(cause),
        Optional.of(DeadLetter.stackOf(cause)),
        Printable.told(value),
        out.toBytes(),
        schema);
  }

  /** The letter about a timer. */
  public DeadLetter ofTimer(Instant time, Object key, HeadraceException failure) {
    Throwable cause = cause(failure);
    return new DeadLetter(
        operator,
        stage,
        Optional.empty(),
        Printable.told(cause),
        Optional.of(DeadLetter.stackOf(cause)),
        "timer " + time + " of key " + Printable.told(key),
        new byte[0],
        Optional.empty());
  }

  /**
   * Whether a failure may be the value's fault, which may then be put aside. It is not where the
   * thread was interrupted: then the job is being ended. On the thread that failed.
   */
  public static boolean isOfValue(HeadraceException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof InterruptedException) {
        return false;
      }
    }
    return failure.code().isOfValue() && !Thread.currentThread().isInterrupted();
  }

  /** What the code of the user threw; what we did, where it threw nothing. */
  private static Throwable cause(HeadraceException failure) {
    Throwable cause = failure.getCause();
    return cause == null ? failure : cause;
  }
}

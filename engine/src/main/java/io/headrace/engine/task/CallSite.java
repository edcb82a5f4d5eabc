package io.headrace.engine.task;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.Printable;
import io.headrace.api.ValueRejectedException;
import io.headrace.codec.Codec;
import io.headrace.codec.Encoder;
import io.headrace.codec.Hash;
import io.headrace.codec.Millis;
import io.headrace.state.Firing;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where an operator's functions are called: knows how to name a value that they fail on. One
 * thread.
 */
final class CallSite {

  private final String operator;
  private final Track track;
  private final Supplier<Codec<Object>> codec;

  /**
   * @param codec of the values that the operator takes; asked for only when one is to be named
   */
  CallSite(String operator, Track track, Supplier<Codec<Object>> codec) {
    this.operator = operator;
    this.track = track;
    this.codec = codec;
  }

  String operator() {
    return operator;
  }

  Track track() {
    return track;
  }

  /** Where the values that are being taken come from, in words. */
  Optional<String> position() {
    return track.inWords();
  }

  Codec<Object> codec() {
    return codec.get();
  }

  /**
   * The error to throw for what a user's function threw on a value: itself if it is one of ours.
   */
  HeadraceException failed(String function, Object value, Exception thrown) {
    return failedOn(() -> "value " + name(value), function, thrown);
  }

  /**
   * The error to throw for what a user's function threw on a timer: itself if it is one of ours.
   */
  HeadraceException timerFailed(Firing<?> timer, Exception thrown) {
    String subject = "timer %s of key #%016x".formatted(Millis.time(timer.time()), timer.keyHash());
    return failedOn(() -> subject, "onTimer", thrown);
  }

  private HeadraceException failedOn(Supplier<String> subject, String function, Exception thrown) {
    if (thrown instanceof InputFailure known) {
      return known;
    }
    if (thrown instanceof HeadraceException ours && ours.code() != ErrorCode.VALUE_NOT_ENCODABLE) {
      return ours.ofOperator(operator);
    }
    boolean isOurs = thrown instanceof HeadraceException;
    String name = subject.get();
    HeadraceException failure =
        new InputFailure(
            isOurs ? ErrorCode.VALUE_NOT_ENCODABLE : ErrorCode.USER_FUNCTION_FAILED,
            input(name),
            message(name, "its " + function + (isOurs ? ": " : " threw ") + told(thrown)),
            thrown);
    UserFunctions.line(thrown).ifPresent(failure::at);
    return placed(failure);
  }

  /** The error to throw for what a checkpoint listener threw: itself if it is one of ours. */
  HeadraceException listenerFailed(Exception thrown) {
    if (thrown instanceof HeadraceException ours) {
      return ours.ofOperator(operator);
    }
    HeadraceException failure =
        new HeadraceException(
            ErrorCode.USER_FUNCTION_FAILED,
            "The checkpoint listener of operator \""
                + operator
                + "\" threw "
                + Printable.of(thrown)
                + ". The job starts again from its last complete checkpoint; mend the listener if"
                + " it fails again.",
            thrown);
    UserFunctions.line(thrown).ifPresent(failure::at);
    return failure.ofOperator(operator);
  }

  /** The error to throw where a user's function does on a value what it must not do. */
  HeadraceException failed(String what, Object value) {
    String name = "value " + name(value);
    return new InputFailure(ErrorCode.USER_FUNCTION_FAILED, input(name), message(name, what));
  }

  /** The error to throw for a value that a sink rejected. */
  HeadraceException rejected(Object value, ValueRejectedException rejected) {
    String name = "value " + name(value);
    return placed(
        new InputFailure(
            ErrorCode.VALUE_REJECTED,
            input(name),
            message(name, "the sink rejected it, " + rejected.getMessage()),
            rejected));
  }

  private static String told(Exception thrown) {
    if (thrown instanceof HeadraceException ours) {
      String reason = ours.reason();
      return reason.endsWith(".") ? reason.substring(0, reason.length() - 1) : reason;
    }
    return Printable.of(thrown);
  }

  private HeadraceException placed(HeadraceException failure) {
    position().ifPresent(failure::at);
    return failure.ofOperator(operator);
  }

  private String input(String subject) {
    return "operator \"" + operator + "\", " + subject;
  }

  private String message(String subject, String what) {
    return "Operator \""
        + operator
        + "\" failed on "
        + subject
        + position().map(place -> ", read from " + place).orElse("")
        + ": "
        + what
        + ". The job starts again from its last complete checkpoint; if the value fails"
        + " again, mend what fails on it, or pass such values with skipFailures() or"
        + " deadLetters().";
  }

  /** Names a value without telling what is in it. */
  private String name(Object value) {
    try {
      Encoder out = new Encoder();
      codec.get().encode(value, out);
      return "#%016x".formatted(Hash.ofBytes(out.buffer(), 0, out.size(), 0));
    } catch (RuntimeException unnameable) {
      return "of " + value.getClass().getName() + ", which cannot be encoded: " + unnameable;
    }
  }
}

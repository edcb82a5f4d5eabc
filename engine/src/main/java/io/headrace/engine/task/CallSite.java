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
  private final TaskId task;
  private final Track track;
  private final Supplier<Codec<Object>> codec;

  /**
   * @param task where the functions are called: a key selector in the task that sends, for example
   * @param codec of the values that the operator takes; asked for only when one is to be named
   */
  CallSite(String operator, TaskId task, Track track, Supplier<Codec<Object>> codec) {
    this.operator = operator;
    this.task = task;
    this.track = track;
    this.codec = codec;
  }

  String operator() {
    return operator;
  }

  Track track() {
    return track;
  }

  /** The operator and the task, as messages name them. */
  String inWords() {
    return "\"" + operator + "\", in task \"" + task + "\",";
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
    return failed("checkpoint listener", thrown);
  }

  /** The error to throw for what a factory of processes threw: itself if it is one of ours. */
  HeadraceException factoryFailed(Exception thrown) {
    return failed("factory", thrown);
  }

  private HeadraceException failed(String function, Exception thrown) {
    if (thrown instanceof HeadraceException ours) {
      return ours.ofOperator(operator);
    }
    HeadraceException failure =
        new HeadraceException(
            ErrorCode.USER_FUNCTION_FAILED,
            "The %s of operator %s threw %s. Mend the %s if it fails again after a restart."
                .formatted(function, inWords(), Printable.of(thrown), function),
            thrown);
    UserFunctions.line(thrown).ifPresent(failure::at);
    return failure.ofOperator(operator);
  }

  /** The error to throw where a user's function does on a value what it must not do. */
  HeadraceException failed(String what, Object value) {
    String name = "value " + name(value);
    return placed(
        new InputFailure(ErrorCode.USER_FUNCTION_FAILED, input(name), message(name, what)));
  }

  /** The error to throw where a user's function does on a timer what it must not do. */
  HeadraceException timerFailed(String what) {
    return placed(
        new InputFailure(
            ErrorCode.USER_FUNCTION_FAILED, input("a timer"), message("a timer", what)));
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

  /** The error to throw for a value that the operator emitted and that cannot be copied. */
  HeadraceException notCopied(Object emitted, HeadraceException unencodable) {
    String name = "of " + emitted.getClass().getName();
    return placed(
        new InputFailure(
            ErrorCode.VALUE_NOT_ENCODABLE,
            "operator \"" + operator + "\", emitted value " + name,
            "Operator "
                + inWords()
                + " emitted a value "
                + name
                + position().map(place -> ", for what was read from " + place).orElse("")
                + ", which cannot be copied for all that take it: "
                + told(unencodable),
            unencodable));
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
    return "Operator "
        + inWords()
        + " failed on "
        + subject
        + position().map(place -> ", read from " + place).orElse("")
        + ": "
        + what;
  }

  /** Names a value without telling what is in it. */
  private String name(Object value) {
    try {
      Encoder out = new Encoder();
      codec.get().encode(value, out);
      return "#%016x".formatted(Hash.ofBytes(out.buffer(), 0, out.size(), 0));
    } catch (RuntimeException unnameable) {
      return "of " + value.getClass().getName() + ", which cannot be encoded";
    }
  }
}

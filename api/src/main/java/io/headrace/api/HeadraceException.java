package io.headrace.api;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something went wrong in a way that Headrace can name: see {@link #code()}.
 *
 * <p>The message says what happened with names and values, why, what to do, and ends with the code.
 * What a program may want to have by itself, for a log or a page, are the accessors; whoever lets
 * the exception pass and knows more may add the operator and where it happened. One thread, until
 * it is handed over.
 */
public class HeadraceException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private @Nullable String operator;
  private @Nullable String position;
  private @Nullable String remedy;

  /** A problem without a deeper cause. */
  public HeadraceException(ErrorCode code, String message) {
    super(coded(code, message));
    this.code = code;
  }

  /** A problem that has a cause. */
  public HeadraceException(ErrorCode code, String message, Throwable cause) {
    super(coded(code, message), cause);
    this.code = code;
  }

  /**
   * A message with the code that all of ours end with. Whatever went into the message, it cannot
   * look like lines of a log.
   */
  protected static String coded(ErrorCode code, String message) {
    return Printable.lines(message) + "   [" + code + ", " + code.kind().words() + "]";
  }

  /** Which problem it is; stable over versions, and explained on a page of its own. */
  public final ErrorCode code() {
    return code;
  }

  /**
   * The name of the operator that it happened in, as the plan has it; several, joined by arrows,
   * where only their task is known. Empty for what concerns the whole job.
   */
  public final Optional<String> operator() {
    return Optional.ofNullable(operator);
  }

  /**
   * Where it happened, as far as it is known: the line of the user's code, the line of a file, the
   * split of the source and the position in it; the innermost first.
   */
  public final Optional<String> position() {
    return Optional.ofNullable(position);
  }

  /** What to do about it, a full sentence. */
  public final String remedy() {
    return remedy == null ? code.remedy() : remedy;
  }

  /** What the message says, without the code that it ends with. */
  public final String reason() {
    String message = String.valueOf(getMessage());
    return message.substring(0, message.lastIndexOf("   ["));
  }

  /** Names the operator, unless it is named already: who throws first knows best. Returns this. */
  public final HeadraceException ofOperator(String name) {
    if (operator == null) {
      operator = name;
    }
    return this;
  }

  /** Adds where it happened, seen from farther out than what is known already. Returns this. */
  public final HeadraceException at(String place) {
    String shown = Printable.of(place);
    position = position == null ? shown : position + "; " + shown;
    return this;
  }

  /** Says what to do in this very case, instead of what its code says. Returns this. */
  public final HeadraceException withRemedy(String sentence) {
    remedy = sentence;
    return this;
  }
}

package io.headrace.api;

/**
 * Says that a sink cannot write a value, whatever is tried, and that nothing of it is in the open
 * transaction: the job may leave the value out and go on. Every other exception of {@link
 * SinkWriter#write} fails the job.
 */
public final class ValueRejectedException extends Exception {

  private static final long serialVersionUID = 1L;

  /** A rejection with its reason, a part of a sentence. */
  public ValueRejectedException(String reason) {
    super(reason);
  }

  /** A rejection with its reason, a part of a sentence, and what it follows from. */
  public ValueRejectedException(String reason, Throwable cause) {
    super(reason, cause);
  }
}

package io.headrace.api;

/**
 * Takes what a reader reads, in order. Valid only during the call of {@link SourceReader#poll} that
 * it was passed to.
 */
@FunctionalInterface
public interface SourceOutput<T> extends Emitter<T> {

  /**
   * Tells of input that cannot be read as a value. The reader has passed it: its position is behind
   * it, and it goes on with what follows.
   *
   * <p>What becomes of it is the job's choice: the job fails (this method then throws, as it does
   * by default, and the reader lets the exception pass), or the input is left out, or it goes to
   * the source's dead letters.
   */
  default void malformed(MalformedInput input) {
    throw input.refused();
  }
}

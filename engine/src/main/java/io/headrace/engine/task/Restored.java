package io.headrace.engine.task;

import io.headrace.checkpoint.Manifest;
import io.headrace.codec.HashRange;
import io.headrace.state.KeyedStates;
import java.io.IOException;
import java.util.List;

/**
 * What an attempt starts from. Read on threads that may block, the state of several tasks at the
 * same time.
 */
public interface Restored {

  /** How many of the entries of all keyed states have been read, in percent. Any thread. */
  int percent();

  /** How many entries all keyed states have. */
  long entries();

  /** How many bytes the files of all states have. */
  long bytes();

  /** Where a source's splits stand; none if it starts for the first time. */
  List<Manifest.Position> positions(String source);

  /** The encoded elements of an operator state, of all tasks. */
  List<byte[]> elements(String operator, String state);

  /**
   * Reads those states of an operator that were declared, for the keys of a range.
   *
   * @throws java.io.InterruptedIOException when it was given up
   */
  void readState(String operator, KeyedStates<?> states, HashRange range) throws IOException;

  /** Has what is being read, or will be, end soon, by an exception. Any thread. */
  void giveUp();
}

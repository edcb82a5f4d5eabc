package io.headrace.engine.task;

import io.headrace.codec.HashRange;
import io.headrace.state.KeyedStates;
import java.io.IOException;
import java.util.Optional;
import java.util.SortedMap;

/** What an attempt starts from. Read on a thread that may block. */
public interface Restored {

  /** How many of the entries of all states have been read, in percent. Any thread. */
  int percent();

  /** The encoded positions of a source's splits, unless it starts for the first time. */
  Optional<SortedMap<String, byte[]>> positions(String source);

  /** Reads the state of an operator for the keys of a range. */
  void readState(String operator, KeyedStates<?> states, HashRange range) throws IOException;
}

package io.headrace.state;

import io.headrace.codec.Encoder;
import java.io.IOException;

/** Takes the entries of a view, one after the other, on the thread that reads the view. */
@FunctionalInterface
public interface EntryWriter {

  /**
   * Begins an entry, which ends the one before.
   *
   * @param keyHash the hash of the key that the entry belongs to
   * @return what the bytes of the entry are appended to, before the next call
   */
  Encoder entry(long keyHash) throws IOException;
}

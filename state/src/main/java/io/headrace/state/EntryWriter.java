package io.headrace.state;

import io.headrace.codec.Encoder;
import java.io.IOException;

/** Takes the entries of a view, one after the other. */
@FunctionalInterface
public interface EntryWriter {

  /**
   * Begins an entry.
   *
   * @param keyHash the hash of the key that the entry belongs to
   * @return what the encoded entry is appended to, before the next call
   */
  Encoder entry(long keyHash) throws IOException;
}

package io.headrace.files;

import java.io.IOException;

/** How values stand in a file. Immutable; any thread. */
@FunctionalInterface
interface FileFormat<T> {

  /**
   * Begins to read a file: reads what stands before the first element, and says how the elements
   * are to be read.
   */
  Elements<T> begin(ByteWindow window) throws IOException;

  /**
   * How the elements of one file are read.
   *
   * @param format how they follow each other
   * @param parser what they are
   */
  record Elements<T>(ElementFormat format, Parser<T> parser) {}

  /** Makes values of elements. */
  @FunctionalInterface
  interface Parser<T> {

    /**
     * The value of an element.
     *
     * @throws MalformedException if it is none
     */
    T parse(byte[] element) throws MalformedException;
  }
}

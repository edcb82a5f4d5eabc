package io.headrace.files;

import java.io.IOException;
import java.util.Optional;

/**
 * How elements follow each other in a file. Stateless: what there is to know is in the position.
 */
interface ElementFormat {

  /** Finds the next element; empty at the end of the file. */
  Optional<Element> next(ByteWindow window) throws IOException;

  /**
   * An element ahead.
   *
   * @param start where it begins, from here
   * @param end where it ends
   * @param consumed where the next one is looked for
   */
  record Element(int start, int end, int consumed) {}
}

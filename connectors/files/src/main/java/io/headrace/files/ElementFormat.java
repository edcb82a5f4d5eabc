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
   * @param isBlank whether it is none: something to pass over
   */
  record Element(int start, int end, int consumed, boolean isBlank) {

    static Element of(int start, int end, int consumed) {
      return new Element(start, end, consumed, false);
    }

    static Element blank(int consumed) {
      return new Element(consumed, consumed, consumed, true);
    }
  }
}

package io.headrace.files;

import java.io.IOException;
import java.util.Optional;

/**
 * An element in each line that is not blank; lines end with LF or CRLF, the last may end without.
 */
enum LineFormat implements ElementFormat {
  INSTANCE;

  private static final int[] BYTE_ORDER_MARK = {0xef, 0xbb, 0xbf};

  @Override
  public Optional<Element> next(ByteWindow window) throws IOException {
    while (true) {
      int start = window.position().offset() == 0 ? lengthOfMark(window) : 0;
      int end = start;
      boolean isBlank = true;
      int next = window.at(end);
      for (; next != ByteWindow.END && next != '\n'; next = window.at(++end)) {
        isBlank &= next == ' ' || next == '\t' || next == '\r';
      }
      int consumed = next == '\n' ? end + 1 : end;
      if (!isBlank) {
        return Optional.of(new Element(start, end, consumed));
      }
      window.consume(consumed);
      if (next == ByteWindow.END) {
        return Optional.empty();
      }
    }
  }

  static int lengthOfMark(ByteWindow window) throws IOException {
    for (int i = 0; i < BYTE_ORDER_MARK.length; i++) {
      if (window.at(i) != BYTE_ORDER_MARK[i]) {
        return 0;
      }
    }
    return BYTE_ORDER_MARK.length;
  }
}

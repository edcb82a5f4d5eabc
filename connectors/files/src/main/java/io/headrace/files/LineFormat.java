package io.headrace.files;

import java.io.IOException;
import java.util.Optional;

/** An element in each line; lines end with LF or CRLF, the last may end without. */
enum LineFormat implements ElementFormat {
  /** In each line, whatever is in it. */
  ALL,
  /** In each line that is not blank. */
  FILLED;

  private static final int[] BYTE_ORDER_MARK = {0xef, 0xbb, 0xbf};

  @Override
  public Optional<Element> next(ByteWindow window) throws IOException {
    int start = window.offset() == 0 ? lengthOfMark(window) : 0;
    int end = start;
    boolean isBlank = this == FILLED;
    int next = window.at(end);
    for (; next != ByteWindow.END && next != '\n'; next = window.at(++end)) {
      isBlank &= isSpace(next);
    }
    if (next == ByteWindow.END) {
      return end == 0 ? Optional.empty() : Optional.of(last(start, end, isBlank));
    }
    if (isBlank) {
      return Optional.of(Element.blank(end + 1));
    }
    boolean endsWithTwo = end > start && window.at(end - 1) == '\r';
    return Optional.of(Element.of(start, endsWithTwo ? end - 1 : end, end + 1));
  }

  private static Element last(int start, int end, boolean isBlank) {
    return isBlank || end == start ? Element.blank(end) : Element.of(start, end, end);
  }

  private static boolean isSpace(int next) {
    return next == ' ' || next == '\t' || next == '\r';
  }

  /**
   * The length of the mark that Windows puts at the beginning of files in UTF-8, if it is there.
   */
  static int lengthOfMark(ByteWindow window) throws IOException {
    for (int i = 0; i < BYTE_ORDER_MARK.length; i++) {
      if (window.at(i) != BYTE_ORDER_MARK[i]) {
        return 0;
      }
    }
    return BYTE_ORDER_MARK.length;
  }
}

package io.headrace.files;

import io.headrace.api.HeadraceException;
import java.io.IOException;
import java.util.Optional;

/** The elements of one JSON array, found without reading more than one of them at a time. */
enum ArrayFormat implements ElementFormat {
  INSTANCE;

  @Override
  public Optional<Element> next(ByteWindow window) throws IOException {
    FilePosition position = window.position();
    int at = 0;
    if (position.offset() == 0) {
      at = expect(window, skipSpace(window, LineFormat.lengthOfMark(window)), '[', "the file");
    }
    at = skipSpace(window, at);
    int next = window.at(at);
    if (next == ']') {
      return atEnd(window, at + 1);
    }
    if (position.elements() > 0) {
      at = skipSpace(window, expect(window, at, ',', "what follows an element"));
    }
    int end = endOfElement(window, at);
    return Optional.of(Element.of(at, end, end));
  }

  /** The array has ended: only space may follow, and stays unread, so that this is found again. */
  private static Optional<Element> atEnd(ByteWindow window, int at) throws IOException {
    int after = skipSpace(window, at);
    if (window.at(after) != ByteWindow.END) {
      throw malformed(window, after, "something follows the array");
    }
    return Optional.empty();
  }

  private static int endOfElement(ByteWindow window, int start) throws IOException {
    int depth = 0;
    boolean isInString = false;
    for (int at = start; ; at++) {
      int next = window.at(at);
      if (next == ByteWindow.END) {
        throw malformed(window, at, "the file ends within the array");
      }
      if (isInString) {
        if (next == '\\') {
          at++;
        }
        isInString = next != '"';
      } else if (next == '"') {
        isInString = true;
      } else if (next == '{' || next == '[') {
        depth++;
      } else if (depth == 0 && (next == ',' || next == ']')) {
        return at;
      } else if (next == '}' || next == ']') {
        depth--;
      }
    }
  }

  private static int skipSpace(ByteWindow window, int from) throws IOException {
    int at = from;
    for (int next = window.at(at); isSpace(next); next = window.at(++at)) {
      // Only where it ends matters.
    }
    return at;
  }

  private static boolean isSpace(int next) {
    return next == ' ' || next == '\t' || next == '\r' || next == '\n';
  }

  private static int expect(ByteWindow window, int at, char wanted, String what)
      throws IOException {
    if (window.at(at) != wanted) {
      throw malformed(window, at, what + " does not begin with '" + wanted + "'");
    }
    return at + 1;
  }

  private static HeadraceException malformed(ByteWindow window, int at, String reason) {
    return window.refused(at, "is not part of a JSON array: " + reason);
  }
}

package io.headrace.files;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * The records of a file of comma-separated values as RFC 4180 has them. Lines end with LF or CRLF;
 * lines without anything in them are passed over.
 *
 * <p>Where a record ends is decided by quotes alone, so that it is the same from any position; what
 * is wrong within a record is found when it is taken apart.
 */
enum CsvRecords implements ElementFormat {
  INSTANCE;

  /**
   * A part of a record.
   *
   * @param isQuoted whether it stands in quotes, which it may without need
   */
  record Cell(String text, boolean isQuoted) {

    /** Whether there is nothing at all: an empty text may stand in quotes. */
    boolean isAbsent() {
      return text.isEmpty() && !isQuoted;
    }
  }

  @Override
  public Optional<Element> next(ByteWindow window) throws IOException {
    int start = window.offset() == 0 ? LineFormat.lengthOfMark(window) : 0;
    int end = endOfRecord(window, start);
    if (window.at(end) == ByteWindow.END) {
      return end == 0 ? Optional.empty() : Optional.of(element(start, end, end));
    }
    boolean endsWithTwo = end > start && window.at(end - 1) == '\r';
    return Optional.of(element(start, endsWithTwo ? end - 1 : end, end + 1));
  }

  private static Element element(int start, int end, int consumed) {
    return end == start ? Element.blank(consumed) : Element.of(start, end, consumed);
  }

  /** Where the line ends that is not within quotes, or the file. */
  private static int endOfRecord(ByteWindow window, int start) throws IOException {
    boolean isQuoted = false;
    boolean isAtStart = true;
    int opened = start;
    for (int at = start; ; at++) {
      int next = window.at(at);
      if (next == ByteWindow.END && isQuoted) {
        throw window.refused(opened, "has a quote that is not closed before the end of the file");
      }
      if (next == ByteWindow.END || next == '\n' && !isQuoted) {
        return at;
      }
      if (isQuoted && next == '"' && window.at(at + 1) == '"') {
        at++;
      } else if (next == '"' && (isQuoted || isAtStart)) {
        isQuoted = !isQuoted;
        opened = at;
      }
      isAtStart = next == ',' && !isQuoted;
    }
  }

  /** The cells of a record, at least one. */
  static List<Cell> cells(String record) throws MalformedException {
    List<Cell> cells = new ArrayList<>();
    int at = 0;
    while (true) {
      boolean isQuoted = record.startsWith("\"", at);
      int end = isQuoted ? endOfQuotes(record, at + 1) : endOfCell(record, at);
      if (isQuoted && end != record.length() && record.charAt(end) != ',') {
        throw new MalformedException("something follows the quotes of cell " + (cells.size() + 1));
      }
      cells.add(
          isQuoted
              ? new Cell(record.substring(at + 1, end - 1).replace("\"\"", "\""), true)
              : plain(record.substring(at, end), cells.size() + 1));
      if (end == record.length()) {
        return cells;
      }
      at = end + 1;
    }
  }

  private static Cell plain(String text, int number) throws MalformedException {
    if (text.indexOf('"') >= 0 || text.indexOf('\r') >= 0) {
      throw new MalformedException(
          "cell "
              + number
              + " has a quote or an end of line in it and does not begin with a quote");
    }
    return new Cell(text, false);
  }

  private static int endOfCell(String record, int start) {
    int comma = record.indexOf(',', start);
    return comma < 0 ? record.length() : comma;
  }

  /** What is behind the quote that closes. */
  private static int endOfQuotes(String record, int start) throws MalformedException {
    int quote = record.indexOf('"', start);
    while (quote >= 0 && record.startsWith("\"", quote + 1)) {
      quote = record.indexOf('"', quote + 2);
    }
    if (quote < 0) {
      throw new MalformedException("a quote is not closed");
    }
    return quote + 1;
  }

  /** A cell that is in quotes if it has to be: also an empty text, so that it is not absent. */
  static Cell cell(String text) {
    boolean needsQuotes =
        text.isEmpty() || text.chars().anyMatch(each -> "\",\r\n".indexOf(each) >= 0);
    return new Cell(text, needsQuotes);
  }

  /** A record of some cells with the end of its line. */
  static String record(List<Cell> cells) {
    StringJoiner record = new StringJoiner(",", "", "\r\n");
    for (Cell cell : cells) {
      record.add(cell.isQuoted() ? "\"" + cell.text().replace("\"", "\"\"") + "\"" : cell.text());
    }
    return record.toString();
  }
}

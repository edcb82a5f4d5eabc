package io.headrace.state;

import java.io.IOException;
import java.util.List;

/** The rows of a table as they were at one moment. Read by one thread at a time. */
final class TableView {

  private final List<Segment> segments;
  private final Epochs.OpenView open;

  TableView(List<Segment> segments, Epochs.OpenView open) {
    this.segments = List.copyOf(segments);
    this.open = open;
  }

  /** Takes one row. */
  @FunctionalInterface
  interface RowVisitor {
    /** The row begins at {@code segment.words[row]}. */
    void row(Segment segment, int row) throws IOException;
  }

  /** Which rows to visit. */
  private interface Choice {
    boolean includes(Segment segment, int slot);
  }

  /** Visits every entry. */
  void forEach(RowVisitor visitor) throws IOException {
    visit(Segment::isLive, visitor);
  }

  /** Visits every entry that was written since the view's base, perhaps some more. */
  void forEachChange(RowVisitor visitor) throws IOException {
    visit(
        (segment, slot) -> segment.isLive(slot) && segment.isWrittenAfter(open.base(), slot),
        visitor);
  }

  /** Visits the row of every entry that was deleted since the view's base, perhaps some more. */
  void forEachDeletion(RowVisitor visitor) throws IOException {
    visit(
        (segment, slot) -> segment.isDeleted(slot) && segment.isWrittenAfter(open.base(), slot),
        visitor);
  }

  private void visit(Choice choice, RowVisitor visitor) throws IOException {
    for (Segment segment : segments) {
      open.checkOpen();
      for (int slot = 0; slot < segment.slots; slot++) {
        if (choice.includes(segment, slot)) {
          visitor.row(segment, segment.row(slot));
        }
      }
    }
    open.checkOpen(); // What was read after it was closed may have been anything.
  }
}

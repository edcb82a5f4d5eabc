package io.headrace.state;

import java.io.IOException;
import java.util.List;

/** The rows of a table as they were at one moment; read by one thread at a time, until closed. */
final class TableView implements AutoCloseable {

  private final List<Segment> segments;
  private final long epoch;
  private final long covered;
  private final Runnable release;
  private boolean isClosed;

  TableView(List<Segment> segments, long epoch, long covered, Runnable release) {
    this.segments = List.copyOf(segments);
    this.epoch = epoch;
    this.covered = covered;
    this.release = release;
  }

  /** The epoch that ended with this view. */
  long epoch() {
    return epoch;
  }

  /** Takes one row. */
  @FunctionalInterface
  interface RowVisitor {
    /** The row begins at {@code segment.words[row]}. */
    void row(Segment segment, int row, boolean isDeleted) throws IOException;
  }

  /** Visits every entry. */
  void forEach(RowVisitor visitor) throws IOException {
    for (Segment segment : segments) {
      for (int slot = 0; slot < segment.slots; slot++) {
        if (segment.isLive(slot)) {
          visitor.row(segment, segment.row(slot), false);
        }
      }
    }
  }

  /** Visits every entry that was written or deleted since the last covered epoch, perhaps more. */
  void forEachChange(RowVisitor visitor) throws IOException {
    for (Segment segment : segments) {
      if (segment.epoch > covered) {
        visitDirty(segment, visitor);
      }
    }
  }

  private static void visitDirty(Segment segment, RowVisitor visitor) throws IOException {
    for (int slot = 0; slot < segment.slots; slot++) {
      if (segment.isTaken(slot) && segment.isDirty(slot)) {
        visitor.row(segment, segment.row(slot), segment.isDeleted(slot));
      }
    }
  }

  @Override
  public void close() {
    if (!isClosed) {
      isClosed = true;
      release.run();
    }
  }
}

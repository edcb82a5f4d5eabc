package io.headrace.state;

import io.headrace.api.plan.StateDeclaration;
import io.headrace.codec.Encoder;
import io.headrace.codec.KeyCodec;
import io.headrace.codec.Schema;
import java.io.IOException;

/** A state of a view: each row of one table is an entry. Read by one thread at a time. */
final class RowsView<K> implements StatesView.State {

  private final StateDescription state;
  private final KeyCodec<K> keys;
  private final TableView rows;
  private final Parts parts;

  RowsView(StateDescription state, KeyCodec<K> keys, TableView rows, Parts parts) {
    this.state = state;
    this.keys = keys;
    this.rows = rows;
    this.parts = parts;
  }

  /** The parts of an entry behind its key. */
  interface Parts {

    /**
     * Appends what finds the row within its key, unless it stands in the row as bytes.
     *
     * @param row where the row begins in the words of the segment
     */
    void writePath(Segment segment, int row, Encoder entry);

    /** Appends the rest. */
    void writeValue(Segment segment, int row, Encoder entry);

    /** A value and nothing else. */
    static Parts value(Cells<?> cells) {
      return new Parts() {
        @Override
        public void writePath(Segment segment, int row, Encoder entry) {
          // The key is enough.
        }

        @Override
        public void writeValue(Segment segment, int row, Encoder entry) {
          cells.write(segment, row, entry);
        }
      };
    }
  }

  @Override
  public String name() {
    return state.name().state();
  }

  @Override
  public StateDeclaration.Kind kind() {
    return state.kind();
  }

  @Override
  public Schema entrySchema() {
    return state.entrySchema();
  }

  @Override
  public void writeTo(EntryWriter out) throws IOException {
    rows.forEach((segment, row) -> write(segment, row, out));
  }

  @Override
  public void writeChangesTo(EntryWriter out) throws IOException {
    rows.forEachChange((segment, row) -> write(segment, row, out));
  }

  @Override
  public void writeDeletionsTo(EntryWriter out) throws IOException {
    rows.forEachDeletion((segment, row) -> writeFoundBy(segment, row, out));
  }

  private void write(Segment segment, int row, EntryWriter out) throws IOException {
    parts.writeValue(segment, row, writeFoundBy(segment, row, out));
  }

  /** Writes the key, and what finds the row within it: bytes in the row, or made from its hash. */
  private Encoder writeFoundBy(Segment segment, int row, EntryWriter out) throws IOException {
    long keyHash = segment.words[row + segment.layout.keyHashAt()];
    Encoder entry = out.entry(keyHash);
    if (keys.isHashInvertible()) {
      keys.codec().encode(keys.fromHash(keyHash), entry);
    }
    if (segment.layout.hasKeyBytes()) {
      segment.writeKey(row, entry);
    }
    parts.writePath(segment, row, entry);
    return entry;
  }
}

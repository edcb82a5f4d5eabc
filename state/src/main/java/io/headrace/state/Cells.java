package io.headrace.state;

import io.headrace.codec.Codec;
import io.headrace.codec.Decoder;
import io.headrace.codec.Encoder;
import io.headrace.codec.HashRange;
import io.headrace.codec.WordLayout;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A table of values of one type: as words in the rows where the type allows it, else as bytes
 * behind those of the key. One thread.
 *
 * @param <V> the type of the values
 */
final class Cells<V> {

  private final Codec<V> codec;
  private final @Nullable WordLayout<V> words;
  private final int extraWords;
  private final Table table;
  private final Encoder content = new Encoder();
  private final Decoder decoder = new Decoder(Segment.NO_BYTES);
  private Encoder key = content;

  /**
   * @param extraWords how many words of the caller's own stand before the value
   * @param hasKeyBytes whether keys are kept as bytes
   */
  Cells(TableOptions options, Codec<V> codec, int extraWords, boolean hasKeyBytes) {
    this.codec = codec;
    this.words = codec.words().orElse(null);
    this.extraWords = extraWords;
    int valueWords = extraWords + (words == null ? 0 : words.width());
    this.table =
        new Table(
            options.name(),
            new RowLayout(valueWords, hasKeyBytes || words == null),
            options.range(),
            options.budget(),
            options.salt());
  }

  /** What a table is made with. */
  record TableOptions(String name, HashRange range, MemoryBudget budget, long salt) {}

  Table table() {
    return table;
  }

  /** Finds the cell of a key; the key's bytes must stay until the cell is no longer used. */
  boolean find(long hash, Encoder keyBytes) {
    if (key != keyBytes) {
      key = keyBytes;
    }
    return table.locate(hash, keyBytes);
  }

  /** The value of the cell that was found. */
  V load() {
    if (words != null) {
      return words.load(table.words(), table.valueAt() + extraWords);
    }
    int from = table.bytesFrom();
    decoder.reset(table.bytes(), from + key.size(), from + table.bytesLength());
    return codec.decode(decoder);
  }

  /** Sets the value of the cell that was looked for, found or not. */
  void store(V value) {
    if (words == null) {
      content.clear();
      content.writeFixed(key.buffer(), 0, key.size());
      codec.encode(value, content);
      table.prepareWrite(content.size());
      table.storeBytes(content);
    } else {
      boolean isNew = !table.isFound();
      table.prepareWrite(key.size());
      if (isNew && key.size() > 0) {
        table.storeBytes(key);
      }
      words.store(value, table.words(), table.valueAt() + extraWords);
    }
  }

  /** One of the caller's own words of the cell that was found. */
  long extra(int index) {
    return table.words()[table.valueAt() + index];
  }

  /** Sets one of the caller's own words of the cell that was found, after {@link #store}. */
  void extra(int index, long value) {
    table.words()[table.valueAt() + index] = value;
  }

  /** Sets one of the caller's own words of a cell that is not to be stored otherwise. */
  void changeExtra(int index, long value) {
    table.prepareWrite(0);
    extra(index, value);
  }

  void delete() {
    table.delete();
  }

  /** Appends the key's bytes, then the value's, of a row in a view. */
  void write(Segment segment, int row, Encoder out) throws IOException {
    if (segment.layout.hasBytes()) {
      out.writeFixed(segment.bytes, segment.bytesFrom(row), segment.bytesLength(row));
    }
    if (words != null) {
      codec.encode(words.load(segment.words, row + RowLayout.VALUE + extraWords), out);
    }
  }
}

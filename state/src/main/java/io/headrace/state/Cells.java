package io.headrace.state;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.codec.Codec;
import io.headrace.codec.Decoder;
import io.headrace.codec.Encoder;
import io.headrace.codec.WordLayout;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The values of one type in the rows of a table: as words where the type allows it, else as bytes.
 * The owner's thread, but for {@link #write}.
 *
 * @param <V> the type of the values
 */
final class Cells<V> {

  /** A value is kept in one piece, and copied in one piece. */
  private static final int MOST_BYTES = 1 << 28;

  private final Codec<V> codec;
  private final @Nullable WordLayout<V> words;
  private final int extraWords;
  private final long[] scratch;
  private final Encoder content = new Encoder();
  private final Decoder decoder = new Decoder(content.buffer());

  /**
   * Values of a type.
   *
   * @param extraWords how many words of the caller's own stand before the value
   */
  Cells(Codec<V> codec, int extraWords) {
    this(codec, extraWords, codec.words().orElse(null));
  }

  private Cells(Codec<V> codec, int extraWords, @Nullable WordLayout<V> words) {
    this.codec = codec;
    this.words = words;
    this.extraWords = extraWords;
    this.scratch = new long[words == null ? 0 : words.width()];
  }

  /** Values that are bytes whatever their type. */
  static <V> Cells<V> inBytes(Codec<V> codec) {
    return new Cells<>(codec, 0, null);
  }

  /** The layout of rows with such values. */
  RowLayout layout(boolean isPair, boolean hasKeyBytes) {
    return new RowLayout(isPair, hasKeyBytes, extraWords + scratch.length, words == null);
  }

  /** The value in the row that a table found. */
  V load(Table table) {
    if (words != null) {
      return words.load(table.words(), table.valueAt() + extraWords);
    }
    long reference = table.valueReference();
    int from = Segment.placeOf(reference);
    decoder.reset(table.bytes(), from, from + Segment.lengthOf(reference));
    return codec.decode(decoder);
  }

  /**
   * Sets the value in the row that a table looked for, found or not. Nothing is changed when the
   * value cannot be encoded or when there is no memory for it.
   */
  void store(Table table, StateName state, V value) {
    if (words == null) {
      encode(state, value);
      table.write(content);
    } else {
      words.store(value, scratch, 0);
      table.write();
      long[] row = table.words();
      int at = table.valueAt() + extraWords;
      for (int i = 0; i < scratch.length; i++) {
        row[at + i] = scratch[i];
      }
    }
  }

  private void encode(StateName state, V value) {
    content.clear();
    codec.encode(value, content);
    if (content.size() > MOST_BYTES) {
      throw tooLarge(state);
    }
  }

  /**
   * As {@link #store}, of values that are bytes; but the row is left alone where it has the value
   * already, and one that is the same as the initial one is deleted.
   */
  void storeChanged(Table table, StateName state, V value, byte[] initial) {
    encode(state, value);
    if (isContent(initial, 0, initial.length)) {
      table.delete();
      return;
    }
    long reference = table.isLive() ? table.valueReference() : 0;
    int from = Segment.placeOf(reference);
    int to = from + Segment.lengthOf(reference);
    if (!table.isLive() || !isContent(table.bytes(), from, to)) {
      table.write(content);
    }
  }

  private boolean isContent(byte[] bytes, int from, int to) {
    return Arrays.equals(bytes, from, to, content.buffer(), 0, content.size());
  }

  private HeadraceException tooLarge(StateName state) {
    int size = content.size();
    return new HeadraceException(
            ErrorCode.VALUE_NOT_ENCODABLE,
            state
                + " was set to a value of "
                + size
                + " bytes, but one value may take "
                + MOST_BYTES
                + " bytes. Keep the parts of a collection as entries of a map state.")
        .ofOperator(state.operator());
  }

  /** Appends the value in a row of a view, on the thread that reads the view. */
  void write(Segment segment, int row, Encoder out) {
    if (words != null) {
      codec.encode(words.load(segment.words, row + segment.layout.valueAt() + extraWords), out);
    } else {
      long reference = segment.words[row + segment.layout.valueRefAt()];
      out.writeFixed(segment.bytes, Segment.placeOf(reference), Segment.lengthOf(reference));
    }
  }
}

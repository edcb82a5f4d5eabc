package io.headrace.state;

import io.headrace.codec.Encoder;
import io.headrace.codec.Hash;
import java.io.IOException;

/**
 * A number that follows from the entries of a state, whatever their order: equal for equal
 * contents, and for others with a chance of one in 2^64. Not against somebody who looks for such.
 */
public final class EntryDigest {

  private EntryDigest() {}

  /** That of a state of a view. */
  public static long of(StatesView.State state) throws IOException {
    Sum sum = new Sum();
    state.writeTo(sum);
    return sum.total();
  }

  private static final class Sum implements EntryWriter {

    private final Encoder entry = new Encoder();
    private boolean hasEntry;
    private long sum;

    @Override
    public Encoder entry(long keyHash) {
      end();
      hasEntry = true;
      return entry;
    }

    private void end() {
      if (hasEntry) {
        sum += Hash.ofBytes(entry.buffer(), 0, entry.size(), 0);
        entry.clear();
      }
    }

    long total() {
      end();
      hasEntry = false;
      return sum;
    }
  }
}

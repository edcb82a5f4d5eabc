package io.headrace.api.connector;

import io.headrace.api.ConnectorContext;
import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.Source;
import io.headrace.api.SourceOutput;
import io.headrace.api.SourceReader;
import io.headrace.api.Split;
import io.headrace.api.TypeToken;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Values computed from their index. Split s of n has the indexes s, s + n, s + 2n, ...; its
 * position is the next index. Immutable.
 */
public final class GeneratedSource<T> implements Source<T, Long> {

  private final TypeToken<T> type;
  private final long count;
  private final Generator<T> value;
  private final int splits;

  GeneratedSource(TypeToken<T> type, long count, Generator<T> value, int splits) {
    if (count < 0 || splits < 1) {
      throw new HeadraceException(
          ErrorCode.INVALID_JOB,
          "A generated source has 0 values or more in 1 split or more, not %d in %d. Give it such numbers."
              .formatted(count, splits));
    }
    this.type = type;
    this.count = count;
    this.value = value;
    this.splits = splits;
  }

  /**
   * The same values in a number of splits, which are read in parallel.
   *
   * @throws HeadraceException with {@code INVALID_JOB} if there is to be less than one
   */
  public GeneratedSource<T> splits(int splits) {
    return new GeneratedSource<>(type, count, value, splits);
  }

  @Override
  public TypeToken<T> type() {
    return type;
  }

  @Override
  public TypeToken<Long> positionType() {
    return TypeToken.of(Long.class);
  }

  @Override
  public boolean isBounded() {
    return true;
  }

  @Override
  public List<Split<Long>> splits() {
    return IntStream.range(0, splits)
        .mapToObj(split -> new Split<>(Integer.toString(split), (long) split))
        .toList();
  }

  @Override
  public SourceReader<T, Long> open(String split, Long position, ConnectorContext context) {
    return new Reader(position);
  }

  /** Computes values. */
  @FunctionalInterface
  public interface Generator<T> {
    /** The value of an index. */
    T valueAt(long index) throws Exception;
  }

  private final class Reader implements SourceReader<T, Long> {

    private static final int MOST_PER_POLL = 256;

    private long next;

    Reader(long position) {
      this.next = position;
    }

    @Override
    public Poll poll(SourceOutput<T> out) throws Exception {
      for (int emitted = 0; emitted < MOST_PER_POLL && next < count; emitted++) {
        long index = next;
        next += splits;
        out.emit(value.valueAt(index));
      }
      return next < count ? Poll.MORE : Poll.END;
    }

    @Override
    public Long position() {
      return next;
    }

    @Override
    public void close() {
      // Nothing is held open.
    }
  }
}

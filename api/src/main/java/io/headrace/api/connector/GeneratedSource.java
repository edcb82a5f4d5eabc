package io.headrace.api.connector;

import io.headrace.api.ConnectorContext;
import io.headrace.api.Source;
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
  private final double perSecond;

  GeneratedSource(TypeToken<T> type, long count, Generator<T> value, int splits, double perSecond) {
    if (count < 0 || splits < 1 || perSecond < 0) {
      throw new IllegalArgumentException(
          "A generated source has at least 0 values, 1 split and a rate that is not negative, but"
              + " was given %d, %d and %s.".formatted(count, splits, perSecond));
    }
    this.type = type;
    this.count = count;
    this.value = value;
    this.splits = splits;
    this.perSecond = perSecond;
  }

  /** The same values in a number of splits, which are read in parallel. */
  public GeneratedSource<T> splits(int splits) {
    return new GeneratedSource<>(type, count, value, splits, perSecond);
  }

  /** The same values, at most so many a second in each split. */
  public GeneratedSource<T> perSecond(double perSecond) {
    if (!(perSecond > 0)) {
      throw new IllegalArgumentException("A rate is more than 0 a second, not " + perSecond + ".");
    }
    return new GeneratedSource<>(type, count, value, splits, perSecond);
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
    return new Reader(position, new Pace(perSecond, context.clock()));
  }

  /** Computes values. */
  @FunctionalInterface
  public interface Generator<T> {
    /** The value of an index. */
    T valueAt(long index) throws Exception;
  }

  private final class Reader implements SourceReader<T, Long> {

    private static final int MOST_PER_POLL = 256;

    private final Pace pace;
    private long next;

    Reader(long position, Pace pace) {
      this.next = position;
      this.pace = pace;
    }

    @Override
    public Poll poll(io.headrace.api.Emitter<T> out) throws Exception {
      int due = pace.due(MOST_PER_POLL);
      int emitted = 0;
      for (; emitted < due && next < count; emitted++) {
        out.emit(value.valueAt(next));
        next += splits;
      }
      pace.emitted(emitted);
      if (next >= count) {
        return Poll.END;
      }
      return due > 0 ? Poll.MORE : Poll.LATER;
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

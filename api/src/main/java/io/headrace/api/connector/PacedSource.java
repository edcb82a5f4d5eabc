package io.headrace.api.connector;

import io.headrace.api.Clock;
import io.headrace.api.ConnectorContext;
import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.MalformedInput;
import io.headrace.api.OperatorState;
import io.headrace.api.Source;
import io.headrace.api.SourceOutput;
import io.headrace.api.SourceReader;
import io.headrace.api.Split;
import io.headrace.api.TypeToken;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Another source at a limited rate. Positions are those of the other source. */
final class PacedSource<T, P> implements Source<T, P> {

  private static final double NANOS_PER_SECOND = 1e9;

  private final Source<T, P> source;
  private final double perSecond;

  PacedSource(Source<T, P> source, double perSecond) {
    if (!(perSecond > 0)) {
      throw new HeadraceException(
          ErrorCode.INVALID_JOB,
          "A source is read at more than 0 values a second, not at "
              + perSecond
              + ". Give it such a rate, or leave it unpaced.");
    }
    this.source = source;
    this.perSecond = perSecond;
  }

  @Override
  public TypeToken<T> type() {
    return source.type();
  }

  @Override
  public TypeToken<P> positionType() {
    return source.positionType();
  }

  @Override
  public boolean isBounded() {
    return source.isBounded();
  }

  @Override
  public boolean isBlocking() {
    return source.isBlocking();
  }

  @Override
  public boolean isReplayable() {
    return source.isReplayable();
  }

  @Override
  public List<Split<P>> splits() throws Exception {
    return source.splits();
  }

  @Override
  public Optional<Duration> discoveryInterval() {
    return source.discoveryInterval();
  }

  @Override
  public List<OperatorState<?>> operatorStates() {
    return source.operatorStates();
  }

  @Override
  public SourceReader<T, P> open(String split, P position, ConnectorContext context)
      throws Exception {
    return new Reader(source.open(split, position, context), context.clock());
  }

  private final class Reader implements SourceReader<T, P> {

    private final SourceReader<T, P> reader;
    private final Clock clock;
    private final long start;
    private long emitted;

    Reader(SourceReader<T, P> reader, Clock clock) {
      this.reader = reader;
      this.clock = clock;
      this.start = clock.nanoTime();
    }

    @Override
    public Poll poll(SourceOutput<T> out) throws Exception {
      double due = (clock.nanoTime() - start) / NANOS_PER_SECOND * perSecond;
      if (emitted > due) {
        return Poll.LATER;
      }
      return reader.poll(
          new SourceOutput<>() {
            @Override
            public void emit(T value) {
              emitted++;
              out.emit(value);
            }

            @Override
            public void malformed(MalformedInput input) {
              emitted++;
              out.malformed(input);
            }
          });
    }

    @Override
    public P position() {
      return reader.position();
    }

    @Override
    public void close() throws Exception {
      reader.close();
    }
  }
}

package io.headrace.simulation;

import io.headrace.api.ConnectorContext;
import io.headrace.api.Source;
import io.headrace.api.SourceOutput;
import io.headrace.api.SourceReader;
import io.headrace.api.Split;
import io.headrace.api.TypeToken;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Events a few at a time. All events of a key are in one split.
 *
 * @param number which of the job's sources it is
 * @param events how many there are in each split
 * @param keys how many keys there are in each split
 * @param perPoll how many are emitted at once, at most
 * @param listing how many splits there are so far
 */
record EventSource(int number, int splitCount, int events, int keys, int perPoll, Listing listing)
    implements Source<Event, Long> {

  @Override
  public TypeToken<Event> type() {
    return TypeToken.of(Event.class);
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
    return IntStream.range(0, listing.count(number, splitCount))
        .mapToObj(split -> new Split<>(Integer.toString(split), 0L))
        .toList();
  }

  @Override
  public Optional<Duration> discoveryInterval() {
    return listing.interval();
  }

  @Override
  public SourceReader<Event, Long> open(String split, Long position, ConnectorContext context) {
    return new Reader(split, position);
  }

  private final class Reader implements SourceReader<Event, Long> {

    private final String split;
    private long next;

    Reader(String split, long position) {
      this.split = split;
      this.next = position;
    }

    @Override
    public Poll poll(SourceOutput<Event> out) {
      if (next >= events) {
        return Poll.END;
      }
      for (int i = 0; i < perPoll && next < events; i++) {
        long index = next++;
        long key = index * 31 % keys;
        out.emit(new Event("s" + number + "-p" + split + "-k" + key, index));
      }
      return next % 3 == 0 ? Poll.LATER : Poll.MORE;
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

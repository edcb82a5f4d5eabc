package io.headrace.engine;

import io.headrace.api.ConnectorContext;
import io.headrace.api.Source;
import io.headrace.api.SourceOutput;
import io.headrace.api.SourceReader;
import io.headrace.api.Split;
import io.headrace.api.TypeToken;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A source whose splits a test lists as it likes. Split "a" of length 2 has the values "a0" and
 * "a1", one for each poll. Any thread.
 */
public final class ListedSource implements Source<String, Integer> {

  private final Optional<Duration> interval;
  private final boolean isBounded;
  private final SortedMap<String, Integer> lengths = new ConcurrentSkipListMap<>();
  private final List<String> opened = new CopyOnWriteArrayList<>();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger asked = new AtomicInteger();

  /** A source that is asked again after each interval. */
  public ListedSource(Optional<Duration> interval, boolean isBounded) {
    this.interval = interval;
    this.isBounded = isBounded;
  }

  /** From now on there is a split. */
  public void list(String split, int length) {
    lengths.put(split, length);
  }

  /** From now on there is not. */
  public void remove(String split) {
    lengths.remove(split);
  }

  /** Each split that was opened, with its position and task, as in "a@0#1". */
  public List<String> opened() {
    return List.copyOf(opened);
  }

  /** How many readers are open. */
  public int open() {
    return open.get();
  }

  /** How often splits were asked for. */
  public int asked() {
    return asked.get();
  }

  @Override
  public TypeToken<String> type() {
    return TypeToken.of(String.class);
  }

  @Override
  public TypeToken<Integer> positionType() {
    return TypeToken.of(Integer.class);
  }

  @Override
  public boolean isBounded() {
    return isBounded;
  }

  @Override
  public List<Split<Integer>> splits() {
    asked.incrementAndGet();
    if (lengths.containsKey("broken")) {
      throw new IllegalStateException("the list is torn");
    }
    return lengths.keySet().stream().map(name -> new Split<>(name, 0)).toList();
  }

  @Override
  public Optional<Duration> discoveryInterval() {
    return interval;
  }

  @Override
  public SourceReader<String, Integer> open(
      String split, Integer position, ConnectorContext context) {
    opened.add(split + "@" + position + "#" + context.task());
    open.incrementAndGet();
    int length = lengths.getOrDefault(split, 0);
    return new SourceReader<>() {
      private int next = position;

      @Override
      public Poll poll(SourceOutput<String> out) {
        if (next >= length) {
          return Poll.END;
        }
        int index = next++;
        out.emit(split + index);
        return Poll.MORE;
      }

      @Override
      public Integer position() {
        return next;
      }

      @Override
      public void close() {
        open.decrementAndGet();
      }
    };
  }
}

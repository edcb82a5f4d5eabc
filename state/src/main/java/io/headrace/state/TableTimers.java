package io.headrace.state;

import io.headrace.api.TimeDomain;
import io.headrace.api.TimerService;
import io.headrace.codec.Codec;
import io.headrace.codec.Codecs;
import io.headrace.codec.Decoder;
import io.headrace.codec.Encoder;
import io.headrace.codec.Hash;
import io.headrace.codec.MalformedDataException;
import io.headrace.codec.Millis;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The timers of an operator in one task: rows of (key, time and domain) in a table, which are what
 * there is; and a queue for each domain, which says which comes next. The owner's thread.
 *
 * <p>Queues are an index: every row is in them, and perhaps some that are not there any more, which
 * are passed over. So they are in no view, and nobody undoes what an element did to them. They are
 * made anew from the rows after a restore, and when most of what is in them has gone; never within
 * an element, for what it deleted may be undone.
 */
final class TableTimers<K> implements TimerService, DeclaredState {

  /** How many timers that have gone are never worth making queues anew. */
  private static final int FEW = 1 << 10;

  /** Memory of a table for which so many timers may have gone, so that reading it all pays. */
  private static final int BYTES_PER_GONE = 1 << 6;

  private final StateDescription description;
  private final StateName name;
  private final KeyedStates<K> states;
  private final Times times;
  private final Codec<TimeDomain> domains = Codecs.of(TimeDomain.class);
  private final Encoder path = new Encoder();
  private final Table rows;
  private final TimerQueue eventTime;
  private final TimerQueue processingTime;

  /** Whether every row is in the queues. */
  private boolean isIndexed = true;

  TableTimers(StateDescription description, KeyedStates<K> states, TaskShare share) {
    this.description = description;
    this.name = description.name();
    this.states = states;
    this.times = share.times();
    this.rows = states.table(name, new RowLayout(true, states.keepsKeys(), 0, false), path);
    this.eventTime = new TimerQueue(share.budget(), name);
    this.processingTime = new TimerQueue(share.budget(), name);
  }

  private TimerQueue queue(TimeDomain domain) {
    return switch (domain) {
      case EVENT_TIME -> eventTime;
      case PROCESSING_TIME -> processingTime;
    };
  }

  // Rows

  private static long code(TimeDomain domain, long time) {
    return time << 1 | domain.ordinal();
  }

  private static TimeDomain domain(long code) {
    return (code & 1) == 0 ? TimeDomain.EVENT_TIME : TimeDomain.PROCESSING_TIME;
  }

  private static long code(Segment segment, int row) {
    long keyHash = segment.words[row + RowLayout.KEY_HASH];
    return Hash.unmix(PairHash.part(segment.words[row + RowLayout.HASH], keyHash));
  }

  private boolean find(long code) {
    path.clear();
    states.appendKeyIfKept(path);
    return rows.find(PairHash.of(states.hash(), Hash.mix(code)), states.hash());
  }

  // What a process does

  @Override
  public Instant currentProcessingTime() {
    states.element(name);
    return times.processingTime();
  }

  @Override
  public Optional<Instant> currentWatermark() {
    states.element(name);
    long watermark = times.watermark();
    return watermark == Times.NO_WATERMARK ? Optional.empty() : Optional.of(Millis.time(watermark));
  }

  @Override
  public void registerEventTimeTimer(Instant time) {
    register(TimeDomain.EVENT_TIME, time);
  }

  @Override
  public void registerProcessingTimeTimer(Instant time) {
    states.element(name);
    if (times.mayRegisterProcessingTime()) {
      register(TimeDomain.PROCESSING_TIME, time);
    }
  }

  private void register(TimeDomain domain, Instant time) {
    states.element(name);
    long millis = Millis.after(states.present(name, time));
    if (find(code(domain, millis))) {
      return;
    }
    TimerQueue queue = queue(domain);
    queue.reserve(); // What may run out of memory comes first.
    Object key = keyOfRow();
    rows.write();
    if (isIndexed) {
      queue.add(millis, states.hash(), key);
    }
  }

  /** The key, unless its hash tells it; one of the timer's own if keys may change. */
  private @Nullable Object keyOfRow() {
    if (!states.keepsKeys()) {
      return null;
    }
    return states.keys().codec().isImmutable()
        ? states.currentKey()
        : states.keys().codec().decode(new Decoder(path.buffer(), 0, path.size()));
  }

  @Override
  public void deleteEventTimeTimer(Instant time) {
    delete(TimeDomain.EVENT_TIME, time);
  }

  @Override
  public void deleteProcessingTimeTimer(Instant time) {
    delete(TimeDomain.PROCESSING_TIME, time);
  }

  private void delete(TimeDomain domain, Instant time) {
    states.element(name);
    if (find(code(domain, Millis.after(states.present(name, time))))) {
      rows.delete();
    }
  }

  // What fires them

  /** The time of the earliest, which may have gone. Between elements. */
  long next(TimeDomain domain) {
    if (!isIndexed || hasMostlyGone()) {
      index();
    }
    return queue(domain).time();
  }

  /** How far time is, in milliseconds. */
  long until(TimeDomain domain) {
    long watermark = Math.min(times.watermark(), Millis.LAST);
    return domain == TimeDomain.EVENT_TIME || times.watermark() == Times.END
        ? watermark
        : Millis.before(times.processingTime());
  }

  private boolean hasMostlyGone() {
    long gone = eventTime.size() + (long) processingTime.size() - rows.rows();
    return gone > FEW && gone > rows.rows() && gone > rows.pool().heldBytes() / BYTES_PER_GONE;
  }

  private void index() {
    isIndexed = false;
    eventTime.clear();
    processingTime.clear();
    KeysOfRows keys = new KeysOfRows();
    for (Segment segment : rows.all()) {
      for (int slot = 0; slot < segment.slots; slot++) {
        if (segment.isLive(slot)) {
          int row = segment.row(slot);
          long code = code(segment, row);
          TimerQueue queue = queue(domain(code));
          queue.reserve();
          queue.add(code >> 1, segment.words[row + RowLayout.KEY_HASH], keys.of(segment, row));
        }
      }
    }
    isIndexed = true;
  }

  /** Decodes the keys that stand in rows. */
  private final class KeysOfRows {

    private final Encoder bytes = new Encoder();

    @Nullable Object of(Segment segment, int row) {
      if (!states.keepsKeys()) {
        return null;
      }
      bytes.clear();
      segment.writeKey(row, bytes);
      return states.keys().codec().decode(new Decoder(bytes.buffer(), 0, bytes.size()));
    }
  }

  /** The key of the earliest. */
  @SuppressWarnings("unchecked") // Keys of the stream were put.
  K nextKey(TimeDomain domain) {
    TimerQueue queue = queue(domain);
    Object key = queue.key();
    return key == null ? states.keys().fromHash(queue.hash()) : (K) key;
  }

  /** The hash of the key of the earliest. */
  long nextHash(TimeDomain domain) {
    return queue(domain).hash();
  }

  /** Removes the earliest, whose key has been entered. Returns whether it was still there. */
  boolean remove(TimeDomain domain) {
    TimerQueue queue = queue(domain);
    boolean isThere = find(code(domain, queue.time()));
    if (isThere) {
      rows.delete();
    }
    queue.remove();
    return isThere;
  }

  // Snapshots

  @Override
  public StateName name() {
    return name;
  }

  /** Rows of pairs are found by more than the key. */
  @Override
  public long touch(long[] hashes, int count) {
    return 0;
  }

  @Override
  public boolean restore(Decoder entry) {
    return enterAndFind(entry, rows::write);
  }

  @Override
  public boolean restoreDeletion(Decoder entry) {
    return enterAndFind(entry, rows::delete);
  }

  private boolean enterAndFind(Decoder entry, Runnable action) {
    K key = states.keys().codec().decode(entry);
    TimeDomain domain = domains.decode(entry);
    long time = entry.readLong();
    if (time < Millis.FIRST || time > Millis.LAST) {
      throw new MalformedDataException("The time of a timer is " + time + ".");
    }
    if (!states.enterIfOwn(key)) {
      return false;
    }
    find(code(domain, time));
    action.run();
    isIndexed = false;
    states.leave();
    return true;
  }

  @Override
  public StatesView.State view(Epochs.OpenView open) {
    return new RowsView<>(description, states.keys(), rows.view(open), new Parts());
  }

  private final class Parts implements RowsView.Parts {

    @Override
    public void writePath(Segment segment, int row, Encoder entry) {
      long code = code(segment, row);
      domains.encode(domain(code), entry);
      entry.writeLong(code >> 1);
    }

    @Override
    public void writeValue(Segment segment, int row, Encoder entry) {
      // A timer is nothing but what it is found by.
    }
  }
}

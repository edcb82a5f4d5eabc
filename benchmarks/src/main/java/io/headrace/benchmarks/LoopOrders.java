package io.headrace.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** W6 as a loop: a hash map of immutable totals, and batches of orders by reference. */
final class LoopOrders implements LoopWork<@Nullable Order[]> {

  private static final int BATCH_EVENTS = 512;
  private static final int LARGEST_ENTRY = 1 << 10; // a name of 16 letters, its length, four words

  private final int self;
  private final int keys;
  private final long end;
  private final Map<String, Totals> totals;
  private final Tally tally = Meter.newTally();

  private long next;
  private @Nullable Order[] batch = new Order[BATCH_EVENTS];
  private int filled;

  /** The work of the task of that number, 0 or 1. */
  LoopOrders(int self, Workload workload) {
    this.self = self;
    this.keys = workload.keys();
    next = workload.firstEvent(self);
    end = workload.firstEvent(self + 1);
    totals = new HashMap<>(keys);
  }

  @Override
  public void draw(Outbox<@Nullable Order[]> out) throws InterruptedException {
    long until = Math.min(end, next + BATCH_EVENTS);
    for (; next < until; next++) {
      Order order = Order.drawn(next, keys);
      if (owner(order) == self) {
        add(order);
      } else {
        batch[filled++] = order;
        if (filled == batch.length) {
          flush(out);
        }
      }
    }
  }

  /** By a bit that the hash map does not look at first. */
  private static int owner(Order order) {
    return order.customer().hashCode() * 0x9e3779b9 >>> 31;
  }

  private void add(Order order) {
    Totals now =
        totals.compute(
            order.customer(),
            (customer, before) -> (before == null ? Totals.NONE : before).plus(order));
    tally.add(now.digest());
  }

  @Override
  public boolean isDrawn() {
    return next == end;
  }

  @Override
  public void flush(Outbox<@Nullable Order[]> out) throws InterruptedException {
    if (filled < batch.length) {
      batch[filled] = null;
    }
    out.send(batch);
    batch = out.used().orElseGet(() -> new Order[BATCH_EVENTS]);
    filled = 0;
  }

  @Override
  public void receive(@Nullable Order[] received) {
    for (Order order : received) {
      if (order == null) {
        return;
      }
      add(order);
    }
  }

  /** Totals never change, so that references to them are a copy. */
  @Override
  public LoopState copy() {
    List<Entry> entries = new ArrayList<>(totals.size());
    totals.forEach((customer, of) -> entries.add(new Entry(customer, of)));
    return (file, buffer) -> write(entries, file, buffer);
  }

  private record Entry(String customer, Totals totals) {}

  private static void write(List<Entry> entries, FileChannel file, ByteBuffer buffer)
      throws IOException {
    buffer.putInt(entries.size());
    for (Entry entry : entries) {
      if (buffer.remaining() < LARGEST_ENTRY) {
        LoopState.drain(buffer, file);
      }
      byte[] letters = entry.customer().getBytes(StandardCharsets.UTF_8);
      buffer.putInt(letters.length).put(letters);
      Totals of = entry.totals();
      buffer.putLong(of.orders()).putLong(of.cents()).putLong(of.items()).putDouble(of.weight());
    }
    LoopState.drain(buffer, file);
  }

  @Override
  public long end() {
    tally.flush();
    return totals.values().stream().mapToLong(Totals::digest).sum();
  }
}

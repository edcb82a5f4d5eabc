package io.headrace.engine.task;

import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/** The readers and writers that an attempt holds open. Any thread. */
final class Resources implements AutoCloseable {

  /** By the order in which they came, which is also that of closing. */
  private final ConcurrentSkipListMap<Long, AutoCloseable> held = new ConcurrentSkipListMap<>();

  private final AtomicLong count = new AtomicLong();

  /**
   * Holds something that is open.
   *
   * @return closes it now, if it is held by then
   */
  AutoCloseable hold(AutoCloseable resource) {
    Long number = count.incrementAndGet();
    held.put(number, resource);
    return () -> {
      if (held.remove(number) != null) {
        resource.close();
      }
    };
  }

  /** Closes all that is held; nothing comes to it any more. */
  @Override
  public void close() throws Exception {
    List<AutoCloseable> all = List.copyOf(held.values());
    held.clear();
    Closing.closeAll(all);
  }
}

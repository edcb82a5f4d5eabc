package io.headrace.simulation;

import io.headrace.api.BroadcastContext;
import io.headrace.api.BroadcastState;
import io.headrace.api.BroadcastStates;
import io.headrace.api.Context;
import io.headrace.api.KeyedBroadcastProcess;
import io.headrace.api.WritableBroadcastState;

/**
 * Takes the same events by their keys and broadcast. What it emits depends on no broadcast state,
 * since how far that is when an event comes is not defined; but what it finds there must be what
 * was put. Fails on poison after that.
 */
final class Ruled implements KeyedBroadcastProcess<String, Event, Event, Line> {

  private static final int REMOVED_EACH = 5;

  /** The last event of each key, and none where that was one to remove it. */
  private final BroadcastState<String, Long> last;

  Ruled(BroadcastStates states) {
    last = states.broadcast("last", String.class, Long.class);
  }

  @Override
  public void process(Event event, Context<String, Line> at) {
    last.forEach((key, index) -> check(key, index));
    at.emit(new Line("ruled-" + at.key(), event.index(), ""));
    if (event.isPoison()) {
      throw new IllegalStateException("poison");
    }
  }

  private static void check(String key, long index) {
    if (index % REMOVED_EACH == 0 || new Event(key, index).isPoison()) {
      throw new AssertionError("the last event of " + key + " is " + index);
    }
  }

  @Override
  public void processBroadcast(Event event, BroadcastContext at) {
    WritableBroadcastState<String, Long> writable = at.writable(last);
    if (event.index() % REMOVED_EACH == 0) {
      writable.remove(event.key());
    } else {
      writable.put(event.key(), event.index());
    }
    if (event.isPoison()) {
      throw new IllegalStateException("poison");
    }
  }
}

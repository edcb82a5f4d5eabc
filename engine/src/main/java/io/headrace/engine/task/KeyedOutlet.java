package io.headrace.engine.task;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.KeySelector;
import io.headrace.codec.HashRange;
import io.headrace.codec.KeyCodec;

/** Sends each value to the task that owns its key. */
final class KeyedOutlet implements Outlet {

  private final Lanes lanes;
  private final Batch[] open;
  private final String operator;
  private final KeySelector<Object, Object> selector;
  private final KeyCodec<Object> keys;

  /**
   * @param operator the name of the keyed operator, for errors
   */
  KeyedOutlet(
      Lanes lanes, String operator, KeySelector<Object, Object> selector, KeyCodec<Object> keys) {
    this.lanes = lanes;
    this.operator = operator;
    this.selector = selector;
    this.keys = keys;
    this.open = new Batch[lanes.count()];
    for (int lane = 0; lane < open.length; lane++) {
      open[lane] = Batch.keyed();
    }
  }

  @Override
  public Lanes lanes() {
    return lanes;
  }

  @Override
  public void accept(Object value) {
    Object key = keyOf(value);
    long hash = hashOf(key);
    int lane = HashRange.taskOf(hash, open.length);
    Batch batch = open[lane];
    batch.add(value, key, hash);
    if (batch.isFull()) {
      flush(lane);
    }
  }

  private Object keyOf(Object value) {
    Object key;
    try {
      key = selector.key(value);
    } catch (Exception thrown) {
      throw UserFunctions.failed(operator, "key selector", thrown);
    }
    if (key == null) {
      throw new HeadraceException(
              ErrorCode.USER_FUNCTION_FAILED,
              "The key selector of operator \""
                  + operator
                  + "\" returned null. Every value needs a key: filter out those that have none.")
          .ofOperator(operator);
    }
    return key;
  }

  private long hashOf(Object key) {
    try {
      return keys.hash(key);
    } catch (HeadraceException unencodable) {
      throw unencodable.ofOperator(operator);
    }
  }

  @Override
  public void flushToIdle() {
    for (int lane = 0; lane < open.length; lane++) {
      if (open[lane].size > 0 && lanes.isDrained(lane)) {
        flush(lane);
      }
    }
  }

  private void flush(int lane) {
    lanes.send(lane, open[lane]);
    open[lane] = Batch.keyed();
  }

  @Override
  public void sendToAll(Item item) {
    for (int lane = 0; lane < open.length; lane++) {
      if (open[lane].size > 0) {
        flush(lane);
      }
      lanes.send(lane, item);
    }
  }
}

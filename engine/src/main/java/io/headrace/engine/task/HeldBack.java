package io.headrace.engine.task;

import java.util.ArrayList;
import java.util.List;

/**
 * Holds back what an operator emits for one value until it is known that it did not fail on it. One
 * thread.
 */
final class HeldBack implements Stage {

  private final Stage next;
  private final List<Object> values = new ArrayList<>();

  HeldBack(Stage next) {
    this.next = next;
  }

  /** Where it all goes. */
  Stage next() {
    return next;
  }

  /** What cannot be passed on is refused here, where the operator can still be found to fail. */
  @Override
  public void accept(Object value) {
    if (next instanceof FanOut fanOut) {
      fanOut.check(value);
    }
    values.add(value);
  }

  /** Passes everything on. */
  void release() {
    for (int i = 0; i < values.size(); i++) {
      next.accept(values.get(i));
    }
    values.clear();
  }

  /** Forgets everything. */
  void drop() {
    values.clear();
  }
}

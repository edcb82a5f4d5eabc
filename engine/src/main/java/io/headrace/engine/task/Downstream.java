package io.headrace.engine.task;

import io.headrace.api.Emitter;
import org.jspecify.annotations.Nullable;

/**
 * The emitter that a user's function is given. What goes wrong downstream is thrown through the
 * function, and thrown again after it in case the function caught it. One thread.
 */
final class Downstream implements Emitter<Object> {

  private final String operator;
  private final Stage next;
  private @Nullable RuntimeException failure;

  Downstream(String operator, Stage next) {
    this.operator = operator;
    this.next = next;
  }

  @Override
  public void emit(Object value) {
    try {
      next.accept(UserFunctions.present(operator, value));
    } catch (RuntimeException thrown) {
      failure = thrown;
      throw thrown;
    }
  }

  /** Throws what went wrong downstream, if anything did. */
  void rethrow() {
    RuntimeException thrown = failure;
    if (thrown != null) {
      failure = null;
      throw thrown;
    }
  }
}

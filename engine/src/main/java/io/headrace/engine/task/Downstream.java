package io.headrace.engine.task;

import io.headrace.api.Emitter;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The emitter that a user's function is given. What goes wrong downstream is thrown through the
 * function, and thrown again after it in case the function caught it. One thread.
 */
final class Downstream implements Emitter<Object> {

  private final Supplier<RuntimeException> whenNull;
  private final Stage next;
  private @Nullable RuntimeException failure;
  private @Nullable Error error;

  /**
   * @param whenNull what to throw where the function emits null, which streams do not carry
   */
  Downstream(Supplier<RuntimeException> whenNull, Stage next) {
    this.whenNull = whenNull;
    this.next = next;
  }

  @Override
  public void emit(Object value) {
    emit(next, value);
  }

  /** Emits to another stage behind the same function. */
  void emit(Stage stage, Object value) {
    try {
      if (value == null) {
        throw whenNull.get();
      }
      stage.accept(value);
    } catch (RuntimeException thrown) {
      failure = thrown;
      throw thrown;
    } catch (Error thrown) {
      error = thrown;
      throw thrown;
    }
  }

  /** Throws what went wrong downstream, if anything did. */
  void rethrow() {
    Error fatal = error;
    if (fatal != null) {
      throw fatal;
    }
    RuntimeException thrown = failure;
    if (thrown != null) {
      failure = null;
      throw thrown;
    }
  }
}

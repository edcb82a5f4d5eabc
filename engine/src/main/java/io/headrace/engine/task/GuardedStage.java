package io.headrace.engine.task;

import io.headrace.api.HeadraceException;

/** A stage whose failures on single values do not fail the job. One thread. */
final class GuardedStage implements Stage {

  private final Stage stage;
  private final FailureGuard guard;

  /**
   * @param stage emits to what the guard holds back, or to nothing
   */
  GuardedStage(Stage stage, FailureGuard guard) {
    this.stage = stage;
    this.guard = guard;
  }

  @Override
  public void accept(Object value) {
    try {
      stage.accept(value);
    } catch (HeadraceException failure) {
      guard.putAside(value, failure);
      return;
    }
    guard.passed();
  }
}

package io.headrace.engine.task;

import io.headrace.api.DeadLetter;
import io.headrace.api.HeadraceException;
import io.headrace.api.MalformedInput;
import io.headrace.codec.DeadLetters;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Puts values aside that an operator fails on, instead of failing the job: they are counted, and
 * sent to the dead letters if those are taken. One thread.
 *
 * <p>Only what is the value's fault is put aside. That the memory for state is used up, that a
 * connection is lost or that the job is being cancelled is not, and fails the attempt as ever.
 */
final class FailureGuard {

  private final CallSite site;
  private final DeadLetter.Stage stage;
  private final DeadLetters letters;
  private final Optional<Stage> deadLetters;
  private final List<HeldBack> heldBack;
  private final PutAside count;

  /**
   * @param deadLetters where dead letters go; empty when values are only counted
   * @param heldBack what the operator emits to
   */
  FailureGuard(
      CallSite site,
      DeadLetter.Stage stage,
      Optional<Stage> deadLetters,
      List<HeldBack> heldBack,
      PutAside count) {
    this.site = site;
    this.stage = stage;
    this.letters = new DeadLetters(site.operator(), stage);
    this.deadLetters = deadLetters;
    this.heldBack = List.copyOf(heldBack);
    this.count = count;
  }

  /** Lets go what the operator emitted for a value that it did not fail on. */
  void passed() {
    for (int i = 0; i < heldBack.size(); i++) {
      heldBack.get(i).release();
    }
  }

  /**
   * Puts a value aside that the operator failed on, and forgets what it emitted for it.
   *
   * @throws HeadraceException the failure, when it is not the value's fault
   */
  void putAside(Object value, HeadraceException failure) {
    putAside(failure, () -> letters.ofValue(value, site.codec(), site.position(), failure));
  }

  /**
   * Forgets what the operator emitted for a value that it failed on, which another task puts aside.
   *
   * @throws HeadraceException the failure, when it is not the value's fault
   */
  void drop(HeadraceException failure) {
    heldBack.forEach(HeldBack::drop);
    if (!DeadLetters.isOfValue(failure)) {
      throw failure;
    }
  }

  /** Puts a timer aside that the operator failed on: it has fired, and did nothing. */
  void putTimerAside(Instant time, Object key, HeadraceException failure) {
    putAside(failure, () -> letters.ofTimer(time, key, failure));
  }

  private void putAside(HeadraceException failure, Supplier<DeadLetter> letter) {
    drop(failure);
    count.add(1);
    if (deadLetters.isPresent()) {
      deadLetters.get().accept(letter.get());
    }
  }

  /** Puts input aside that cannot be read. */
  void putAside(MalformedInput input) {
    count.add(1);
    if (deadLetters.isPresent()) {
      deadLetters
          .get()
          .accept(
              new DeadLetter(
                  site.operator(),
                  stage,
                  Optional.of(input.place()),
                  input.reason(),
                  Optional.empty(),
                  new String(input.bytes(), StandardCharsets.UTF_8),
                  input.bytes(),
                  Optional.empty()));
    }
  }
}

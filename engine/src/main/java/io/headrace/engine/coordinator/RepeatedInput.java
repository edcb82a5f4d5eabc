package io.headrace.engine.coordinator;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.engine.task.InputFailure;
import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Sees that a value makes attempt after attempt fail: restarting does not help then. Pure.
 *
 * <p>The rule: failed attempts are counted for each operator and value, whatever other attempts in
 * between failed on, since several such values take turns where they are in different tasks. With
 * the fourth the job stops.
 *
 * <p>A value is forgotten once the job must have passed it, since an equal one that comes later is
 * another matter. An attempt reads again what the one before had read since its last complete
 * checkpoint, and at least as fast. So the value has been passed when a checkpoint is complete that
 * began later in its attempt than any failed attempt had come to the value, and {@link #MARGIN}
 * more; a checkpoint that began earlier may still be one before the value.
 *
 * @param inputs what is known of each operator and value, those that failed last at the end
 */
record RepeatedInput(Map<String, Seen> inputs) {

  /** Copies the map. */
  RepeatedInput {
    inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
  }

  /** After so many restarts that fail on the same value as before, the job is stopped. */
  private static final int MOST_RESTARTS = 3;

  /** How much slower an attempt may be than the one that it repeats. */
  static final Duration MARGIN = Duration.ofSeconds(10);

  /** Of so many values failures are counted; of more, of those that failed last. */
  static final int MOST_INPUTS = 64;

  static final RepeatedInput NONE = new RepeatedInput(Map.of());

  /**
   * What is known of a value.
   *
   * @param failures how many attempts failed on it
   * @param reach the longest that it took an attempt to come to it, from its start or from the
   *     beginning of its last complete checkpoint
   */
  record Seen(int failures, Duration reach) {}

  /**
   * What is seen after an attempt has failed.
   *
   * @param ran how long it took for that, from its start or from the beginning of its last complete
   *     checkpoint
   */
  RepeatedInput after(Throwable cause, Duration ran) {
    if (!(cause instanceof InputFailure failure)) {
      return this;
    }
    Map<String, Seen> after = new LinkedHashMap<>(inputs);
    Seen before = after.remove(failure.input());
    after.put(
        failure.input(),
        before == null
            ? new Seen(1, ran)
            : new Seen(before.failures + 1, longer(before.reach, ran)));
    if (after.size() > MOST_INPUTS) {
      Iterator<String> oldest = after.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
    return new RepeatedInput(after);
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? other : one;
  }

  /**
   * What is seen after a checkpoint was complete.
   *
   * @param begun how long its attempt had run when it began
   */
  RepeatedInput afterCheckpoint(Duration begun) {
    Map<String, Seen> left = new LinkedHashMap<>(inputs);
    left.values().removeIf(each -> each.reach.plus(MARGIN).compareTo(begun) < 0);
    return left.size() == inputs.size() ? this : new RepeatedInput(left);
  }

  /** The error that the job ends with, when it must not restart again. */
  Optional<HeadraceException> end(Throwable cause) {
    if (!(cause instanceof InputFailure failure)
        || !inputs.containsKey(failure.input())
        || inputs.get(failure.input()).failures <= MOST_RESTARTS) {
      return Optional.empty();
    }
    HeadraceException end =
        new HeadraceException(
            ErrorCode.POISONOUS_INPUT,
            failure.what()
                + ". The job stops, since "
                + (MOST_RESTARTS + 1)
                + " attempts failed on this value. "
                + ErrorCode.POISONOUS_INPUT.remedy(),
            failure.getCause() == null ? failure : failure.getCause());
    failure.operator().ifPresent(end::ofOperator);
    failure.position().ifPresent(end::at);
    return Optional.of(end);
  }
}

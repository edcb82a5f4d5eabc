package io.headrace.simulation;

import io.headrace.api.CheckpointId;
import io.headrace.api.TimeDomain;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * I17: what {@link Timed} has not done yet. How much that is follows from no position, but there is
 * a timer for it and for nothing else, and it is what comes last.
 *
 * @param checkpoint its id
 * @param found the states of the checkpoint
 */
record TimedCheck(CheckpointId checkpoint, Map<String, Map<Object, Object>> found) {

  /** A timer as a checkpoint has it. */
  record Timer(Object key, TimeDomain domain, long time) {}

  /** In both modes. */
  void ofTimers(Set<Timer> timers) {
    Set<Timer> wanted = new HashSet<>();
    for (Object entry : state(Timed.WINDOWS).keySet()) {
      List<?> window = (List<?>) entry;
      wanted.add(new Timer(window.get(0), TimeDomain.EVENT_TIME, (Long) window.get(1)));
    }
    Map<Object, Object> due = state(Timed.DUE);
    due.forEach(
        (key, time) ->
            wanted.add(
                new Timer(key, TimeDomain.PROCESSING_TIME, ((Instant) time).toEpochMilli())));
    Checks.check(
        timers.equals(wanted),
        "I17: checkpoint %s has the timers %s instead of %s",
        checkpoint,
        timers,
        wanted);
    Set<Object> held =
        state(Timed.HELD).keySet().stream()
            .map(entry -> ((List<?>) entry).get(0))
            .collect(Collectors.toSet());
    Checks.check(
        due.keySet().equals(held),
        "I17: checkpoint %s holds back events of %s, and timers for it of %s",
        checkpoint,
        held,
        due.keySet());
  }

  /** Where nothing comes twice. */
  void ofTheRest(Map<String, Map<Object, ?>> all) {
    for (String state : List.of(Timed.WINDOWS, Timed.HELD)) {
      Map<Object, ?> wanted = all.getOrDefault(state, Map.of());
      state(state)
          .forEach(
              (entry, value) ->
                  Checks.check(
                      Objects.equals(value, wanted.get(entry)),
                      "I17: entry %s of state %s of checkpoint %s is %s instead of %s",
                      entry,
                      state,
                      checkpoint,
                      value,
                      String.valueOf(wanted.get(entry))));
      wanted
          .keySet()
          .forEach(
              entry ->
                  Checks.check(
                      state(state).containsKey(entry) || !isBehind(entry, state),
                      "I17: entry %s of state %s is missing in checkpoint %s, which has %s",
                      entry,
                      state,
                      checkpoint,
                      state(state)));
    }
  }

  /** Whether something comes before it that has not been done. */
  private boolean isBehind(Object entry, String state) {
    List<?> wanted = (List<?>) entry;
    return state(state).keySet().stream()
        .map(List.class::cast)
        .anyMatch(
            other ->
                other.get(0).equals(wanted.get(0)) && (Long) other.get(1) < (Long) wanted.get(1));
  }

  private Map<Object, Object> state(String name) {
    return found.getOrDefault(name, Map.of());
  }
}

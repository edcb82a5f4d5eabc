package io.headrace.engine.coordinator;

import io.headrace.api.CheckpointId;
import io.headrace.api.Invariant;
import io.headrace.engine.task.Contribution;
import io.headrace.engine.task.TaskId;
import io.headrace.engine.task.TaskSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A checkpoint from its trigger to its end: who is still missing, and what came in. One thread. */
final class UnderWay {

  private final CheckpointId id;
  private final Instant triggered;
  private final long start;
  private final boolean isLast;
  private final TreeSet<TaskId> missing;
  private final List<Contribution> contributions = new ArrayList<>();
  private Duration longestAlignment = Duration.ZERO;
  private Duration longestSetAside = Duration.ZERO;
  private @Nullable String failure;

  /**
   * @param start the time on the clock of nanoseconds
   * @param isLast whether the run ends with this checkpoint
   */
  UnderWay(
      CheckpointId id, Instant triggered, long start, boolean isLast, Collection<TaskId> tasks) {
    this.id = id;
    this.triggered = triggered;
    this.start = start;
    this.isLast = isLast;
    this.missing = new TreeSet<>(tasks);
  }

  CheckpointId id() {
    return id;
  }

  long start() {
    return start;
  }

  boolean isLast() {
    return isLast;
  }

  /** Takes the part of a task. Returns whether it was the last one missing. */
  boolean add(TaskId task, TaskSnapshot snapshot) {
    Invariant.check(missing.remove(task), "%s took part in checkpoint %s twice", task, id);
    contributions.addAll(snapshot.contributions());
    longestAlignment = longer(longestAlignment, snapshot.alignment());
    longestSetAside = longer(longestSetAside, snapshot.setAside());
    snapshot.failure().ifPresent(cause -> fail(task + " could not write its state: " + cause));
    return missing.isEmpty();
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? other : one;
  }

  /** Gives the checkpoint up. The first reason stays. */
  void fail(String reason) {
    if (failure == null) {
      failure = reason;
    }
  }

  Optional<String> failure() {
    return Optional.ofNullable(failure);
  }

  /** Whether parts are missing: from then on it is published or not, but no longer given up. */
  boolean isCollecting() {
    return !missing.isEmpty();
  }

  /** Why it takes so long. */
  String missing() {
    return missing.size() + " tasks are missing, the first is " + missing.first();
  }

  List<Contribution> contributions() {
    return contributions;
  }

  List<Contribution.Transactions> transactions() {
    return contributions.stream()
        .filter(Contribution.Transactions.class::isInstance)
        .map(Contribution.Transactions.class::cast)
        .sorted(Comparator.comparing(Contribution.Transactions::operator))
        .toList();
  }

  CheckpointStatus status(long now) {
    long bytes = 0;
    long entries = 0;
    for (Contribution contribution : contributions) {
      if (contribution instanceof Contribution.KeyedState state) {
        bytes += state.bytes();
        entries += state.entries();
      }
    }
    return new CheckpointStatus(
        id,
        triggered,
        Duration.ofNanos(now - start),
        bytes,
        entries,
        longestAlignment,
        longestSetAside,
        failure());
  }
}

package io.headrace.engine.coordinator;

import io.headrace.api.CheckpointId;
import io.headrace.api.Invariant;
import io.headrace.checkpoint.StateFile;
import io.headrace.engine.task.Contribution;
import io.headrace.engine.task.TaskId;
import io.headrace.engine.task.TaskSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A checkpoint from its trigger to its end: who is still missing, and what came in. One thread. */
final class UnderWay {

  private final CheckpointId id;
  private final Trigger trigger;
  private final TreeSet<TaskId> missing;
  private final TreeSet<TaskId> missingWriters;
  private final List<Contribution> contributions = new ArrayList<>();
  private final List<CompletableFuture<CheckpointId>> requests = new ArrayList<>();
  private final PhaseClock clock;
  private Consumer<CheckpointStatus> recording = status -> {};
  private CheckpointPhase phase = CheckpointPhase.BEGINNING;
  private long timerStart;
  private @Nullable String failure;
  private @Nullable CheckpointId subsumedBy;

  /**
   * How a checkpoint was triggered.
   *
   * @param at the time of day
   * @param nanos the time on the clock of nanoseconds
   * @param isLast whether the run ends with this checkpoint
   * @param news what at least the sources had read or otherwise changed
   */
  record Trigger(Instant at, long nanos, boolean isLast, long news) {}

  /**
   * @param tasks all that take part
   * @param writers those among them that end transactions
   */
  UnderWay(CheckpointId id, Trigger trigger, Collection<TaskId> tasks, Set<TaskId> writers) {
    this.id = id;
    this.trigger = trigger;
    this.timerStart = trigger.nanos();
    this.missing = new TreeSet<>(tasks);
    this.missingWriters = new TreeSet<>(writers);
    this.clock = new PhaseClock(trigger.nanos());
  }

  /** Has somebody told what becomes of it. */
  void recordedBy(Consumer<CheckpointStatus> recorder) {
    recording = recorder;
  }

  CheckpointId id() {
    return id;
  }

  boolean isLast() {
    return trigger.isLast();
  }

  long news() {
    return trigger.news();
  }

  CheckpointPhase phase() {
    return phase;
  }

  void moveTo(CheckpointPhase next, long now) {
    phase = phase.moveTo(next);
    clock.entered(next, now);
  }

  /** Its manifest is durable. */
  void published(long now) {
    clock.published(now);
  }

  /** Takes the part of a task. */
  void add(TaskId task, TaskSnapshot snapshot) {
    Invariant.check(missing.remove(task), "%s took part in checkpoint %s twice", task, id);
    missingWriters.remove(task);
    for (Contribution contribution : snapshot.contributions()) {
      if (!(contribution instanceof Contribution.Transactions)) {
        contributions.add(contribution);
      }
    }
    snapshot.timing().ifPresent(clock::slowest);
  }

  /** Whether no part is missing. */
  boolean isAllIn() {
    return missing.isEmpty();
  }

  /** Whether some task may still end a transaction for it: no later checkpoint can do without. */
  boolean owesTransactions() {
    return !missingWriters.isEmpty();
  }

  /** All but the transactions. */
  List<Contribution> contributions() {
    return contributions;
  }

  // Giving up

  /** Gives it up. Returns whether it was wanted until now; the first reason stays. */
  boolean fail(String reason) {
    if (!isWanted()) {
      return false;
    }
    failure = reason;
    return true;
  }

  /** A later one is complete and holds all that it would. */
  void subsume(CheckpointId by) {
    Invariant.check(isWanted(), "checkpoint %s was given up, and subsumed by %s", id, by);
    subsumedBy = by;
  }

  boolean isWanted() {
    return failure == null && subsumedBy == null;
  }

  boolean isSubsumed() {
    return subsumedBy != null;
  }

  /** Whether it should be further by now. Asked again, it says so once for each timeout. */
  boolean isOverdue(long now, Duration timeout) {
    boolean hasTimer = phase.compareTo(CheckpointPhase.COMPLETING) < 0;
    if (!hasTimer || now - timerStart <= timeout.toNanos()) {
      return false;
    }
    timerStart = now;
    return true;
  }

  /** Whether the part of a task is missing. */
  boolean misses(TaskId task) {
    return missing.contains(task);
  }

  // Requests

  void answers(Collection<CompletableFuture<CheckpointId>> asked) {
    requests.addAll(asked);
  }

  /** Who asked for it and has no answer. */
  List<CompletableFuture<CheckpointId>> requests() {
    return List.copyOf(requests);
  }

  /** They have their answer, or will have it. */
  void answered() {
    requests.clear();
  }

  /** What became of it, which is decided now. */
  CheckpointStatus decided(long now) {
    CheckpointStatus status = status(now);
    recording.accept(status);
    return status;
  }

  private CheckpointStatus status(long now) {
    long bytes = 0;
    long entries = 0;
    for (Contribution contribution : contributions) {
      for (StateFile file : contribution.files().values()) {
        bytes += file.length();
        entries += file.entries();
      }
    }
    return new CheckpointStatus(
        id,
        trigger.at(),
        Duration.ofNanos(now - trigger.nanos()),
        bytes,
        entries,
        clock.phases(now),
        Optional.ofNullable(failure),
        Optional.ofNullable(subsumedBy));
  }
}

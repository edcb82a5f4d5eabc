package io.headrace.engine.coordinator;

import io.headrace.api.CheckpointId;
import io.headrace.api.Invariant;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** The checkpoints of an attempt that are under way, in the order of their triggers. One thread. */
final class PendingCheckpoints {

  private final NavigableMap<CheckpointId, UnderWay> byId = new TreeMap<>();

  void add(UnderWay triggered) {
    Invariant.check(
        byId.isEmpty() || byId.lastKey().compareTo(triggered.id()) < 0,
        "checkpoint %s was triggered after %s",
        triggered.id(),
        byId.keySet());
    byId.put(triggered.id(), triggered);
  }

  void remove(UnderWay ended) {
    byId.remove(ended.id());
  }

  Optional<UnderWay> get(CheckpointId id) {
    return Optional.ofNullable(byId.get(id));
  }

  boolean isEmpty() {
    return byId.isEmpty();
  }

  Collection<UnderWay> all() {
    return List.copyOf(byId.values());
  }

  /** Those that were triggered before another. */
  Collection<UnderWay> before(CheckpointId id) {
    return List.copyOf(byId.headMap(id, false).values());
  }

  /**
   * Whether one more may be triggered. Never while one is beginning, so that barriers keep the
   * order of ids.
   */
  boolean hasRoom(int mostAtOnce) {
    return byId.isEmpty()
        || byId.size() < mostAtOnce
            && byId.lastEntry().getValue().phase() != CheckpointPhase.BEGINNING;
  }

  /** Whether the run may end with one of these. */
  boolean hasLast() {
    return byId.values().stream().anyMatch(each -> each.isLast() && each.isWanted());
  }

  /** What at least was read or changed before the newest that is wanted was triggered. */
  OptionalLong newsCovered() {
    OptionalLong covered = OptionalLong.empty();
    for (UnderWay each : byId.values()) {
      covered = each.isWanted() ? OptionalLong.of(each.news()) : covered;
    }
    return covered;
  }

  /**
   * The one to complete next: the oldest that has all its parts, unless a task may still end a
   * transaction for an older one, which would be in neither.
   */
  Optional<UnderWay> nextToComplete() {
    for (UnderWay each : byId.values()) {
      if (each.phase() == CheckpointPhase.WAITING && each.isWanted()) {
        return Optional.of(each);
      }
      if (each.owesTransactions()) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** Those that should be further by now. Each is told once for each timeout. */
  List<UnderWay> overdue(long now, Duration timeout) {
    return byId.isEmpty()
        ? List.of()
        : byId.values().stream().filter(each -> each.isOverdue(now, timeout)).toList();
  }
}

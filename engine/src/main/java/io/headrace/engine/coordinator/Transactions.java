package io.headrace.engine.coordinator;

import io.headrace.api.CheckpointId;
import io.headrace.api.Invariant;
import io.headrace.engine.task.Contribution;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The transactions of sinks that are durable and in no complete checkpoint yet. A checkpoint holds
 * its own and those of all before it that are in none: of checkpoints that were given up, and of
 * those that are still under way when a later one is complete. On the coordinator's thread.
 */
final class Transactions {

  private final NavigableMap<CheckpointId, List<Contribution.Transactions>> durable =
      new TreeMap<>();
  private @Nullable CheckpointId held;

  /** Takes those that a task has made durable for a checkpoint. */
  void add(CheckpointId checkpoint, Collection<Contribution.Transactions> transactions) {
    if (transactions.isEmpty()) {
      return;
    }
    Invariant.check(
        held == null || held.compareTo(checkpoint) < 0,
        "transactions of checkpoint %s came after checkpoint %s was complete",
        checkpoint,
        String.valueOf(held));
    durable.computeIfAbsent(checkpoint, any -> new ArrayList<>()).addAll(transactions);
  }

  /** Those that a checkpoint has to hold, in the order of the checkpoints they were ended for. */
  List<Contribution.Transactions> upTo(CheckpointId checkpoint) {
    List<Contribution.Transactions> found = new ArrayList<>();
    for (List<Contribution.Transactions> of : durable.headMap(checkpoint, true).values()) {
      of.stream()
          .sorted(Comparator.comparing(Contribution.Transactions::operator))
          .forEach(found::add);
    }
    return found;
  }

  /**
   * A checkpoint is complete: takes those that it holds, to be committed, by the name of the sink.
   */
  Map<String, List<byte[]>> take(CheckpointId checkpoint) {
    Map<String, List<byte[]>> prepared = new TreeMap<>();
    for (Contribution.Transactions transactions : upTo(checkpoint)) {
      if (!transactions.committables().isEmpty()) {
        prepared
            .computeIfAbsent(transactions.operator(), any -> new ArrayList<>())
            .addAll(transactions.committables());
      }
    }
    durable.headMap(checkpoint, true).clear();
    held = checkpoint;
    return Collections.unmodifiableMap(prepared);
  }
}

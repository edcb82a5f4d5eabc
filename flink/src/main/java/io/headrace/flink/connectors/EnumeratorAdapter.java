package io.headrace.flink.connectors;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.Split;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.util.FlinkRuntimeException;
import org.jspecify.annotations.Nullable;

/**
 * Finds the splits of a source and gives each to the reader that has the fewest. The thread of the
 * source's coordinator.
 */
final class EnumeratorAdapter implements SplitEnumerator<SplitState, EnumeratorState> {

  private final OpenSource source;
  private final SplitEnumeratorContext<SplitState> context;
  private final Set<String> known;
  private final boolean isRestored;
  private final List<SplitState> unassigned;
  private final Map<Integer, Integer> assigned = new HashMap<>();
  private boolean isListed;

  EnumeratorAdapter(
      OpenSource source, SplitEnumeratorContext<SplitState> context, EnumeratorState state) {
    this.source = source;
    this.context = context;
    this.known = new LinkedHashSet<>(state.known());
    this.isRestored = !state.known().isEmpty();
    this.unassigned = new ArrayList<>(state.unassigned());
  }

  @Override
  public void start() {
    Optional<Duration> interval = source.source().discoveryInterval();
    if (interval.isPresent()) {
      context.callAsync(source.source()::splits, this::found, 0, interval.get().toMillis());
    } else {
      context.callAsync(source.source()::splits, this::found);
    }
  }

  private void found(@Nullable List<Split<Object>> splits, @Nullable Throwable failed) {
    if (failed != null || splits == null) {
      throw new FlinkRuntimeException(
          "Source \"" + source.node().name() + "\" cannot list its splits.", failed);
    }
    boolean mayGrow = source.source().discoveryInterval().isPresent();
    if (isRestored && !isListed && !mayGrow) {
      checkStillThere(splits);
    }
    isListed = true;
    for (Split<Object> split : splits) {
      if (known.add(split.name())) {
        unassigned.add(source.state(split));
      }
    }
    assign();
  }

  private void checkStillThere(List<Split<Object>> splits) {
    Set<String> gone = new LinkedHashSet<>(known);
    splits.forEach(split -> gone.remove(split.name()));
    if (!gone.isEmpty()) {
      throw new HeadraceException(
              ErrorCode.INPUT_REFUSED,
              "Splits %s of source \"%s\" are in the checkpoint, and gone. Bring them back."
                  .formatted(gone, source.node().name()))
          .ofOperator(source.node().name());
    }
  }

  /** Assigns what is unassigned, once all readers are there. */
  private void assign() {
    Set<Integer> readers = context.registeredReaders().keySet();
    if (!isListed || readers.size() < context.currentParallelism()) {
      return;
    }
    for (SplitState split : unassigned) {
      int reader = leastLoaded();
      assigned.merge(reader, 1, Integer::sum);
      context.assignSplit(split, reader);
    }
    unassigned.clear();
    if (source.source().isBounded()) {
      readers.forEach(context::signalNoMoreSplits);
    }
  }

  private int leastLoaded() {
    int least = 0;
    for (int i = 1; i < context.currentParallelism(); i++) {
      if (assigned.getOrDefault(i, 0) < assigned.getOrDefault(least, 0)) {
        least = i;
      }
    }
    return least;
  }

  @Override
  public void handleSplitRequest(int subtask, @Nullable String host) {
    // Readers are given splits without asking.
  }

  @Override
  public void addSplitsBack(List<SplitState> splits, int subtask) {
    assigned.merge(subtask, -splits.size(), Integer::sum);
    unassigned.addAll(splits);
    assign();
  }

  @Override
  public void addReader(int subtask) {
    assign();
  }

  @Override
  public EnumeratorState snapshotState(long checkpoint) {
    return new EnumeratorState(List.copyOf(known), unassigned);
  }

  @Override
  public void close() {
    // Nothing is held open.
  }
}

package io.headrace.engine.coordinator;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What became of the checkpoints of a run. One thread. */
final class CheckpointHistory {

  private static final int REMEMBERED = 16;

  private final Deque<CheckpointStatus> last = new ArrayDeque<>();
  private @Nullable CheckpointStatus lastComplete;

  /** The newest that was complete or failed by itself. */
  private @Nullable CheckpointStatus newest;

  private long complete;
  private long givenUp;

  void add(CheckpointStatus status) {
    newest = status;
    remember(status);
  }

  /** One that ended with its attempt, which says nothing of the next one. */
  void addUnfinished(CheckpointStatus status) {
    remember(status);
  }

  private void remember(CheckpointStatus status) {
    last.add(status);
    if (last.size() > REMEMBERED) {
      last.remove();
    }
    if (status.isComplete()) {
      lastComplete = status;
      complete++;
    }
    givenUp += status.failure().isPresent() ? 1 : 0;
  }

  /** The last ones, the newest last; the last complete one is always among them. */
  List<CheckpointStatus> last() {
    List<CheckpointStatus> told = new ArrayList<>(last);
    if (lastComplete != null && !told.contains(lastComplete)) {
      told.add(0, lastComplete);
    }
    return told;
  }

  /** What was wrong with the newest one that did not end with its attempt, if something was. */
  Optional<String> lastFailure() {
    return Optional.ofNullable(newest)
        .flatMap(
            status ->
                status
                    .failure()
                    .map(why -> "Checkpoint " + status.id() + " was given up: " + why + "."));
  }

  long complete() {
    return complete;
  }

  long givenUp() {
    return givenUp;
  }
}

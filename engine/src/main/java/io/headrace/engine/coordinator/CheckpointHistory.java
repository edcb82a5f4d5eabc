package io.headrace.engine.coordinator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What became of the checkpoints of a run. One thread. */
final class CheckpointHistory {

  private static final int REMEMBERED = 16;

  private final Deque<CheckpointStatus> last = new ArrayDeque<>();
  private long complete;
  private long givenUp;

  void add(CheckpointStatus status) {
    last.add(status);
    if (last.size() > REMEMBERED) {
      last.remove();
    }
    complete += status.isComplete() ? 1 : 0;
    givenUp += status.failure().isPresent() ? 1 : 0;
  }

  /** The last ones, the newest last. */
  List<CheckpointStatus> last() {
    return List.copyOf(last);
  }

  long complete() {
    return complete;
  }

  long givenUp() {
    return givenUp;
  }
}

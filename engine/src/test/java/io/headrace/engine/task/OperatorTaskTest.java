package io.headrace.engine.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.CheckpointId;
import io.headrace.api.CheckpointingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a task with two inputs does about barriers. */
class OperatorTaskTest {

  private static final CheckpointId FIRST = new CheckpointId(1);
  private static final CheckpointId SECOND = new CheckpointId(2);

  /** Nobody waits for what is reported. */
  static final TaskReports NO_REPORTS = new NoReports();

  private final Edge left = new Edge(8, () -> {}, () -> {});
  private final Edge right = new Edge(8, () -> {}, () -> {});
  private final ManualHost host = new ManualHost();
  private final List<Object> seen = new ArrayList<>();
  private final List<String> snapshots = new ArrayList<>();

  private int room = Integer.MAX_VALUE;

  private static Batch batch(String value) {
    Batch batch = Batch.plain(false);
    batch.add(value);
    return batch;
  }

  private AttemptTask task(CheckpointingMode mode, List<Edge> inputs) {
    TaskContext context =
        new TaskContext(
            new TaskId("sums", 0),
            false,
            host.sharedPlace(),
            host,
            new NoReports(),
            RunListener.NONE,
            checkpoint -> (task, operator, state) -> Optional.empty(),
            mode,
            new Meter(),
            new Track(false));
    OperatorTask.Head head =
        new OperatorTask.Head() {
          @Override
          public void process(Batch batch) {
            for (int i = 0; i < batch.size; i++) {
              seen.add(batch.values[i]);
            }
          }

          @Override
          public boolean mustWait(int values) {
            return values > room;
          }
        };
    return OperatorTask.of(context, inputs, head, new Chain(List.of(new Seen()), List.of()));
  }

  private static void runUntilIdle(AttemptTask task) {
    while (task.call() == Progress.MADE) {
      // It has more to do.
    }
  }

  private void offer(Edge edge, Item... items) {
    for (Item item : items) {
      assertThat(edge.offer(item)).isTrue();
    }
  }

  @Test
  @Tag("FAULT-20")
  void aBatchForWhichThereIsNoMemoryWaitsAndBarriersDoNot() {
    AttemptTask task = task(CheckpointingMode.AT_LEAST_ONCE, List.of(left, right));
    room = 0;

    offer(left, batch("waits"), new Barrier(FIRST));
    offer(right, new Barrier(FIRST));
    runUntilIdle(task);
    assertThat(seen).isEmpty();
    assertThat(task.meter().activity()).isEqualTo(Activity.WAITING_FOR_MEMORY);
    assertThat(right.peek()).isNull();

    room = 1;
    runUntilIdle(task);
    assertThat(seen).containsExactly("waits");
    assertThat(snapshots).containsExactly("1: [waits]");
  }

  @Test
  @Tag("AB-3")
  void exactlyOnceHoldsBackWhatComesBehindTheFirstBarrier() {
    AttemptTask task = task(CheckpointingMode.EXACTLY_ONCE, List.of(left, right));

    offer(left, batch("before"), new Barrier(FIRST), batch("behind"));
    runUntilIdle(task);
    assertThat(seen).containsExactly("before");
    assertThat(task.meter().activity()).isEqualTo(Activity.ALIGNING);

    offer(right, batch("other"), new Barrier(FIRST));
    runUntilIdle(task);
    assertThat(snapshots).containsExactly("1: [before, other]");
    assertThat(seen).containsExactly("before", "other", "behind");
  }

  @Test
  @Tag("AB-9")
  void atLeastOnceHoldsNothingBackAndKeepsWhatCameBehindTheFirstBarrier() {
    AttemptTask task = task(CheckpointingMode.AT_LEAST_ONCE, List.of(left, right));

    offer(left, batch("before"), new Barrier(FIRST), batch("behind"));
    runUntilIdle(task);
    assertThat(seen).containsExactly("before", "behind");
    assertThat(task.meter().activity()).isEqualTo(Activity.WAITING_FOR_INPUT);

    offer(right, batch("other"), new Barrier(FIRST));
    runUntilIdle(task);
    assertThat(snapshots).containsExactly("1: [before, behind, other]");
  }

  @Test
  @Tag("AB-7")
  @Tag("AB-9")
  void atLeastOnceCountsSeveralCheckpointsAtOnce() {
    AttemptTask task = task(CheckpointingMode.AT_LEAST_ONCE, List.of(left, right));

    offer(left, new Barrier(FIRST), new Barrier(SECOND), batch("behind"));
    runUntilIdle(task);
    assertThat(seen).containsExactly("behind");

    offer(right, new Barrier(FIRST), batch("between"), new Barrier(SECOND));
    runUntilIdle(task);
    assertThat(snapshots).containsExactly("1: [behind]", "2: [behind, between]");
  }

  @Test
  @Tag("AB-4")
  void aTaskWithOneInputIsExactInBothModes() {
    for (CheckpointingMode mode : CheckpointingMode.values()) {
      seen.clear();
      snapshots.clear();
      AttemptTask task = task(mode, List.of(left));

      offer(left, batch("before"), new Barrier(FIRST), batch("behind"));
      runUntilIdle(task);

      assertThat(snapshots).containsExactly("1: [before]");
      assertThat(seen).containsExactly("before", "behind");
    }
  }

  @Test
  @Tag("AB-8")
  void theBarrierOfACheckpointThatWasGivenUpIsPassedOnWithoutASnapshot() {
    AttemptTask task = task(CheckpointingMode.EXACTLY_ONCE, List.of(left));
    task.giveUp(FIRST);
    task.giveUp(SECOND);

    offer(left, new Barrier(FIRST), new Barrier(SECOND), new Barrier(new CheckpointId(3)));
    runUntilIdle(task);

    assertThat(snapshots).containsExactly("aborted 1", "aborted 2", "3: []");
  }

  /** Keeps what the task has seen. */
  private final class Seen implements SnapshotStage {

    @Override
    public PendingPart snapshot(TaskId task, CheckpointId checkpoint) {
      snapshots.add(checkpoint + ": " + seen);
      return new PendingPart() {
        @Override
        public Contribution makeDurable(StateFiles files) {
          return new Contribution.Transactions("none", List.of());
        }

        @Override
        public boolean isIrrevocable() {
          return false;
        }
      };
    }

    @Override
    public void completed(CheckpointId checkpoint) {
      snapshots.add("completed " + checkpoint);
    }

    @Override
    public void aborted(CheckpointId checkpoint) {
      snapshots.add("aborted " + checkpoint);
    }

    @Override
    public boolean endsTransactions() {
      return false;
    }
  }

  private record NoReports() implements TaskReports {

    @Override
    public void endOfInput(TaskId task) {
      // Nobody waits for it.
    }

    @Override
    public void snapshot(TaskId task, CheckpointId checkpoint, TaskSnapshot snapshot) {
      // Nobody waits for it.
    }

    @Override
    public void failed(TaskId task, Throwable cause) {
      throw new AssertionError(cause);
    }

    @Override
    public void stopped(TaskId task) {
      // Nobody waits for it.
    }
  }
}

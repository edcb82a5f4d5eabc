package io.headrace.engine.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.CheckpointId;
import io.headrace.engine.task.TaskId;
import io.headrace.engine.task.TaskSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("AB-7")
@Tag("AB-8")
class PendingCheckpointsTest {

  private static final TaskId SUMS = new TaskId("sums", 0);
  private static final TaskId SINK = new TaskId("sink", 0);
  private static final TaskSnapshot PART =
      new TaskSnapshot(List.of(), Optional.empty(), Optional.empty());

  private final PendingCheckpoints pending = new PendingCheckpoints();
  private final UnderWay first = triggered(1);
  private final UnderWay second = triggered(2);

  private UnderWay triggered(long id) {
    UnderWay triggered =
        new UnderWay(
            new CheckpointId(id),
            new UnderWay.Trigger(Instant.EPOCH, 0, false, 10 * id),
            List.of(SUMS, SINK),
            Set.of(SINK));
    pending.add(triggered);
    triggered.moveTo(CheckpointPhase.COLLECTING, 0);
    return triggered;
  }

  private static void add(UnderWay checkpoint, TaskId... tasks) {
    for (TaskId task : tasks) {
      checkpoint.add(task, PART);
    }
    if (checkpoint.isAllIn() && checkpoint.isWanted()) {
      checkpoint.moveTo(CheckpointPhase.WAITING, 0);
    }
  }

  @Test
  void oneWithAllPartsWaitsUntilNoTaskOwesATransactionToAnEarlierOne() {
    add(second, SUMS, SINK);
    assertThat(pending.nextToComplete()).isEmpty();

    add(first, SINK);

    assertThat(pending.nextToComplete()).contains(second);
  }

  @Test
  void oneThatWasGivenUpIsWaitedForLikeAnyOther() {
    first.fail("it took too long");
    add(second, SUMS, SINK);
    assertThat(pending.nextToComplete()).isEmpty();

    add(first, SINK);

    assertThat(pending.nextToComplete()).contains(second);
  }

  @Test
  void ofTwoThatHaveAllPartsTheFirstIsCompletedFirst() {
    add(second, SUMS, SINK);
    add(first, SUMS, SINK);

    assertThat(pending.nextToComplete()).contains(first);
  }

  @Test
  void thereIsRoomUpToTheMostAtOnceButNotWhileOneBegins() {
    assertThat(pending.hasRoom(2)).isFalse();
    assertThat(pending.hasRoom(3)).isTrue();

    pending.remove(first);
    pending.remove(second);
    assertThat(pending.hasRoom(1)).isTrue();
    pending.add(
        new UnderWay(
            new CheckpointId(3),
            new UnderWay.Trigger(Instant.EPOCH, 0, false, 0),
            List.of(SINK),
            Set.of()));

    assertThat(pending.hasRoom(3)).isFalse();
  }

  @Test
  void idsOnlyRise() {
    assertThatThrownBy(() -> triggered(1)).hasMessageContaining("checkpoint 1 was triggered after");
  }

  @Test
  @Tag("FAULT-22")
  void oneThatIsOverdueSaysSoOnceForEachTimeoutAndKnowsWhoIsMissing() {
    Duration timeout = Duration.ofNanos(100);
    add(first, SINK);
    pending.remove(second);

    assertThat(pending.overdue(100, timeout)).isEmpty();
    assertThat(pending.overdue(101, timeout)).containsExactly(first);
    assertThat(pending.overdue(200, timeout)).isEmpty();
    assertThat(pending.overdue(202, timeout)).containsExactly(first);
    assertThat(first.misses(SUMS)).isTrue();
    assertThat(first.misses(SINK)).isFalse();
  }

  @Test
  void whatIsReadBeforeOneThatIsWantedIsNoNews() {
    assertThat(pending.newsCovered()).hasValue(20);

    second.fail("it took too long");

    assertThat(pending.newsCovered()).hasValue(10);
  }
}

package io.headrace.engine.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.CheckpointId;
import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.checkpoint.Manifest;
import io.headrace.codec.Codecs;
import io.headrace.codec.Decoder;
import io.headrace.engine.ListedSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which task reads which split, over time and over restarts. */
@Timeout(60)
final class EnumeratorTest {

  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final ManualHost host = new ManualHost();
  private final ListedSource source = new ListedSource(Optional.of(INTERVAL), false);
  private final List<Object> emitted = new ArrayList<>();
  private final List<TaskId> ended = new ArrayList<>();
  private final List<Throwable> failures = new ArrayList<>();
  private List<Outlet> outlets = List.of();
  private List<TaskSplits> shares = List.of();
  private List<AttemptTask> tasks = List.of();
  private long checkpoints;

  private final TaskReports reports =
      new TaskReports() {
        @Override
        public void endOfInput(TaskId task) {
          ended.add(task);
        }

        @Override
        public void snapshot(TaskId task, CheckpointId checkpoint, TaskSnapshot snapshot) {
          // The test takes snapshots itself.
        }

        @Override
        public void failed(TaskId task, Throwable cause) {
          failures.add(cause);
        }

        @Override
        public void stopped(TaskId task) {
          // Nobody waits for it.
        }
      };

  private void start(int parallelism, List<Manifest.Position> stored) throws Exception {
    start(source, parallelism, stored);
  }

  private void start(ListedSource listed, int parallelism, List<Manifest.Position> stored)
      throws Exception {
    Stage values = outlets.isEmpty() ? emitted::add : outlets.get(0);
    SourceTasks started =
        SourceTasks.of(
            listed, parallelism, stored, host, new SourceTasks.Output(values, outlets, reports));
    shares = started.shares();
    tasks = started.tasks();
  }

  /** Calls each task some times. */
  private void call(int times) {
    for (int i = 0; i < times; i++) {
      tasks.forEach(AttemptTask::call);
    }
  }

  /** Lets the interval pass, the source be asked, and all be read. */
  private void discover() {
    host.pass(INTERVAL);
    call(1);
    host.doBlocking();
    call(100);
    host.doBlocking();
  }

  /** What a checkpoint now holds. */
  private List<Manifest.Position> snapshot() throws Exception {
    CheckpointId id = new CheckpointId(++checkpoints);
    List<Manifest.Position> positions = new ArrayList<>();
    for (TaskSplits share : shares) {
      Contribution part =
          share
              .snapshot(new TaskId("in", 0), id)
              .makeDurable((task, operator, state) -> Optional.empty());
      positions.addAll(((Contribution.Positions) part).positions());
    }
    return positions;
  }

  private void complete() {
    shares.forEach(share -> share.completed(new CheckpointId(checkpoints)));
    call(1);
  }

  private static List<String> texts(List<Manifest.Position> positions) {
    return positions.stream()
        .map(
            each ->
                each.split()
                    + Codecs.of(Integer.class).decode(new Decoder(each.position()))
                    + (each.hasEnded() ? "!" : ""))
        .sorted()
        .toList();
  }

  // Discovery

  @Test
  @Tag("EE-2")
  void aSplitThatIsListedLaterIsReadByTheTaskThatReadsTheFewest() throws Exception {
    source.list("a", 100);
    source.list("b", 100);
    source.list("c", 100);
    start(2, List.of());
    source.list("d", 100);
    source.list("e", 100);

    discover();

    assertThat(source.opened()).containsExactly("a@0#0", "b@0#1", "c@0#0", "d@0#1", "e@0#0");
    assertThat(emitted).contains("d0", "e0");
    assertThat(texts(snapshot())).hasSize(5).allMatch(each -> !each.endsWith("!"));
  }

  @Test
  @Tag("EE-2")
  void theSourceIsNotAskedBeforeTheIntervalHasPassedNorWhileItIsBeingAsked() throws Exception {
    start(2, List.of());
    int atTheStart = source.asked();

    host.pass(INTERVAL.minusNanos(1));
    call(3);
    assertThat(host.blockingCount()).isZero();
    host.pass(Duration.ofNanos(1));
    call(3);
    host.pass(INTERVAL.multipliedBy(5));
    call(3);
    assertThat(host.blockingCount()).isEqualTo(1);
    host.doBlocking();
    call(1);

    assertThat(source.asked()).isEqualTo(atTheStart + 1);
    assertThat(host.blockingCount()).isEqualTo(1);
  }

  @Test
  @Tag("EE-2")
  void theIntervalMayBeLongerThanALongHasNanoseconds() throws Exception {
    ListedSource patient = new ListedSource(Optional.of(Duration.ofDays(300_000)), false);
    patient.list("a", 1);
    start(patient, 1, List.of());

    discover();

    assertThat(failures).isEmpty();
    assertThat(patient.asked()).isEqualTo(1);
  }

  @Test
  @Tag("EE-2")
  void aSourceThatIsNotToBeAskedAgainIsNot() throws Exception {
    ListedSource fixed = new ListedSource(Optional.empty(), false);
    fixed.list("a", 1);
    start(fixed, 2, List.of());

    call(5);
    host.doBlocking();
    discover();

    assertThat(fixed.asked()).isEqualTo(1);
    assertThat(ended).containsExactlyInAnyOrder(new TaskId("in", 0), new TaskId("in", 1));
  }

  @Test
  @Tag("EE-2")
  @Tag("FAULT-18")
  void whatTheListThrowsEndsTheAttemptAndNamesTheSource() throws Exception {
    start(1, List.of());
    source.list("broken", 1);

    discover();

    assertThat(failures)
        .singleElement()
        .isInstanceOfSatisfying(
            HeadraceException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_FAILED));
    assertThat(failures.get(0))
        .hasMessageContaining("Source \"in\" could not list its splits")
        .hasMessageContaining("the list is torn");
  }

  @Test
  @Tag("EE-2")
  void aReaderIsClosedWhenItsSplitHasEnded() throws Exception {
    source.list("a", 3);
    source.list("b", 1_000);
    start(1, List.of());

    discover();

    assertThat(source.open()).isEqualTo(1);
    assertThat(texts(snapshot())).contains("a3!");
  }

  @Test
  @Tag("EE-2")
  void whatWasGatheredForABusyTaskIsSentAlsoWhileThereIsNothingToRead() throws Exception {
    source.list("a", 3);
    Edge edge = new Edge(2, host.sharedPlace(), host.sharedPlace());
    outlets = List.of(new PlainOutlet(new Lanes(List.of(edge)), new Track(false)));
    start(1, List.of());
    call(10);

    Item first = edge.poll();
    call(1);
    Item rest = edge.poll();

    assertThat(List.of(first, rest)).extracting(item -> ((Batch) item).size).containsExactly(1, 2);
  }

  // The end

  @Test
  @Tag("EE-2")
  void anUnboundedSourceThatIsAskedAgainHasNoEnd() throws Exception {
    source.list("a", 3);
    start(2, List.of());

    discover();
    discover();
    discover();

    assertThat(emitted).hasSize(3);
    assertThat(ended).isEmpty();
  }

  @Test
  @Tag("EE-2")
  void aBoundedSourceEndsWhenAllIsReadAndNothingNewIsListed() throws Exception {
    ListedSource bounded = new ListedSource(Optional.of(INTERVAL), true);
    start(bounded, 2, List.of());

    bounded.list("a", 3);
    discover();
    assertThat(ended).isEmpty();
    bounded.list("b", 3);
    discover();
    assertThat(ended).isEmpty();
    discover();

    assertThat(emitted).hasSize(6);
    assertThat(ended).containsExactlyInAnyOrder(new TaskId("in", 0), new TaskId("in", 1));
  }

  // Checkpoints

  @Test
  @Tag("EE-2")
  @Tag("ST-13")
  void splitsThatHaveEndedAreNotOpenedAgainAfterARestart() throws Exception {
    source.list("a", 2);
    source.list("b", 1_000);
    start(2, List.of());
    call(10);
    List<Manifest.Position> stored = snapshot();

    start(3, stored);

    assertThat(source.opened()).containsExactly("a@0#0", "b@0#1", "b@10#0");
    assertThat(texts(snapshot())).containsExactly("a2!", "b10");
  }

  @Test
  @Tag("EE-2")
  void whereTheListIsFixedSplitsThatHaveEndedAreReadOnFromTheirEnd() throws Exception {
    ListedSource fixed = new ListedSource(Optional.empty(), true);
    fixed.list("a", 2);
    start(fixed, 1, List.of());
    call(10);
    List<Manifest.Position> stored = snapshot();
    fixed.list("a", 4);

    start(fixed, 1, stored);
    call(10);

    assertThat(texts(stored)).containsExactly("a2!");
    assertThat(emitted).containsExactly("a0", "a1", "a2", "a3");
  }

  @Test
  @Tag("EE-2")
  void aSplitThatHasNotEndedAndIsNotListedStopsTheJob() throws Exception {
    source.list("a", 1_000);
    start(1, List.of());
    call(10);
    List<Manifest.Position> stored = snapshot();
    source.remove("a");

    assertThatThrownBy(() -> start(1, stored))
        .isInstanceOf(HeadraceException.class)
        .hasMessageContaining("Source \"in\" no longer has split \"a\"")
        .hasMessageContaining("INPUT_REFUSED");
  }

  @Test
  @Tag("EE-2")
  @Tag("ST-13")
  void aSplitThatHasEndedAndIsNotListedLeavesCheckpoints() throws Exception {
    source.list("a", 2);
    source.list("b", 2);
    start(2, List.of());
    discover();
    assertThat(texts(snapshot())).containsExactly("a2!", "b2!");

    source.remove("a");
    discover();

    assertThat(texts(snapshot())).containsExactly("b2!");
  }

  @Test
  @Tag("EE-2")
  void aNameIsFreeAgainOnceACheckpointWithoutItIsComplete() throws Exception {
    source.list("a", 2);
    start(2, List.of());
    discover();
    source.remove("a");
    discover();
    source.list("a", 3);

    discover();
    snapshot();
    discover();
    assertThat(emitted).as("before it is complete").containsExactly("a0", "a1");
    complete();
    discover();

    assertThat(emitted).containsExactly("a0", "a1", "a0", "a1", "a2");
    assertThat(texts(snapshot())).containsExactly("a3!");
  }

  @Test
  @Tag("EE-2")
  void aNameThatWasFreedWhileTheJobWasDownIsFreeAfterTheNextCheckpointToo() throws Exception {
    source.list("a", 2);
    start(2, List.of());
    discover();
    List<Manifest.Position> stored = snapshot();
    source.remove("a");
    start(1, stored);
    source.list("a", 3);

    discover();
    assertThat(emitted).hasSize(2);
    assertThat(texts(snapshot())).isEmpty();
    complete();
    discover();

    assertThat(emitted).hasSize(5);
  }

  // Rescaling

  @Test
  @Tag("FAULT-66")
  @Tag("ST-13")
  void overRandomRescalesEachSplitHasOneOwnerAndEachValueIsReadOnce() throws Exception {
    long seed = Long.getLong("seed", 1);
    SplittableRandom random = new SplittableRandom(seed);
    List<Manifest.Position> stored = List.of();
    int splits = 0;
    for (int round = 0; round < 200; round++) {
      int parallelism = 1 + random.nextInt(9);
      splits = list(splits, random);
      start(parallelism, stored);
      assertBalanced();
      splits = list(splits, random);
      host.pass(INTERVAL);
      call(1 + random.nextInt(3));
      host.doBlocking();
      call(1 + random.nextInt(20));

      stored = snapshot();

      List<String> names = stored.stream().map(Manifest.Position::split).toList();
      assertThat(names).as("seed %s round %s", seed, round).doesNotHaveDuplicates();
      assertThat(names).as("seed %s round %s", seed, round).hasSize(splits);
      assertThat(emitted).as("seed %s round %s", seed, round).doesNotHaveDuplicates();
      assertThat(emitted).hasSize(stored.stream().mapToInt(EnumeratorTest::position).sum());
      assertThat(failures).isEmpty();
    }
  }

  private static int position(Manifest.Position position) {
    return Codecs.of(Integer.class).decode(new Decoder(position.position()));
  }

  private int list(int before, SplittableRandom random) {
    int splits = before + random.nextInt(3);
    for (int split = before; split < splits; split++) {
      source.list("split-%04d-".formatted(split), random.nextInt(60));
    }
    return splits;
  }

  private void assertBalanced() {
    TreeSet<Integer> loads =
        shares.stream()
            .map(share -> share.reading().size())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(loads.last() - loads.first()).isLessThanOrEqualTo(1);
  }
}

package io.headrace.engine.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.CheckpointId;
import io.headrace.api.HeadraceException;
import io.headrace.api.OperatorState;
import io.headrace.codec.Codecs;
import io.headrace.codec.Encoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What each task of a source or sink holds. */
@Timeout(60)
final class OperatorListsTest {

  private static final OperatorState<Long> SPLIT = OperatorState.evenSplit("split", Long.class);
  private static final OperatorState<Long> UNION = OperatorState.union("union", Long.class);
  private static final OperatorState<String> TEXTS = OperatorState.union("texts", String.class);

  private static List<OperatorLists> restore(
      OperatorState<?> state, int parallelism, List<byte[]> stored) {
    return IntStream.range(0, parallelism)
        .mapToObj(
            task -> {
              OperatorLists lists = new OperatorLists(new TaskId("out", task));
              lists.restore(state, stored, parallelism);
              return lists;
            })
        .toList();
  }

  /** What a checkpoint holds: the elements of all tasks, in their order. */
  private static List<byte[]> snapshot(OperatorState<?> state, List<OperatorLists> tasks)
      throws Exception {
    List<byte[]> stored = new ArrayList<>();
    for (OperatorLists task : tasks) {
      stored.addAll(snapshot(task).elements().getOrDefault(state.name(), List.of()));
    }
    return stored;
  }

  private static Contribution.Elements snapshot(OperatorLists task) throws Exception {
    return (Contribution.Elements)
        task.snapshot(new TaskId("in -> out", 0), new CheckpointId(1))
            .makeDurable((any, operator, state) -> Optional.empty());
  }

  private static List<byte[]> encoded(long... values) {
    return LongStream.of(values)
        .mapToObj(
            value -> {
              Encoder out = new Encoder();
              Codecs.of(Long.class).encode(value, out);
              return out.toBytes();
            })
        .toList();
  }

  /** Making a part durable comes later, while the task goes on. */
  @Test
  @Tag("FAULT-59")
  void whatIsChangedBehindTheBarrierIsInTheSnapshotAsItWas() throws Exception {
    OperatorState<long[]> arrays = OperatorState.evenSplit("arrays", long[].class);
    OperatorLists lists = new OperatorLists(new TaskId("out", 0));
    lists.restore(arrays, List.of(), 1);
    long[] kept = {1, 2};
    lists.elements(arrays).add(kept);

    PendingPart part = lists.snapshot(new TaskId("in -> out", 0), new CheckpointId(1));
    kept[0] = 9;
    lists.elements(arrays).clear();
    Contribution.Elements stored =
        (Contribution.Elements) part.makeDurable((any, operator, state) -> Optional.empty());

    lists.restore(arrays, stored.elements().getOrDefault("arrays", List.of()), 1);
    assertThat(lists.elements(arrays)).containsExactly(new long[] {1, 2});
  }

  @Test
  @Tag("ST-6")
  void anEvenSplitGivesEachElementToOneTaskInTheirOrder() {
    List<OperatorLists> tasks = restore(SPLIT, 3, encoded(1, 2, 3, 4, 5));

    assertThat(tasks.stream().map(task -> task.elements(SPLIT)))
        .containsExactly(List.of(1L), List.of(2L, 3L), List.of(4L, 5L));
  }

  @Test
  @Tag("ST-7")
  void aUnionGivesAllElementsToEachTask() {
    List<OperatorLists> tasks = restore(UNION, 3, encoded(1, 2, 3));

    assertThat(tasks.stream().map(task -> task.elements(UNION)))
        .containsExactly(List.of(1L, 2L, 3L), List.of(1L, 2L, 3L), List.of(1L, 2L, 3L));
  }

  @Test
  @Tag("ST-6")
  @Tag("FAULT-66")
  void overRandomRescalesOfAnEvenSplitEachElementIsInOneTask() throws Exception {
    long seed = Long.getLong("seed", 1);
    SplittableRandom random = new SplittableRandom(seed);
    List<byte[]> stored = List.of();
    List<Long> all = new ArrayList<>();
    for (int round = 0; round < 300; round++) {
      List<OperatorLists> tasks = restore(SPLIT, 1 + random.nextInt(9), stored);
      int least = stored.size() / tasks.size();
      for (OperatorLists task : tasks) {
        assertThat(task.elements(SPLIT)).hasSizeBetween(least, least + 1);
      }
      List<Long> held = tasks.stream().flatMap(task -> task.elements(SPLIT).stream()).toList();
      assertThat(held).as("seed %s round %s", seed, round).containsExactlyElementsOf(all);
      change(tasks.get(random.nextInt(tasks.size())).elements(SPLIT), round, random);

      all = tasks.stream().flatMap(task -> task.elements(SPLIT).stream()).toList();
      stored = snapshot(SPLIT, tasks);
    }
    assertThat(all).doesNotHaveDuplicates().isNotEmpty();
  }

  private static void change(List<Long> elements, int round, SplittableRandom random) {
    if (random.nextInt(20) == 0) {
      elements.clear();
    }
    for (long more = random.nextInt(8); more > 0; more--) {
      elements.add(round * 10L + more);
    }
  }

  @Test
  @Tag("ST-7")
  @Tag("FAULT-66")
  void overRandomRescalesOfAUnionEachTaskSeesTheWholeList() throws Exception {
    SplittableRandom random = new SplittableRandom(Long.getLong("seed", 1));
    List<byte[]> stored = List.of();
    List<Long> all = new ArrayList<>();
    for (long round = 0; round < 100; round++) {
      List<OperatorLists> tasks = restore(UNION, 1 + random.nextInt(9), stored);
      for (int task = 0; task < tasks.size(); task++) {
        List<Long> elements = tasks.get(task).elements(UNION);
        assertThat(elements).containsExactlyElementsOf(all);
        if (task > 0) {
          elements.clear();
        }
      }
      tasks.get(0).elements(UNION).add(round);
      all.add(round);
      stored = snapshot(UNION, tasks);
    }
  }

  @Test
  @Tag("ST-12")
  void whatAListHoldsAtTheBarrierIsStoredWhateverBecomesOfItLater() throws Exception {
    OperatorLists task = restore(SPLIT, 1, encoded(1, 2)).get(0);
    PendingPart part = task.snapshot(new TaskId("out", 0), new CheckpointId(1));
    task.elements(SPLIT).add(3L);

    Contribution.Elements stored =
        (Contribution.Elements) part.makeDurable((any, operator, state) -> Optional.empty());

    assertThat(stored.elements().getOrDefault("split", List.of())).hasSize(2);
  }

  @Test
  @Tag("ST-6")
  @Tag("S23")
  void moreThanTheBoundIsNotStored() throws Exception {
    OperatorLists task = restore(TEXTS, 1, List.of()).get(0);
    String megabyte = "x".repeat(1 << 20);
    for (int i = 0; i < 15; i++) {
      task.elements(TEXTS).add(megabyte);
    }
    assertThat(snapshot(task).elements()).containsKey("texts");
    task.elements(TEXTS).add(megabyte);

    assertThatThrownBy(() -> snapshot(task))
        .isInstanceOf(HeadraceException.class)
        .hasMessageContaining("operator state of operator \"out\" takes more than 16777216 bytes")
        .hasMessageContaining("STATE_LIMIT_REACHED");
  }

  @Test
  @Tag("ST-6")
  @SuppressWarnings("NullAway") // What a caller without NullAway may do.
  void anElementThatCannotBeStoredIsToldWithItsState() {
    OperatorLists task = restore(TEXTS, 1, List.of()).get(0);
    task.elements(TEXTS).add(null);

    assertThatThrownBy(() -> snapshot(task))
        .isInstanceOf(HeadraceException.class)
        .hasMessageContaining("Operator state \"texts\" of operator \"out\" holds an element")
        .hasMessageContaining("is null")
        .hasMessageContaining("VALUE_NOT_ENCODABLE");
  }

  @Test
  @Tag("ST-6")
  void aStateThatIsNotDeclaredOrDeclaredOtherwiseIsRefused() {
    OperatorLists task = restore(SPLIT, 1, List.of()).get(0);

    for (OperatorState<?> other :
        List.of(UNION, OperatorState.union("split", Long.class), texts("split"))) {
      assertThatThrownBy(() -> task.elements(other))
          .isInstanceOf(HeadraceException.class)
          .hasMessageContaining("Operator \"out\" asked for its operator state")
          .hasMessageContaining(other.name())
          .hasMessageContaining("Return it from operatorStates()");
    }
  }

  private static OperatorState<String> texts(String name) {
    return OperatorState.evenSplit(name, String.class);
  }
}

package io.headrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.ConnectorContext;
import io.headrace.api.HeadraceException;
import io.headrace.api.Job;
import io.headrace.api.OperatorState;
import io.headrace.api.RestartStrategy;
import io.headrace.api.Settings;
import io.headrace.checkpoint.Manifest;
import io.headrace.codec.Codec;
import io.headrace.codec.Codecs;
import io.headrace.codec.Decoder;
import io.headrace.engine.coordinator.CheckpointStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Jobs whose sources and sinks have state of their own. */
@Timeout(60)
class OperatorStateTest {

  private static final OperatorState<String> WRITTEN =
      OperatorState.evenSplit("written", String.class);
  private static final OperatorState<String> SEEN = OperatorState.union("seen", String.class);

  @TempDir Path directory;

  private final ListedSource source = new ListedSource(Optional.empty(), true);

  private Job job(NotingSink sink) {
    return pipeline -> pipeline.source("in", source).sink("out", sink);
  }

  private static NotingSink sink(OperatorState<?>... states) {
    return new NotingSink(List.of(states), context -> {}, (context, value) -> {}, context -> {});
  }

  private Settings settings(int parallelism) {
    return Settings.in(directory)
        .parallelism(parallelism)
        .checkpointInterval(Duration.ofMillis(5))
        .withRestarts(RestartStrategy.none());
  }

  private Manifest newest() throws IOException {
    return StoredCheckpoints.newest(directory);
  }

  private static <V> List<V> elements(Manifest manifest, String operator, OperatorState<V> state) {
    Codec<V> codec = Codecs.of(state.type());
    return manifest.connectors().stream()
        .filter(connector -> connector.name().equals(operator))
        .flatMap(connector -> connector.states().stream())
        .filter(each -> each.name().equals(state.name()))
        .flatMap(each -> each.elements().stream())
        .map(bytes -> codec.decode(new Decoder(bytes)))
        .toList();
  }

  private static CheckpointStatus await(Run run, Predicate<CheckpointStatus> wanted) {
    while (true) {
      for (CheckpointStatus status : run.status().checkpoints()) {
        if (wanted.test(status)) {
          return status;
        }
      }
      assertThat(Thread.interrupted()).as("gave up at %s", run.status()).isFalse();
      LockSupport.parkNanos(1_000);
    }
  }

  // Sinks

  @Test
  @Tag("ST-6")
  @Tag("ST-7")
  @Tag("ST-12")
  @Tag("FAULT-66")
  void overRescalesEverythingIsGivenOnceWhereItIsSplitAndWholeWhereItIsUnited() {
    Map<Integer, List<String>> split = new ConcurrentSkipListMap<>();
    Map<Integer, List<String>> united = new ConcurrentSkipListMap<>();
    NotingSink sink =
        new NotingSink(
            List.of(WRITTEN, SEEN),
            context -> {
              List<String> seen = context.states().elements(SEEN);
              split.put(context.task(), List.copyOf(context.states().elements(WRITTEN)));
              united.put(context.task(), List.copyOf(seen));
              if (context.task() > 0) {
                seen.clear();
              }
            },
            (context, value) -> {
              context.states().elements(WRITTEN).add(value);
              context.states().elements(SEEN).add(value);
            },
            context -> {});
    int[] path = {1, 3, 2, 1};
    for (int round = 0; round < path.length; round++) {
      int parallelism = path[round];
      int before = round * 70;
      for (int more = 0; more < 7; more++) {
        source.list("round-" + round + "-" + more + "-", 10);
      }
      split.clear();
      united.clear();

      Headrace.run(job(sink), settings(parallelism));

      assertThat(split).hasSize(parallelism);
      assertThat(split.values().stream().flatMap(List::stream))
          .hasSize(before)
          .doesNotHaveDuplicates();
      assertThat(united.values())
          .hasSize(parallelism)
          .allSatisfy(all -> assertThat(all).hasSize(before).doesNotHaveDuplicates());
    }
  }

  @Test
  @Tag("ST-12")
  void whatASinkChangesWhileItPreparesIsInTheCheckpoint() throws IOException {
    OperatorState<Integer> prepared = OperatorState.evenSplit("prepared", Integer.class);
    source.list("a", 10);
    NotingSink sink =
        new NotingSink(
            List.of(prepared),
            context -> {},
            (context, value) -> {},
            context -> context.states().elements(prepared).add(context.task()));

    Headrace.run(job(sink), settings(3));

    assertThat(elements(newest(), "out", prepared)).contains(0, 1, 2).isSorted();
  }

  // Sources

  @Test
  @Tag("ST-12")
  @Tag("AB-14")
  void tasksWhoseInputHasEndedGoOnToStoreWhatTheyHold() throws IOException {
    source.list("short", 10);
    source.list("shorter", 3);
    source.list("endless", Integer.MAX_VALUE);
    for (int parallelism : new int[] {3, 2, 5, 1}) {
      try (Run run = Headrace.start(job(sink()), settings(parallelism))) {
        long now = await(run, CheckpointStatus::isComplete).id().value();
        await(run, status -> status.isComplete() && status.id().value() > now + 3);
        run.stop();
      }

      assertThat(emitted(newest())).as("with %s tasks", parallelism).isEqualTo(read(newest()));
      assertThat(newest().sources().get(0).positions().stream().filter(each -> each.hasEnded()))
          .hasSize(2);
    }
  }

  private static long emitted(Manifest manifest) {
    return elements(manifest, "in", ListedSource.EMITTED).stream().mapToLong(n -> n).sum();
  }

  private static long read(Manifest manifest) {
    Codec<Integer> codec = Codecs.of(Integer.class);
    return manifest.sources().get(0).positions().stream()
        .mapToLong(each -> codec.decode(new Decoder(each.position())))
        .sum();
  }

  // What does not fit

  @Test
  @Tag("ST-12")
  void stateThatDoesNotFitIsRefusedBeforeAnythingIsOpened() {
    source.list("a", 10);
    OperatorState<String> dropped = OperatorState.union("dropped", String.class);
    Headrace.run(job(sink(WRITTEN, SEEN, dropped)), settings(1));
    int opened = source.opened().size();
    NotingSink other =
        sink(
            OperatorState.evenSplit("written", Long.class),
            OperatorState.evenSplit("seen", String.class));

    assertThatThrownBy(() -> Headrace.run(job(other), settings(1)))
        .isInstanceOf(HeadraceException.class)
        .hasMessageContaining("there is operator state \"dropped\" of operator \"out\", which it")
        .hasMessageContaining("elements of operator state \"written\" of operator \"out\" were")
        .hasMessageContaining("written as \"string\" and are now \"long\"")
        .hasMessageContaining("operator state \"seen\" of operator \"out\" was written with")
        .hasMessageContaining("redistribution UNION and now has EVEN_SPLIT")
        .hasMessageContaining("STATE_INCOMPATIBLE");
    assertThat(source.opened()).hasSize(opened);
  }

  @Test
  @Tag("ST-12")
  void aStateThatIsNewStartsEmpty() {
    source.list("a", 10);
    Headrace.run(job(sink(WRITTEN)), settings(1));
    List<Integer> sizes = new ArrayList<>();
    NotingSink more =
        new NotingSink(
            List.of(WRITTEN, SEEN),
            context -> sizes.add(context.states().elements(SEEN).size()),
            (context, value) -> {},
            context -> {});

    Headrace.run(job(more), settings(1));

    assertThat(sizes).containsExactly(0);
  }

  @Test
  @Tag("ST-12")
  void statesWithoutACodecOrWithOneNameAreProblemsOfTheJob() {
    OperatorState<Thread> thread = OperatorState.union("thread", Thread.class);

    OperatorState<String> taken = OperatorState.union("headrace.mine", String.class);

    assertThatThrownBy(() -> Headrace.run(job(sink(thread, WRITTEN, WRITTEN, taken)), settings(1)))
        .isInstanceOf(HeadraceException.class)
        .hasMessageContaining("\"headrace.mine\" has a name of the engine's own")
        .hasMessageContaining("Its operator state \"thread\" has a type that cannot be encoded")
        .hasMessageContaining("Two of its operator states are named \"written\"")
        .hasMessageContaining("INVALID_JOB");
  }

  @Test
  @Tag("ST-12")
  void aCommitterHasNoOperatorState() {
    ConnectorContext context =
        new ConnectorContext("job", "here", "out", 0, 1, io.headrace.api.Clock.system());

    assertThatThrownBy(() -> context.states().elements(WRITTEN))
        .isInstanceOf(HeadraceException.class)
        .hasMessageContaining("Operator \"out\" asked for its operator state \"written\"");
  }

  // The bound

  @Test
  @Tag("ST-6")
  void aCheckpointWithMoreThanTheBoundIsGivenUpAndSaysSoAndTheNextMayBeComplete() {
    source.list("a", Integer.MAX_VALUE);
    String megabyte = "x".repeat(1 << 20);
    AtomicBoolean isGreedy = new AtomicBoolean(true);
    NotingSink sink =
        new NotingSink(
            List.of(WRITTEN),
            context -> {
              for (int i = 0; i < 9; i++) {
                context.states().elements(WRITTEN).add(megabyte);
              }
            },
            (context, value) -> {},
            context -> {
              if (!isGreedy.get()) {
                context.states().elements(WRITTEN).clear();
              }
            });

    try (Run run = Headrace.start(job(sink), settings(2))) {
      CheckpointStatus tooMuch = await(run, status -> status.failure().isPresent());
      isGreedy.set(false);
      await(run, CheckpointStatus::isComplete);

      assertThat(tooMuch.failure().orElseThrow())
          .contains("operator state of operator \"out\" takes more than 16777216 bytes")
          .contains("STATE_LIMIT_REACHED");
    }
  }
}

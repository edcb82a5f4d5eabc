package io.headrace.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The simulator finds what it is there to find: each mistake is made on purpose, and found. */
@Tag("mutants")
@Execution(ExecutionMode.CONCURRENT)
class MutantsTest {

  /** As many crashes as the build simulates without mistakes. */
  private static final int MOST_CRASHES = 10_000;

  private static final String ENGINE = "engine/src/main/java/io/headrace/engine/";
  private static final String CHECKPOINT = "checkpoint/src/main/java/io/headrace/checkpoint/";
  private static final String FILES = "connectors/files/src/main/java/io/headrace/files/";
  private static final String STATE = "state/src/main/java/io/headrace/state/";

  /** Segments so small that a few keys split them: no mistake, but a way to see more. */
  private static final Patch SMALL_SEGMENTS =
      new Patch(
          STATE + "RowLayout.java",
          "return hasBytes() ? Math.min(slots, MOST_SLOTS_WITH_BYTES) : slots;",
          "return Math.min(slots, 16);");

  // Reads better as one piece: a list of mistakes.
  static Stream<Arguments> mistakes() {
    return Stream.of(
        mistake(
            "no alignment",
            new Patch(
                ENGINE + "task/OperatorTask.java",
                "barriers.isWaiting(input) ? null : inputs[input].peek()",
                "inputs[input].peek()")),
        rareMistake(
            9,
            "acknowledged before it is durable",
            new Patch(
                CHECKPOINT + "StateFileWriter.java",
                "private static final int BLOCK_BYTES = 1 << 16;",
                "private static final int BLOCK_BYTES = 1 << 16; public static final"
                    + " List<FileChannel> UNSYNCED = new ArrayList<>();"),
            new Patch(CHECKPOINT + "StateFileWriter.java", "channel.force(true);", ""),
            new Patch(
                CHECKPOINT + "StateFileWriter.java",
                "public void close() throws IOException {\n    channel.close();",
                "public void close() throws IOException {\n    UNSYNCED.add(channel);"),
            new Patch(
                ENGINE + "task/Snapshots.java",
                "timing.apply(since(start)))));",
                """
                timing.apply(since(start)))));
                context.host().block(() -> {
                  while (!io.headrace.checkpoint.StateFileWriter.UNSYNCED.isEmpty()) {
                    try (var late = io.headrace.checkpoint.StateFileWriter.UNSYNCED.remove(0)) {
                      late.force(true);
                    } catch (java.io.IOException tooLate) {
                      // Its process is gone.
                    }
                  }
                });
                """)),
        rareMistake(
            8,
            "no sync of names before transactions are committed at restore",
            new Patch(
                CHECKPOINT + "CheckpointStore.java",
                "DurableFiles.syncDirectory(folder(manifest.id(), manifest.attempt()));",
                ""),
            new Patch(
                CHECKPOINT + "CheckpointStore.java",
                "DurableFiles.syncDirectory(checkpoints);",
                "")),
        mistake(
            "no sync of pending files",
            new Patch(FILES + "OpenFile.java", "channel.force(true);", "")),
        rareMistake(
            5,
            "acknowledged before the files that rolled are durable",
            new Patch(FILES + "EndedFile.java", "channel.force(true);", "")),
        rareMistake(
            94,
            "files of a task seen out of order",
            new Patch(
                FILES + "FileCommitter.java",
                "file -> {\n"
                    + "              int round = next.merge(file.writer(), 1, Integer::sum) - 1;",
                "file -> {\n              int round = 0;")),
        mistake(
            "no sync of state files",
            new Patch(CHECKPOINT + "StateFileWriter.java", "channel.force(true);", "")),
        mistake(
            "no sync of directories",
            new Patch(
                "api/src/main/java/io/headrace/api/connector/DurableFiles.java",
                "try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {"
                    + "\n      channel.force(true);",
                "try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ))"
                    + " {")),
        mistake(
            "committed when prepared",
            new Patch(
                FILES + "FileWriter.java",
                "return pending;",
                "for (int i = 0; i < all.size(); i++) {"
                    + " Files.move(all.get(i).draft().path(),"
                    + " folder.folder().resolve(pending.get(i).target())); }"
                    + " DurableFiles.syncDirectory(folder.folder()); return pending;")),
        mistake(
            "prepared transactions forgotten at restore",
            new Patch(
                ENGINE + "coordinator/DirectoryStorage.java",
                "prepared.put(sink.name(), sink.committables());",
                "")),
        mistake(
            "complete with one part missing",
            new Patch(
                ENGINE + "coordinator/UnderWay.java",
                "return missing.isEmpty();",
                "return missing.size() == 1;")),
        rareMistake(
            34,
            "the old deleted before the new is durable",
            new Patch(
                ENGINE + "coordinator/DirectoryStorage.java",
                "store.publish(manifest);",
                "store.retain(settings.checkpoints().retained() - 1); store.publish(manifest);")),
        mistake(
            "the position of a source taken late",
            new Patch(
                ENGINE + "task/TaskSplits.java",
                "return PendingPart.of(new Contribution.Positions(operator(), positions));",
                """
                return new PendingPart() {
                  @Override
                  public Contribution makeDurable(StateFiles files) {
                    positions.clear();
                    for (OpenSplit split : reading) {
                      positions.add(
                          new Manifest.Position(split.name(), position(split), false));
                    }
                    ended.forEach(
                        (split, last) -> positions.add(new Manifest.Position(split, last, true)));
                    return new Contribution.Positions(operator(), positions);
                  }

                  @Override
                  public boolean isIrrevocable() {
                    return false;
                  }
                };
                """)),
        rareMistake(
            25,
            "a new split given out twice",
            new Patch(ENGINE + "task/Enumerator.java", "known.add(each.split().name());", "")),
        rareMistake(
            4,
            "a split that has ended opened again where it begins",
            new Patch(
                ENGINE + "task/Enumerator.java",
                "unread.remove(split.split());\n        restoreEnded",
                "restoreEnded")),
        mistake(
            "objects that were changed in place not stored at the barrier",
            new Patch(
                STATE + "KeyedStates.java", "mutable.forEach(TableMutableState::storeAll);", "")),
        mistake(
            "operator state encoded after the barrier was passed on",
            new Patch(
                ENGINE + "task/OperatorLists.java",
                "return PendingPart.of(\n        new Contribution.Elements(",
                """
                  return new PendingPart() {
                    @Override
                    public Contribution makeDurable(StateFiles files) {
                      for (Held held : lists.values()) {
                        encoded.put(
                            held.state().name(),
                            List.copyOf(held.elements()).stream()
                                .map(each -> encode(held, each))
                                .toList());
                      }
                      return new Contribution.Elements(
                          task.operators(), task.index(), encoded, true);
                    }

                    @Override
                    public boolean isIrrevocable() {
                      return false;
                    }
                  };
                }

                private PendingPart unused(SortedMap<String, List<byte[]>> encoded) {
                  return PendingPart.of(new Contribution.Elements(
                """)),
        mistake(
            "operator state of the last task lost at a rescale",
            new Patch(
                ENGINE + "task/OperatorLists.java",
                "(int) ((long) count * task / parallelism)",
                "count / parallelism * task")),
        mistake(
            "what a failed value wrote stays",
            new Patch(
                ENGINE + "task/KeyedStage.java",
                "states.undo();\n      downstream.rethrow();\n      throw site.failed(",
                "states.commit();\n      downstream.rethrow();\n      throw site.failed(")),
        mistake(
            "what was emitted for a failed value goes on",
            new Patch(
                ENGINE + "task/FailureGuard.java",
                "heldBack.forEach(HeldBack::drop);",
                "heldBack.forEach(HeldBack::release);")),
        mistake(
            "values that were put aside counted for each attempt",
            new Patch(ENGINE + "task/PutAside.java", "add(restored);", "add(0);")),
        mistake(
            "wrong boundary of a hash range",
            new Patch(
                "codec/src/main/java/io/headrace/codec/HashRange.java",
                "return new HashRange(firstOf(task, parallelism), next - 1);",
                "return new HashRange(firstOf(task, parallelism), next - 1 - (1L << 59));")),
        mistake(
            "input taken although output waits",
            new Patch(
                ENGINE + "task/OperatorTask.java",
                "if (!chain.clear()) {",
                "if (!chain.clear() && false) {")),
        mistake(
            "a file name used again",
            new Patch(
                FILES + "SinkFolder.java",
                ".formatted(operator, checkpoint.value(), context.attempt(), context.task(),"
                    + " number);",
                ".formatted(operator, 1L, 1L, context.task(), number);")),
        mistake(
            "a view taken after the barrier was passed on",
            new Patch(
                ENGINE + "task/Snapshots.java",
                "context.host().block(what, () -> write(checkpoint, parts, timing));",
                "context.host().block(what, () -> write(checkpoint,"
                    + " chain.snapshot(context.id(), checkpoint), timing));")),
        mistake(
            "at least once where exactly once was asked for",
            new Patch(
                ENGINE + "task/Barriers.java",
                "case EXACTLY_ONCE -> new Alignment(inputs);",
                "case EXACTLY_ONCE -> new BarrierCount(inputs);")),
        rareMistake(
            20,
            "values behind a barrier lost at least once",
            new Patch(
                ENGINE + "task/OperatorTask.java",
                "if (item instanceof Batch batch) {",
                "if (item instanceof Batch lost && barriers.isLate(input)) {"
                    + " meter.add(lost.size); } else if (item instanceof Batch batch) {"),
            new Patch(
                ENGINE + "task/Barriers.java",
                "boolean isWaiting(int input);",
                "boolean isWaiting(int input); default boolean isLate(int input) { return false;"
                    + " }"),
            new Patch(
                ENGINE + "task/BarrierCount.java",
                "public boolean isWaiting(int input) {",
                "public boolean isLate(int input) { return partly.values().stream()"
                    + ".anyMatch(each -> each.from().get(input)); }"
                    + " @Override public boolean isWaiting(int input) {")),
        mistake(
            "subsumed without its transactions",
            new Patch(
                ENGINE + "coordinator/Transactions.java",
                "for (List<Contribution.Transactions> of : durable.headMap(checkpoint,"
                    + " true).values()) {",
                "for (List<Contribution.Transactions> of :"
                    + " durable.subMap(checkpoint, true, checkpoint, true).values()) {")),
        mistake(
            "transactions of a later checkpoint committed with an earlier one",
            new Patch(
                ENGINE + "coordinator/Transactions.java",
                "for (List<Contribution.Transactions> of : durable.headMap(checkpoint,"
                    + " true).values()) {",
                "for (List<Contribution.Transactions> of : durable.values()) {"),
            new Patch(
                ENGINE + "coordinator/Transactions.java",
                "durable.headMap(checkpoint, true).clear();",
                "durable.clear();")),
        rareMistake(
            134,
            "complete before the transactions of the one before are durable",
            new Patch(
                ENGINE + "coordinator/PendingCheckpoints.java",
                "if (each.owesTransactions()) {",
                "if (each.owesTransactions() && false) {"),
            new Patch(
                ENGINE + "coordinator/Transactions.java",
                "held == null || held.compareTo(checkpoint) < 0,",
                "true,")),
        rareMistake(
            9,
            "barriers of two checkpoints sent in any order",
            new Patch(
                ENGINE + "coordinator/PendingCheckpoints.java",
                "&& byId.lastEntry().getValue().phase() != CheckpointPhase.BEGINNING;",
                ";")),
        rareMistake(
            1_507,
            "stopped without waiting for what is being discarded",
            new Patch(
                ENGINE + "coordinator/Checkpoints.java",
                "if (hasCommittedLast && pending.isEmpty()) {",
                "if (hasCommittedLast) {")),
        rareMistake(
            429,
            "files left open where another of their transaction fails",
            new Patch(FILES + "FileWriter.java", "file.close();", "file.hashCode();")),
        mistake(
            "timers not found again after a restore",
            new Patch(
                STATE + "TableTimers.java",
                "action.run();\n    isIndexed = false;",
                "action.run();")),
        mistake(
            "a timer that was deleted fires",
            new Patch(
                STATE + "TableTimers.java",
                "boolean isThere = find(code(domain, queue.time()));",
                "boolean isThere = find(code(domain, queue.time())) || true;")),
        mistake(
            "a timer that has fired is kept",
            new Patch(
                STATE + "TableTimers.java", "if (isThere) {\n      rows.delete();\n    }", "")),
        mistake(
            "the time of a task that of its fastest input",
            new Patch(
                ENGINE + "task/Watermarks.java",
                "long together = isIdle ? Times.NO_WATERMARK : Times.END;",
                "long together = Times.NO_WATERMARK;"),
            new Patch(
                ENGINE + "task/Watermarks.java",
                "isIdle ? Math.max(together, times[input]) : Math.min(together, times[input])",
                "Math.max(together, times[input])")),
        mistake(
            "the time of a source that of one of its splits",
            new Patch(
                ENGINE + "task/SourceTime.java",
                "isIdle ? Math.max(together, its) : Math.min(together, its)",
                "its")),
        mistake(
            "a watermark one millisecond too far",
            new Patch(
                ENGINE + "task/SourceTime.java",
                "split.latest - outOfOrderness - 1",
                "split.latest - outOfOrderness")),
        mistake(
            "a watermark passed on before values that came before it",
            new Patch(
                ENGINE + "task/KeyedOutlet.java",
                "if (open[lane].size > 0) {\n        flush(lane);",
                "if (open[lane].size > 0 && !(item instanceof Watermark)) {\n"
                    + "        flush(lane);")),
        mistake(
            "the time of a value that of the one before it",
            new Patch(
                ENGINE + "task/SourceTime.java",
                "context.track().happened(millis);\n    current.latest",
                "context.track().happened(Math.max(current.latest, 0));\n    current.latest")),
        mistake(
            "a value that is broadcast missed by a task",
            new Patch(
                ENGINE + "task/BroadcastOutlet.java",
                "      batch.add(lane == 0",
                "      if (lane == 1 && batch.size == 3) { continue; }\n"
                    + "      batch.add(lane == 0")),
        mistake(
            "broadcast state restored in the first task only",
            new Patch(
                ENGINE + "task/TaskAssembly.java",
                "readLater(node, maps.tables(), HashRange.ALL);",
                "if (index == 0) { readLater(node, maps.tables(), HashRange.ALL); }")),
        rareMistake(
            14,
            "broadcast values in a different order in each task",
            new Patch(
                "api/src/main/java/io/headrace/api/plan/RecordedStream.java",
                "recorder.parallelism(draft, 1);",
                "recorder.parallelism(draft, 3);")),
        mistake(
            "values of two streams mixed up",
            new Patch(ENGINE + "task/Batch.java", "this.stream = stream;", "this.stream = 0;")),
        mistake(
            "a copied segment replaced in one entry of the directory only",
            SMALL_SEGMENTS,
            new Patch(
                STATE + "Table.java",
                "Arrays.fill(directory, first + i * each, first + (i + 1) * each, fresh.get(i));",
                "directory[first + i * each] = fresh.get(i);")));
  }

  private static Arguments mistake(String name, Patch... patches) {
    return rareMistake(1, name, patches);
  }

  /**
   * A mistake that few worlds show.
   *
   * @param first where the search begins, to save time: a world among those that every build runs
   */
  private static Arguments rareMistake(long first, String name, Patch... patches) {
    return Arguments.of(name, first, List.of(patches));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mistakes")
  void aMistakeIsFound(String name, long first, List<Patch> patches) throws Throwable {
    PatchedWorlds worlds = PatchedWorlds.of(patches);
    int crashes = 0;
    String found = "";
    long seed = first - 1;
    while (crashes < MOST_CRASHES && found.isEmpty()) {
      try {
        crashes += worlds.run(++seed);
      } catch (AssertionError seen) {
        found = String.valueOf(seen.getMessage());
      }
    }
    System.out.printf(
        "%-62s found by seed %d, after %d crashes: %.120s%n", name, seed, crashes, found);

    assertThat(found).describedAs("what the mistake led to").isNotEmpty();
  }

  @Test
  void smallSegmentsAreNoMistake() throws Throwable {
    PatchedWorlds worlds = PatchedWorlds.of(List.of(SMALL_SEGMENTS));

    for (long seed = 1; seed <= 50; seed++) {
      worlds.run(seed);
    }
  }
}

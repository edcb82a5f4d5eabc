package io.headrace.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.CheckpointId;
import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.codec.HashRange;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class CheckpointStoreTest {

  private static final int HISTORIES = 10;
  private static final int STEPS = 60;

  @TempDir Path root;

  private CheckpointStore store() {
    return new CheckpointStore(root, SampleCheckpoint.JOB);
  }

  private static CheckpointId id(long id) {
    return new CheckpointId(id);
  }

  private static SampleCheckpoint checkpoint(long id) {
    return new SampleCheckpoint(id, 1);
  }

  private Facts inspect() throws IOException {
    return store().inspect(Optional.empty());
  }

  private List<Long> intact() throws IOException {
    return inspect().found().stream()
        .filter(Facts.Intact.class::isInstance)
        .map(found -> found.id().value())
        .toList();
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private List<String> folders() throws IOException {
    return names(root.resolve("checkpoints"));
  }

  private Path stateFile(long id, int task) {
    return root.resolve("checkpoints/" + id + "-1/bills-open-" + task + ".state.avro");
  }

  private static void assertBroken(ThrowingCallable call, String words) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            HeadraceException.class,
            broken -> assertThat(broken.code()).isEqualTo(ErrorCode.INTERNAL))
        .hasMessageContaining(words);
  }

  // From nothing to a complete checkpoint

  @Test
  void anEmptyDirectoryHasNoFacts() throws IOException {
    assertThat(inspect()).isEqualTo(new Facts(root.toString(), false, Optional.empty(), List.of()));
    assertThat(inspect().nextId()).isEqualTo(id(1));
  }

  @Test
  void whatWasMarkedAndPublishedIsFoundNewestFirst() throws IOException {
    store().markStarted(1);
    assertThat(inspect().isStarted()).isTrue();

    checkpoint(9).publish(store());
    Manifest newest = checkpoint(10).publish(store());
    store().markCommitted(id(9), List.of("mails", "bills"));

    Facts facts = inspect();
    assertThat(facts.committed()).contains(new Facts.Committed(id(9), List.of("bills", "mails")));
    assertThat(intact()).containsExactly(10L, 9L);
    assertThat(((Facts.Intact) facts.found().get(0)).manifest())
        .usingRecursiveComparison()
        .isEqualTo(newest);
    assertThat(facts.nextId()).isEqualTo(id(11));
  }

  @Test
  void beforeItsManifestACheckpointIsIncomplete() throws IOException {
    store().markStarted(1);
    checkpoint(4).begin(store());

    assertThat(inspect().found()).containsExactly(new Facts.Incomplete(id(4), 1));
    assertThat(inspect().nextId()).isEqualTo(id(5));
  }

  @Test
  void aManifestThatIsBeingWrittenIsNone() throws IOException {
    checkpoint(4).begin(store());
    Files.write(root.resolve("checkpoints/4-1/manifest.avro.tmp"), new byte[10]);

    assertThat(inspect().found()).containsExactly(new Facts.Incomplete(id(4), 1));
  }

  @Test
  void theNewestMarkerOfACommitCounts() throws IOException {
    store().markCommitted(id(9), List.of("mails"));
    store().markCommitted(id(10), List.of("bills"));
    store().markCommitted(id(10), List.of("more"));
    store().markCommitted(id(2), List.of("mails"));

    assertThat(inspect().committed()).contains(new Facts.Committed(id(10), List.of("bills")));
    assertThat(inspect().nextId()).isEqualTo(id(11));
  }

  @Test
  void whatIsNotAsWrittenIsNotPublished() throws IOException {
    List<StateFile> files = checkpoint(1).begin(store());
    Manifest manifest = checkpoint(1).manifest(files);
    Files.write(stateFile(1, 1), new byte[] {1, 2, 3});

    assertBroken(() -> store().publish(manifest), "has 3 bytes instead of ");
    Files.delete(stateFile(1, 1));
    assertThatThrownBy(() -> store().publish(manifest)).isInstanceOf(NoSuchFileException.class);
    assertThat(inspect().found()).containsExactly(new Facts.Incomplete(id(1), 1));
  }

  @Test
  void foldersAndFilesOfOthersAreNotSeen() throws IOException {
    checkpoint(3).publish(store());
    for (String other : List.of("7", "07-1", "7-0", "7-1.old", "-7-1", "a-b", "7-1-1")) {
      Files.createDirectories(root.resolve("checkpoints").resolve(other));
    }
    for (String other : List.of("committed-x", "committed-07", "committed-", "commit-9")) {
      Files.createFile(root.resolve(other));
    }

    assertThat(inspect().found()).hasSize(1);
    assertThat(inspect().committed()).isEmpty();
  }

  @Test
  void theStateOfEachTaskIsReadBack() throws IOException {
    Manifest manifest = checkpoint(1).publish(store());
    Manifest.Operator operator = manifest.operators().get(0);
    Manifest.State state = operator.states().get(0);
    for (StateFile file : state.files()) {
      List<SampleCheckpoint.Entry> entries = new ArrayList<>();
      store()
          .reader(manifest, operator, state, file)
          .read(
              HashRange.ALL,
              (block, count) -> {
                for (int i = 0; i < count; i++) {
                  entries.add(SampleCheckpoint.ENTRIES.decode(block));
                }
              });
      assertThat(entries).isEqualTo(SampleCheckpoint.entries(file.task()));
    }
  }

  // What is checked

  @Test
  void stateIsCheckedUntilACheckpointIsIntactAndInTheOneThatIsNamed() throws IOException {
    for (long each = 1; each <= 4; each++) {
      checkpoint(each).publish(store());
    }
    for (long each : new long[] {4, 2, 1}) {
      Files.delete(stateFile(each, 0));
    }

    assertThat(intact()).containsExactly(3L, 2L, 1L);
    assertThat(store().inspect(Optional.of(id(2))).found())
        .filteredOn(Facts.Damaged.class::isInstance)
        .extracting(found -> found.id().value())
        .containsExactly(4L, 2L);
  }

  // What is kept and what is deleted

  @Test
  void asManyCompleteCheckpointsAreKeptAsSaidAndTheyAreTheNewest() throws IOException {
    for (int keep = 1; keep <= 6; keep++) {
      Path directory = root.resolve("keep" + keep);
      CheckpointStore store = new CheckpointStore(directory, SampleCheckpoint.JOB);
      for (long each = 8; each <= 12; each++) {
        checkpoint(each).publish(store);
      }
      store.retain(keep);

      assertThat(names(directory.resolve("checkpoints")))
          .containsExactlyElementsOf(
              Stream.of("8-1", "9-1", "10-1", "11-1", "12-1")
                  .skip(Math.max(0, 5 - keep))
                  .sorted()
                  .toList());
      assertThat(store.inspect(Optional.of(id(12))).found())
          .allMatch(Facts.Intact.class::isInstance);
    }
  }

  @Test
  void whatIsIncompleteIsNotCountedAndNotDeletedBehindItsWriter() throws IOException {
    checkpoint(1).publish(store());
    checkpoint(2).publish(store());
    checkpoint(3).begin(store());

    store().retain(1);

    assertThat(folders()).containsExactly("2-1", "3-1");
  }

  @Test
  void ofTheMarkersOfCommitsTheNewestIsKept() throws IOException {
    checkpoint(10).publish(store());
    for (long each : new long[] {8, 9, 10}) {
      store().markCommitted(id(each), List.of("mails"));
    }

    store().retain(1);
    store().retain(1);

    assertThat(names(root)).containsExactly("checkpoints", "committed-10", "completed-10-1");
  }

  @Test
  void whatIsKeptIsMarkedAsCompleteAndNothingElse() throws IOException {
    for (long each = 8; each <= 12; each++) {
      checkpoint(each).publish(store());
    }
    checkpoint(13).begin(store());

    store().retain(2);

    assertThat(names(root)).containsExactly("checkpoints", "completed-11-1", "completed-12-1");
    assertThat(folders()).containsExactly("11-1", "12-1", "13-1");
  }

  @Test
  @Tag("FAULT-43")
  void whatWasGivenUpWhileItWasPublishedStaysOnceItsManifestHasItsName() throws IOException {
    Manifest manifest = checkpoint(2).manifest(checkpoint(2).begin(store()));
    Files.createFile(root.resolve("completed-2-1"));

    assertThatThrownBy(() -> store().publish(manifest))
        .isInstanceOf(FileAlreadyExistsException.class);
    store().discard(id(2), 1);

    assertThat(intact()).containsExactly(2L);
  }

  @Test
  void aMarkThatAKilledProcessDidNotMakeIsMadeWhenTheCheckpointIsSecured() throws IOException {
    Manifest manifest = checkpoint(10).publish(store());
    Files.delete(root.resolve("completed-10-1"));

    store().secure(manifest);
    store().secure(manifest);

    assertThat(names(root)).containsExactly("checkpoints", "completed-10-1");
  }

  @Test
  @Tag("FAULT-72")
  void whatALaterAttemptBeganIsNotThisOnesGarbage() throws IOException {
    new SampleCheckpoint(3, 4).begin(store());
    new SampleCheckpoint(4, 5).begin(store());
    new SampleCheckpoint(5, 6).begin(store());

    store().collectGarbage(5);

    assertThat(folders()).containsExactly("4-5", "5-6");
  }

  @Test
  void aFileOfSomebodyElseInAFolderIsLeftAloneAndTheCheckpointIsNoneAnyMore() throws IOException {
    checkpoint(1).publish(store());
    checkpoint(2).publish(store());
    Path note = Files.createFile(root.resolve("checkpoints/1-1/note.txt"));

    store().retain(1);

    assertThat(names(root.resolve("checkpoints/1-1"))).containsExactly("note.txt");
    assertThat(intact()).containsExactly(2L);
    store().collectGarbage(2);
    assertThat(note).exists();
  }

  @Test
  void givenUpCheckpointsAreDeletedWithTheirFiles() throws IOException {
    checkpoint(1).publish(store());
    checkpoint(2).begin(store());
    Files.createFile(root.resolve("checkpoints/2-1/manifest.avro.tmp"));

    store().discard(id(2), 1);
    store().discard(id(2), 1);

    assertThat(folders()).containsExactly("1-1");
  }

  @Test
  void garbageIsWhatNeverWasComplete() throws IOException {
    checkpoint(1).publish(store());
    checkpoint(2).begin(store());
    new SampleCheckpoint(3, 2).begin(store());
    List<String> ours = List.of("owner.tmp", "started.tmp", "committed-4.tmp");
    List<String> others = List.of("note.tmp", "committed-x.tmp", "owner", "completed");
    for (String name : Stream.concat(ours.stream(), others.stream()).toList()) {
      Files.write(root.resolve(name), new byte[1]);
    }

    store().collectGarbage(3);

    assertThat(folders()).containsExactly("1-1");
    assertThat(names(root)).containsAll(others).doesNotContainAnyElementsOf(ours);
    assertThat(intact()).containsExactly(1L);
  }

  @Test
  void withoutADirectoryThereIsNothingToDelete() throws IOException {
    CheckpointStore nowhere = new CheckpointStore(root.resolve("none"), SampleCheckpoint.JOB);

    nowhere.retain(1);
    nowhere.collectGarbage(1);
    nowhere.discard(id(1), 1);

    assertThat(root.resolve("none")).doesNotExist();
  }

  // Names

  @Test
  void aCheckpointBeginsOnce() throws IOException {
    checkpoint(2).begin(store());

    assertBroken(() -> store().begin(id(2), 1), "checkpoint 2-1 began twice");
    store().begin(id(2), 2);
  }

  @Test
  void noNameIsUsedTwiceWhateverIsGivenUpAndWheneverItCrashes() throws IOException {
    long seed = Long.getLong("seed", 1);
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < HISTORIES; i++) {
      Path directory = root.resolve("history" + i);
      Set<String> used = new HashSet<>();
      CheckpointStore store = new CheckpointStore(directory, SampleCheckpoint.JOB);
      for (int left = STEPS; left > 0; ) {
        left -= attempt(store, directory, random, used);
      }
      assertThat(used).as("seed %s, history %s", seed, i).hasSizeGreaterThan(STEPS / 4);
    }
  }

  /** One attempt, which crashes at some moment. Returns how many steps it took. */
  private static int attempt(
      CheckpointStore store, Path directory, SplittableRandom random, Set<String> used)
      throws IOException {
    try (Ownership ownership = Ownership.acquire(directory, "test")) {
      CheckpointId next = store.inspect(Optional.empty()).nextId();
      long epoch = ownership.nextEpoch();
      store.collectGarbage(epoch);
      int steps = random.nextInt(1, 8);
      for (int i = 0; i < steps; i++) {
        SampleCheckpoint checkpoint = new SampleCheckpoint(next.value(), epoch);
        assertThat(used.add(next + "-" + epoch)).as("%s-%s is new", next, epoch).isTrue();
        step(store, checkpoint, random);
        next = next.next();
      }
      return steps;
    }
  }

  /** A checkpoint that is left half, given up, or completed, and then perhaps the only one. */
  private static void step(
      CheckpointStore store, SampleCheckpoint checkpoint, SplittableRandom random)
      throws IOException {
    switch (random.nextInt(4)) {
      case 0 -> checkpoint.begin(store);
      case 1 -> {
        checkpoint.begin(store);
        store.discard(checkpoint.place().checkpoint(), checkpoint.attempt());
      }
      case 2 -> checkpoint.publish(store);
      default -> {
        checkpoint.publish(store);
        store.markCommitted(checkpoint.place().checkpoint(), List.of("mails"));
        store.retain(1);
      }
    }
  }
}

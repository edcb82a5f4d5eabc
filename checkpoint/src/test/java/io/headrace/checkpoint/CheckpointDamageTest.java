package io.headrace.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.CheckpointId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever happens to a file of a complete checkpoint is found, and never taken for another. */
@Tag("FAULT-27")
@Tag("FAULT-29")
@Tag("FAULT-30")
@Timeout(120)
final class CheckpointDamageTest {

  private static final int FORGERIES = 5_000;

  @TempDir Path root;

  private CheckpointStore store = new CheckpointStore(Path.of("unused"), "none");
  private Manifest older = new SampleCheckpoint(1, 1).manifest(List.of());
  private Manifest newest = older;

  @BeforeEach
  void writeTwoCheckpoints() throws IOException {
    store = new CheckpointStore(root, SampleCheckpoint.JOB);
    store.markStarted(1);
    older = new SampleCheckpoint(6, 1).publish(store);
    newest = new SampleCheckpoint(7, 2).publish(store);
  }

  private Path folder(Manifest manifest) {
    return root.resolve("checkpoints").resolve(manifest.checkpoint() + "-" + manifest.attempt());
  }

  /** The manifest and the state files of the newest checkpoint. */
  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder(newest))) {
      return files.sorted().toList();
    }
  }

  private Facts inspect() throws IOException {
    return store.inspect(Optional.empty());
  }

  /** The newest one is damaged in this file, and the older one is what is left. */
  private void assertDamaged(Path file, String what) throws IOException {
    Facts facts = inspect();
    assertThat(facts.found()).as(what).hasSize(2);
    assertThat(facts.found().get(0))
        .as(what)
        .isInstanceOfSatisfying(
            Facts.Damaged.class,
            damaged -> assertThat(damaged.reason()).startsWith("File " + file + " is damaged: "));
    assertThat(facts.found().get(1)).as(what).isInstanceOf(Facts.Intact.class);
  }

  private void assertIntact() throws IOException {
    assertThat(inspect().found()).allMatch(Facts.Intact.class::isInstance).hasSize(2);
  }

  @Test
  void threeFilesAreThere() throws IOException {
    assertThat(files().stream().map(file -> file.getFileName().toString()))
        .containsExactly("bills-open-0.state.avro", "bills-open-1.state.avro", "manifest.avro");
    assertIntact();
  }

  @Test
  void whatIsSaidOfDamageIsTwoSentencesAndARemedy() throws IOException {
    Path manifest = files().get(2);
    byte[] bytes = Files.readAllBytes(manifest);
    bytes[bytes.length - 1]++;
    Files.write(manifest, bytes);

    assertThat(inspect().found().get(0))
        .isEqualTo(
            new Facts.Damaged(
                new CheckpointId(7),
                2,
                "File "
                    + manifest
                    + " is damaged: it is no manifest: Its digest does not match its content. It"
                    + " was changed after it was written, or the disk lost a part of it. Bring it"
                    + " back from a copy if there is one."));
  }

  @Test
  void everyBitThatFlipsIsFound() throws IOException {
    for (Path file : files()) {
      byte[] bytes = Files.readAllBytes(file);
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        for (int bit = 0; bit < bytes.length * Byte.SIZE; bit++) {
          int at = bit / Byte.SIZE;
          write(channel, at, bytes[at] ^ 1 << bit % Byte.SIZE);
          assertDamaged(file, "bit " + bit + " of " + file);
          write(channel, at, bytes[at]);
        }
      }
    }
    assertIntact();
  }

  @Test
  void everyByteThatIsReplacedIsFound() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    for (Path file : files()) {
      byte[] bytes = Files.readAllBytes(file);
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        for (int at = 0; at < bytes.length; at++) {
          write(channel, at, ~bytes[at]);
          assertDamaged(file, "byte " + at + " of " + file + " turned");
          write(channel, at, bytes[at] + random.nextInt(1, 256));
          assertDamaged(file, "byte " + at + " of " + file + " replaced");
          write(channel, at, bytes[at]);
        }
      }
    }
    assertIntact();
  }

  private static void write(FileChannel channel, int at, int value) throws IOException {
    channel.write(ByteBuffer.wrap(new byte[] {(byte) value}), at);
  }

  @Test
  void everyTruncationIsFound() throws IOException {
    for (Path file : files()) {
      byte[] bytes = Files.readAllBytes(file);
      for (int length = 0; length < bytes.length; length++) {
        Files.write(file, Arrays.copyOf(bytes, length));
        assertDamaged(file, length + " bytes of " + file);
      }
      Files.write(file, bytes);
    }
    assertIntact();
  }

  @Test
  void whatIsAppendedIsFound() throws IOException {
    for (Path file : files()) {
      byte[] bytes = Files.readAllBytes(file);
      for (int more : new int[] {1, 16, bytes.length}) {
        Files.write(file, Arrays.copyOf(bytes, bytes.length + more));
        assertDamaged(file, more + " more bytes of " + file);
      }
      Files.write(file, bytes);
    }
    assertIntact();
  }

  @Test
  void aStateFileThatIsDeletedIsFound() throws IOException {
    for (Path file : files().subList(0, 2)) {
      byte[] bytes = Files.readAllBytes(file);
      Files.delete(file);
      assertDamaged(file, file + " deleted");
      Files.write(file, bytes);
    }
    assertIntact();
  }

  @Test
  @Tag("FAULT-31")
  void aManifestThatIsDeletedIsFoundAndPassedOverOrWhereItWasCommittedRefused() throws IOException {
    Path manifest = files().get(2);
    Files.delete(manifest);

    assertPassedOver("File " + manifest + " is damaged: it is missing");
    store.markCommitted(new CheckpointId(7), Set.of("mails"));
    assertThat(Recovery.decide(inspect(), Optional.empty())).isInstanceOf(Decision.Refuse.class);
  }

  @Test
  @Tag("FAULT-31")
  void aFolderThatIsDeletedIsFoundAndPassedOver() throws IOException {
    Path manifest = files().get(2);
    for (Path file : files()) {
      Files.delete(file);
    }
    Files.delete(folder(newest));

    assertPassedOver("File " + manifest + " is damaged: it is missing");
  }

  private void assertPassedOver(String reason) throws IOException {
    assertThat(Recovery.decide(inspect(), Optional.empty()))
        .isInstanceOfSatisfying(
            Decision.Restore.class,
            restore -> {
              assertThat(restore.from().checkpoint()).isEqualTo(6);
              assertThat(restore.isBelowCommit()).isFalse();
              assertThat(restore.passedOver())
                  .singleElement()
                  .satisfies(
                      each -> {
                        assertThat(each.id()).isEqualTo(new CheckpointId(7));
                        assertThat(each.reason()).startsWith(reason);
                      });
            });
  }

  @Test
  @Tag("FAULT-31")
  void whereAllManifestsAreDeletedNothingStartsEmpty() throws IOException {
    Files.delete(files().get(2));
    Files.delete(folder(older).resolve("manifest.avro"));

    assertThat(Recovery.decide(inspect(), Optional.empty()))
        .isInstanceOfSatisfying(
            Decision.Refuse.class,
            refuse ->
                assertThat(refuse.message())
                    .contains(
                        "though one was complete",
                        folder(newest) + "/manifest.avro is damaged: it is missing",
                        folder(older) + "/manifest.avro is damaged: it is missing"));
  }

  @Test
  @Tag("FAULT-31")
  void theStateOfACheckpointWithoutItsManifestIsKeptUntilANewerOneIsComplete() throws IOException {
    Files.delete(files().get(2));

    store.collectGarbage(9);
    store.retain(1);
    assertThat(files()).hasSize(2);
    assertPassedOver("File " + folder(newest));
    new SampleCheckpoint(8, 3).publish(store);
    store.retain(2);

    assertThat(folder(newest)).doesNotExist();
    assertThat(inspect().found())
        .allMatch(Facts.Intact.class::isInstance)
        .extracting(found -> found.id().value())
        .containsExactly(8L, 6L);
  }

  @Test
  void filesThatTookEachOthersPlaceAreFound() throws IOException {
    Path one = files().get(0);
    Path other = files().get(1);
    assertThat(Files.size(one)).isEqualTo(Files.size(other));
    Files.move(one, root.resolve("kept"));
    Files.move(other, one);
    Files.move(root.resolve("kept"), other);

    assertDamaged(one, "swapped");
  }

  @Test
  void filesOfAnotherCheckpointAreFound() throws IOException {
    for (Path file : files()) {
      byte[] bytes = Files.readAllBytes(file);
      Files.write(file, Files.readAllBytes(folder(older).resolve(file.getFileName())));
      assertDamaged(file, "older " + file);
      Files.write(file, bytes);
    }
    assertIntact();
  }

  @Test
  void aFolderUnderAnotherNameIsFound() throws IOException {
    Path renamed = root.resolve("checkpoints").resolve("8-2");
    Files.move(folder(newest), renamed);

    assertThat(inspect().found())
        .hasSize(3)
        .filteredOn(Facts.Damaged.class::isInstance)
        .extracting(found -> found.id().value())
        .containsExactly(8L, 7L);
  }

  @Test
  void theCheckpointOfAnotherJobIsFound() throws IOException {
    Facts facts = new CheckpointStore(root, "others").inspect(Optional.empty());

    assertThat(facts.found()).hasSize(2).allMatch(Facts.Damaged.class::isInstance);
    assertThat(Recovery.decide(facts, Optional.empty()))
        .isInstanceOfSatisfying(
            Decision.Refuse.class,
            refuse ->
                assertThat(refuse.message())
                    .contains("it belongs to checkpoint 7-2 of job \"orders\""));
  }

  @Test
  void forgedManifestsAreIntactOrDamagedAndNothingElse() throws IOException {
    long seed = Long.getLong("seed", 3);
    SplittableRandom random = new SplittableRandom(seed);
    byte[] payload = ManifestBytes.payload(newest);
    Path file = files().get(2);
    for (int i = 0; i < FORGERIES; i++) {
      byte[] forged = payload.clone();
      for (int changes = random.nextInt(1, 4); changes > 0; changes--) {
        forged[random.nextInt(forged.length)] = (byte) random.nextInt();
      }
      Files.write(file, ManifestBytes.of(forged));
      try {
        assertThat(inspect().found().get(0)).isNotInstanceOf(Facts.Incomplete.class);
      } catch (RuntimeException | IOException | Error unexpected) {
        throw new AssertionError("seed " + seed + ", forgery " + i, unexpected);
      }
    }
  }

  @Test
  void markersMayHoldAnyBytes() throws IOException {
    store.markCommitted(new CheckpointId(7), List.of("mails", "bills"));
    assertThat(inspect().committed())
        .contains(new Facts.Committed(new CheckpointId(7), List.of("bills", "mails")));
    for (byte[] bytes : List.of(new byte[0], new byte[] {(byte) 0xc3, (byte) 0xff, '\n', 0})) {
      for (String marker : List.of("started", "completed-7-2", "committed-7")) {
        Files.write(root.resolve(marker), bytes);
      }

      Facts facts = inspect();

      assertThat(facts.isStarted()).isTrue();
      assertThat(facts.committed().orElseThrow().id()).isEqualTo(new CheckpointId(7));
    }
  }
}

package io.headrace.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.CheckpointId;
import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing in a job's directory, and no name in a manifest, leads out of it. */
@Tag("S6")
@Tag("S8")
final class LinksTest {

  @TempDir Path root;

  private Path ours = Path.of("unused");
  private Path theirs = Path.of("unused");
  private CheckpointStore store = new CheckpointStore(Path.of("unused"), "none");

  /** Two directories of jobs of one name; what is in the other one fits. */
  @BeforeEach
  void writeTwoDirectories() throws IOException {
    ours = Files.createDirectory(root.resolve("ours"));
    theirs = Files.createDirectory(root.resolve("theirs"));
    store = new CheckpointStore(ours, SampleCheckpoint.JOB);
    for (CheckpointStore each : List.of(store, new CheckpointStore(theirs, SampleCheckpoint.JOB))) {
      each.markStarted(1);
      new SampleCheckpoint(7, 2).publish(each);
    }
  }

  private static Path folder(Path directory) {
    return directory.resolve("checkpoints").resolve("7-2");
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private void assertDamagedAt(Path link) throws IOException {
    assertThat(store.inspect(Optional.empty()).found().get(0))
        .isInstanceOfSatisfying(
            Facts.Damaged.class,
            damaged ->
                assertThat(damaged.reason())
                    .startsWith("File " + link + " is damaged: it is a link"));
  }

  @Test
  void aManifestOrStateFileThatBecameALinkIsDamage() throws IOException {
    for (Path file : files(folder(ours))) {
      byte[] bytes = Files.readAllBytes(file);
      Files.delete(file);
      Files.createSymbolicLink(file, folder(theirs).resolve(file.getFileName()));

      assertDamagedAt(file);

      Files.delete(file);
      Files.write(file, bytes);
    }
    assertThat(store.inspect(Optional.empty()).found()).allMatch(Facts.Intact.class::isInstance);
  }

  private void swapTheFolder() throws IOException {
    for (Path file : files(folder(ours))) {
      Files.delete(file);
    }
    Files.delete(folder(ours));
    Files.createSymbolicLink(folder(ours), folder(theirs));
  }

  @Test
  void aFolderThatBecameALinkIsDamageAndNothingBehindItIsDeleted() throws IOException {
    swapTheFolder();

    assertDamagedAt(folder(ours));
    new SampleCheckpoint(8, 3).publish(store);
    store.discard(new CheckpointId(7), 2);
    store.retain(1);
    store.collectGarbage(9);

    assertThat(folder(ours)).doesNotExist();
    assertThat(Files.isSymbolicLink(folder(ours))).isFalse();
    assertThat(files(folder(theirs))).hasSize(3);
  }

  @Test
  void aFolderOfAllCheckpointsThatIsALinkIsRefused() throws IOException {
    Files.move(ours.resolve("checkpoints"), root.resolve("elsewhere"));
    Files.createSymbolicLink(ours.resolve("checkpoints"), root.resolve("elsewhere"));

    assertThatThrownBy(() -> store.inspect(Optional.empty()))
        .isInstanceOfSatisfying(
            HeadraceException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.DIRECTORY_UNUSABLE))
        .hasMessageContaining("Folder " + ours.resolve("checkpoints") + " is a link");
    assertThatThrownBy(() -> store.markStarted(1)).hasMessageContaining("is a link");
  }

  @Test
  void aLockThatIsALinkIsNotFollowed() throws IOException {
    Files.createSymbolicLink(ours.resolve("jvm.lock"), root.resolve("made-by-a-link"));

    assertThatThrownBy(() -> Ownership.acquire(ours, "somebody"))
        .isInstanceOf(HeadraceException.class)
        .hasMessageContaining("cannot be used for a job");
    assertThat(root.resolve("made-by-a-link")).doesNotExist();
  }

  @Test
  void aMarkerThatIsALinkSaysNothingOfWhatItLeadsTo() throws IOException {
    Path secret = Files.writeString(root.resolve("secret"), "canary");
    Files.createSymbolicLink(ours.resolve("committed-7"), secret);

    assertThat(store.inspect(Optional.empty()).committed())
        .hasValueSatisfying(
            committed -> {
              assertThat(committed.id()).isEqualTo(new CheckpointId(7));
              assertThat(committed.toString()).doesNotContain("canary");
            });
    try (Ownership first = Ownership.acquire(ours, "somebody")) {
      Files.delete(ours.resolve("owner"));
      Files.createSymbolicLink(ours.resolve("owner"), secret);

      assertThatThrownBy(() -> Ownership.acquire(ours, "another"))
          .hasMessageContaining("is in use by an owner not named yet.")
          .hasMessageNotContaining("canary");
      assertThat(first.epoch()).isZero();
    }
  }

  @Test
  void theDirectoryItselfMayBeReachedByALink() throws IOException {
    Path link = Files.createSymbolicLink(root.resolve("link"), ours);

    Facts facts = new CheckpointStore(link, SampleCheckpoint.JOB).inspect(Optional.empty());

    assertThat(facts.found()).hasSize(1).allMatch(Facts.Intact.class::isInstance);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "..",
        "../../theirs/checkpoints/7-2/bills-open-0.state.avro",
        "/etc/passwd",
        "/etc/a.state.avro",
        "//host/a.state.avro",
        "a/b.state.avro",
        "a\0.state.avro",
        "a\n.state.avro",
        "%2e%2e.state.avro",
        "C:a.state.avro",
        "C:\\a.state.avro",
        "\u2024\u2024.state.avro",
        "\uff0e\uff0e/a.state.avro",
        "http://169.254.169.254/a.state.avro",
        "s3://other/a.state.avro",
        "file:///etc/a.state.avro",
        "jar:file:a.jar!/a.state.avro",
        "manifest.avro"
      })
  void aManifestNamesFilesOfItsFolderOnly(String hostile) throws IOException {
    assertThatThrownBy(() -> new StateFile(hostile, 0, 0, 0, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not the name of a state file");
    String known = "bills-open-0.state.avro";
    Manifest manifest = ManifestFile.read(folder(ours).resolve("manifest.avro"));

    byte[] forged = ManifestBytes.replaced(ManifestBytes.payload(manifest), known, hostile);
    Files.write(folder(ours).resolve("manifest.avro"), ManifestBytes.of(forged));

    assertThat(store.inspect(Optional.empty()).found())
        .singleElement()
        .isInstanceOfSatisfying(
            Facts.Damaged.class,
            damaged -> assertThat(damaged.reason()).contains("is not the name of a state file"));
  }
}

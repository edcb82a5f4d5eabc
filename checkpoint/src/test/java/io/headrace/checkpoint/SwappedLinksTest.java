package io.headrace.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.CheckpointId;
import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Links that come and go while a checkpoint is read or deleted: between a check and its use. */
@Tag("S6")
@Timeout(120)
final class SwappedLinksTest {

  private static final int ROUNDS = 150;

  @TempDir Path root;

  private Path ours = Path.of("unused");
  private Path theirs = Path.of("unused");
  private CheckpointStore store = new CheckpointStore(Path.of("unused"), "none");
  private Manifest written = new SampleCheckpoint(7, 2).manifest(List.of());

  /** Another checkpoint of the same name, which differs in what it holds. */
  @BeforeEach
  void writeTwoDirectories() throws IOException {
    ours = Files.createDirectory(root.resolve("ours"));
    theirs = Files.createDirectory(root.resolve("theirs"));
    store = new CheckpointStore(ours, SampleCheckpoint.JOB);
    store.markStarted(1);
    written = new SampleCheckpoint(7, 2).publish(store);
    CheckpointStore others = new CheckpointStore(theirs, SampleCheckpoint.JOB);
    others.markStarted(1);
    SampleCheckpoint other = new SampleCheckpoint(7, 2);
    List<StateFile> files = other.begin(others);
    others.publish(other.manifest(files.subList(0, 1)));
  }

  private static Path folder(Path directory) {
    return directory.resolve("checkpoints").resolve("7-2");
  }

  /** Puts a link in the place of a file or folder and takes it away again, until it is closed. */
  private static final class Swapper implements AutoCloseable {

    private final AtomicBoolean isClosing = new AtomicBoolean();
    private final Path path;
    private final Path behind;
    private final Path link;
    private final Path kept;
    private final AtomicInteger swaps = new AtomicInteger();
    private final AtomicReference<IOException> failed = new AtomicReference<>();
    private final Thread thread = new Thread(this::swap);

    Swapper(Path path, Path behind, Path aside) {
      this.path = path;
      this.behind = behind;
      this.link = aside.resolve("link");
      this.kept = aside.resolve("kept");
      thread.start();
    }

    private void swap() {
      try {
        while (!isClosing.get()) {
          Files.createSymbolicLink(link, behind);
          Files.move(path, kept, StandardCopyOption.ATOMIC_MOVE);
          Files.move(link, path, StandardCopyOption.ATOMIC_MOVE);
          swaps.incrementAndGet();
          Files.deleteIfExists(path);
          Files.move(kept, path, StandardCopyOption.ATOMIC_MOVE);
        }
      } catch (NoSuchFileException deleted) {
        isClosing.set(true);
      } catch (IOException failure) {
        failed.set(failure);
      }
    }

    void awaitSwap() {
      while (swaps.get() == 0 && thread.isAlive()) {
        LockSupport.parkNanos(1_000);
      }
    }

    @Override
    public void close() throws InterruptedException, IOException {
      isClosing.set(true);
      thread.join();
      Files.deleteIfExists(link);
      if (failed.get() != null) {
        throw failed.get();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "checkpoints",
        "checkpoints/7-2",
        "checkpoints/7-2/manifest.avro",
        "checkpoints/7-2/bills-open-0.state.avro"
      })
  void whatIsReadIsOursOrRefused(String swapped) throws Exception {
    try (Swapper swapper = new Swapper(ours.resolve(swapped), theirs.resolve(swapped), root)) {
      for (int round = 0; round < ROUNDS; round++) {
        isRead();
      }
    }
    assertThat(isRead()).isTrue();
  }

  /** Whether the checkpoint was read; otherwise it was refused. */
  private boolean isRead() {
    try {
      for (Facts.Found found : store.inspect(Optional.empty()).found()) {
        if (found instanceof Facts.Intact intact) {
          assertThat(ManifestBytes.payload(intact.manifest()))
              .isEqualTo(ManifestBytes.payload(written));
          return true;
        }
      }
    } catch (HeadraceException refused) {
      assertThat(refused.code()).isIn(ErrorCode.CHECKPOINT_DAMAGED, ErrorCode.DIRECTORY_UNUSABLE);
    } catch (IOException ofALink) { // It was gone again when it was looked for.
      assertThat(ofALink).hasMessageMatching("(?s).*(symbolic link|" + root + "|7-2).*");
    }
    return false;
  }

  @Test
  void nothingIsDeletedBehindALink() throws Exception {
    CheckpointId begun = new CheckpointId(8);
    Path folder = ours.resolve("checkpoints").resolve("8-2");
    int swaps = 0;
    int deleted = 0;
    for (int round = 0; round < ROUNDS; round++) {
      if (!Files.exists(folder)) {
        new SampleCheckpoint(8, 2).begin(store);
      }
      try (Swapper swapper = new Swapper(folder, folder(theirs), root)) {
        swapper.awaitSwap();
        discard(begun);
        swaps += swapper.swaps.get();
      }
      deleted += Files.exists(folder) ? 0 : 1;
      try (var files = Files.list(folder(theirs))) {
        assertThat(files).hasSize(3);
      }
    }
    assertThat(swaps).isPositive();
    assertThat(deleted).isPositive();
  }

  private void discard(CheckpointId checkpoint) {
    try {
      store.discard(checkpoint, 2);
    } catch (IOException ofALink) {
      assertThat(ofALink).hasMessageMatching("(?s).*(symbolic link|" + root + "|8-2).*");
    }
  }

  /**
   * What the threads above hit now and then: the link is there when the folder has been checked.
   */
  @ParameterizedTest
  @ValueSource(strings = {"checkpoints", "checkpoints/7-2"})
  void aFolderThatBecameALinkAfterItWasCheckedIsNotEntered(String swapped) throws IOException {
    Files.move(ours.resolve(swapped), root.resolve("kept"));
    Files.createSymbolicLink(ours.resolve(swapped), theirs.resolve(swapped));
    Path manifest = folder(ours).resolve("manifest.avro");

    assertThatThrownBy(() -> Links.open(manifest).close()).isInstanceOf(FileSystemException.class);
    assertThatThrownBy(() -> Links.deleteIfExists(manifest))
        .isInstanceOf(FileSystemException.class);
    assertThat(folder(theirs).resolve("manifest.avro")).exists();
  }
}

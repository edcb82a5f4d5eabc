package io.headrace.simulation.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.simulation.disk.DiskOperation.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;

/** What a simulated disk does when a sync fails, a lock server forgets, or somebody only asks. */
class FailingDiskTest {

  private final SimulatedDisk disk = new SimulatedDisk(1);
  private final Path file = disk.root().resolve("file");

  private FileChannel open() throws IOException {
    return FileChannel.open(
        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  private static void sync(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Test
  void whatASyncFailedToKeepIsReadButNeverDurableWhateverTheNextSyncSays() throws IOException {
    boolean[] fails = {true};
    disk.listener(
        new DiskListener() {
          @Override
          public void before(DiskOperation operation) throws IOException {
            if (fails[0] && operation.kind() == Kind.FORCE) {
              throw new IOException("Input/output error");
            }
          }
        });
    try (FileChannel channel = open()) {
      channel.write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
      assertThatThrownBy(() -> channel.force(true)).isInstanceOf(IOException.class);
      fails[0] = false;
      channel.force(true);
    }
    sync(disk.root());

    assertThat(Files.readAllBytes(file)).containsExactly(1, 2, 3);
    assertThat(disk.durableView().get("/file")).isEmpty();
    disk.crash();
    assertThat(Files.size(file)).isZero();
  }

  @Test
  void aForgottenLockKeepsNobodyOutAndLooksValidToItsHolder() throws IOException {
    try (FileChannel holder = open();
        FileChannel other = open()) {
      FileLock lock = holder.tryLock();
      assertThatThrownBy(other::tryLock).isInstanceOf(OverlappingFileLockException.class);

      disk.forgetLocks();

      assertThat(other.tryLock().isValid()).isTrue();
      assertThat(lock.isValid()).isTrue();
    }
  }

  @Test
  void aDurableCopyHasWhatIsSyncedAndNothingElseAndTheDiskGoesOn() throws IOException {
    try (FileChannel channel = open()) {
      channel.write(ByteBuffer.wrap(new byte[] {1}));
      channel.force(true);
      sync(disk.root());
      channel.write(ByteBuffer.wrap(new byte[] {2}));
    }
    Files.createFile(disk.root().resolve("unsynced"));

    SimulatedDisk copy = disk.durableCopy();

    assertThat(Files.readAllBytes(copy.root().resolve("file"))).containsExactly(1);
    assertThat(copy.root().resolve("unsynced")).doesNotExist();
    assertThat(Files.readAllBytes(file)).containsExactly(1, 2);
    assertThat(disk.root().resolve("unsynced")).exists();
  }

  @Test
  void theListenerBeforeIsGivenBack() {
    DiskListener first = new DiskListener() {};
    disk.listener(first);

    assertThat(disk.listener(new DiskListener() {})).isSameAs(first);
  }
}

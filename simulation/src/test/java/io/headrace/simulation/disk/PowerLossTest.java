package io.headrace.simulation.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a loss of power keeps, and what it takes. */
@Tag("FAULT-28")
class PowerLossTest {

  private static final long SEEDS = 300;

  private static byte[] bytes(long seed, int length) {
    byte[] bytes = new byte[length];
    new SplittableRandom(seed).nextBytes(bytes);
    return bytes;
  }

  private static void write(Path file, byte[] bytes, boolean force) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(bytes));
      if (force) {
        channel.force(true);
      }
    }
  }

  private static void force(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static boolean holds(Path file, byte[] wanted) throws IOException {
    return Files.exists(file) && Arrays.equals(Files.readAllBytes(file), wanted);
  }

  private static long count(LongPredicate predicate) {
    return LongStream.range(0, 20).filter(predicate).count();
  }

  /** Whether a file is there and whole after a crash. */
  private static boolean survives(long seed, boolean forcesFile, boolean forcesDirectory) {
    try {
      SimulatedDisk disk = new SimulatedDisk(seed);
      Path file = disk.root().resolve("file");
      write(file, bytes(seed, 2000), forcesFile);
      if (forcesDirectory) {
        force(disk.root());
      }
      disk.crash();
      return holds(file, bytes(seed, 2000));
    } catch (IOException e) {
      throw new AssertionError("seed " + seed, e);
    }
  }

  @Test
  void aSyncedFileInASyncedDirectorySurvives() {
    for (long seed = 0; seed < SEEDS; seed++) {
      assertThat(survives(seed, true, true)).as("seed %d", seed).isTrue();
    }
  }

  @Test
  void whatLacksASyncIsUsuallyLostAndSometimesKept() {
    assertThat(count(seed -> survives(seed, false, true))).isBetween(1L, 14L);
    assertThat(count(seed -> survives(seed, true, false))).isBetween(1L, 14L);
    assertThat(count(seed -> survives(seed, false, false))).isBetween(1L, 12L);
  }

  @Test
  void aFileInADirectoryWhoseOwnNameIsNotSyncedMayBeLost() {
    long lost =
        count(
            seed -> {
              try {
                SimulatedDisk disk = new SimulatedDisk(seed);
                Path directory = Files.createDirectory(disk.root().resolve("directory"));
                write(directory.resolve("file"), bytes(seed, 10), true);
                force(directory);
                disk.crash();
                return !Files.exists(directory);
              } catch (IOException e) {
                throw new AssertionError("seed " + seed, e);
              }
            });

    assertThat(lost).isBetween(6L, 19L);
  }

  @Test
  void anUnsyncedWriteIsKeptDroppedTornAtASectorOrAHole() throws IOException {
    boolean[] seen = new boolean[4];
    byte[] wanted = bytes(1, 2000);
    for (long seed = 0; seed < SEEDS; seed++) {
      SimulatedDisk disk = new SimulatedDisk(seed);
      Path file = disk.root().resolve("file");
      write(file, new byte[0], true);
      force(disk.root());
      write(file, wanted, false);

      disk.crash();

      byte[] kept = Files.readAllBytes(file);
      int same = Math.max(0, Arrays.mismatch(kept, wanted));
      if (Arrays.equals(kept, wanted)) {
        seen[0] = true;
      } else if (kept.length == 0) {
        seen[1] = true;
      } else if (same == kept.length) {
        seen[2] = true;
        assertThat(same % 512).as("seed %d", seed).isZero();
      } else {
        seen[3] = true;
        int from = firstNotZero(kept) / 512 * 512;
        assertThat(Arrays.copyOfRange(kept, from, kept.length))
            .as("seed %d", seed)
            .isEqualTo(
                firstNotZero(kept) == kept.length
                    ? new byte[kept.length - from]
                    : Arrays.copyOfRange(wanted, from, wanted.length));
      }
    }

    assertThat(seen).containsOnly(true);
  }

  private static int firstNotZero(byte[] bytes) {
    int index = 0;
    while (index < bytes.length && bytes[index] == 0) {
      index++;
    }
    return index;
  }

  @Test
  void anUnsyncedDeletionMayComeBack() {
    long back =
        count(
            seed -> {
              try {
                SimulatedDisk disk = new SimulatedDisk(seed);
                Path file = disk.root().resolve("file");
                write(file, bytes(seed, 10), true);
                force(disk.root());
                Files.delete(file);
                disk.crash();
                return holds(file, bytes(seed, 10));
              } catch (IOException e) {
                throw new AssertionError("seed " + seed, e);
              }
            });

    assertThat(back).isBetween(6L, 19L);
  }

  @Test
  void anAtomicReplacementShowsTheOldOrTheNewContent() throws IOException {
    int old = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      SimulatedDisk disk = new SimulatedDisk(seed);
      Path file = disk.root().resolve("file");
      write(file, bytes(1, 700), true);
      force(disk.root());
      write(disk.root().resolve("temporary"), bytes(2, 900), true);
      Files.move(disk.root().resolve("temporary"), file, StandardCopyOption.ATOMIC_MOVE);

      disk.crash();

      old += holds(file, bytes(1, 700)) ? 1 : 0;
      assertThat(holds(file, bytes(1, 700)) || holds(file, bytes(2, 900)))
          .as("seed %d", seed)
          .isTrue();
    }
    assertThat(old).isBetween(100, 280);
  }

  @Test
  void aDurableFileIsNeverLostHoweverOftenItIsRenamed() throws IOException {
    for (long seed = 0; seed < SEEDS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      SimulatedDisk disk = new SimulatedDisk(seed);
      Path at = disk.root().resolve("file");
      byte[] wanted = bytes(seed, 40);
      write(at, wanted, true);
      force(disk.root());
      int steps = random.nextInt(1, 12);
      for (int step = 0; step < steps; step++) {
        at = wander(disk, random, at);
      }

      disk.crash();

      assertThat(count(disk, wanted)).as("seed %d", seed).isEqualTo(1);
    }
  }

  @Test
  void aDirectoryThatReplacesAnotherDoesNotTakeWhatWasMovedOut() throws IOException {
    for (long seed = 0; seed < SEEDS; seed++) {
      SimulatedDisk disk = new SimulatedDisk(seed);
      Path old = Files.createDirectory(disk.root().resolve("old"));
      Path other = Files.createDirectory(disk.root().resolve("other"));
      Path next = Files.createDirectory(disk.root().resolve("next"));
      byte[] wanted = bytes(seed, 40);
      write(old.resolve("file"), wanted, true);
      force(disk.root());
      force(old);
      Files.move(old.resolve("file"), other.resolve("file"), StandardCopyOption.ATOMIC_MOVE);
      Files.move(next, old, StandardCopyOption.ATOMIC_MOVE);

      disk.crash();

      assertThat(count(disk, wanted)).as("seed %d", seed).isEqualTo(1);
    }
  }

  /** Renames the file, perhaps into another directory, and disturbs what is around. */
  private static Path wander(SimulatedDisk disk, SplittableRandom random, Path at)
      throws IOException {
    Path before = Objects.requireNonNull(at.getParent());
    Path directory = disk.root();
    for (int depth = random.nextInt(3); depth > 0; depth--) {
      directory = directory.resolve("directory" + random.nextInt(2));
    }
    Files.createDirectories(directory);
    Path target = directory.resolve("name" + random.nextInt(2));
    Files.move(at, target, StandardCopyOption.ATOMIC_MOVE);
    if (at.equals(target)) {
      return at;
    }
    switch (random.nextInt(5)) {
      case 0 -> write(at, bytes(random.nextLong(), 30), random.nextBoolean());
      case 1 -> force(random.nextBoolean() ? directory : before);
      default -> deleteIfEmpty(disk, before);
    }
    return target;
  }

  private static void deleteIfEmpty(SimulatedDisk disk, Path directory) throws IOException {
    try (var entries = Files.newDirectoryStream(directory)) {
      if (!entries.iterator().hasNext() && !directory.equals(disk.root())) {
        Files.delete(directory);
      }
    }
  }

  private static long count(SimulatedDisk disk, byte[] wanted) throws IOException {
    try (var paths = Files.walk(disk.root())) {
      long found = 0;
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        found += holds(path, wanted) ? 1 : 0;
      }
      return found;
    }
  }

  @Test
  void theDurableViewIsWhatASecondCrashCannotChange() throws IOException {
    for (long seed = 0; seed < SEEDS; seed++) {
      SimulatedDisk disk = new SimulatedDisk(seed);
      SplittableRandom random = new SplittableRandom(seed);
      Path at = disk.root().resolve("file");
      write(at, bytes(seed, 600), random.nextBoolean());
      for (int step = 0; step < 6; step++) {
        at = wander(disk, random, at);
      }
      disk.crash();
      var before = disk.durableView();

      disk.crash();

      assertThat(disk.durableView().keySet()).as("seed %d", seed).isEqualTo(before.keySet());
      for (String name : before.keySet()) {
        assertThat(holds(disk.root().resolve(name), before.get(name))).as("seed %d", seed).isTrue();
      }
    }
  }

  @Test
  void aCrashKillsChannelsAndLocks() throws IOException {
    SimulatedDisk disk = new SimulatedDisk(1);
    Path file = disk.root().resolve("LOCK");
    write(file, new byte[] {1}, true);
    force(disk.root());
    FileChannel old = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    var lock = old.tryLock();

    disk.crash();

    assertThat(lock.isValid()).isFalse();
    assertThatThrownBy(() -> old.write(ByteBuffer.allocate(1)))
        .isInstanceOf(FileSystemException.class);
    assertThatThrownBy(() -> old.read(ByteBuffer.allocate(1)))
        .isInstanceOf(FileSystemException.class);
    assertThatThrownBy(() -> old.force(true)).isInstanceOf(FileSystemException.class);
    try (FileChannel next = FileChannel.open(file, StandardOpenOption.WRITE)) {
      assertThat(next.tryLock().isValid()).isTrue();
    }
  }

  @Test
  void aKilledProcessLosesNothingButAnythingUnsyncedIsStillNotDurable() throws IOException {
    SimulatedDisk disk = new SimulatedDisk(1);
    Path file = disk.root().resolve("file");
    disk.losesNothing(true);
    write(file, bytes(1, 100), false);

    disk.crash();

    assertThat(holds(file, bytes(1, 100))).isTrue();
    assertThat(disk.durableView()).isEmpty();
  }
}

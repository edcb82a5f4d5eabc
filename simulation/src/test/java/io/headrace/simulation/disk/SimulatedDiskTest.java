package io.headrace.simulation.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.simulation.disk.DiskOperation.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulatedDiskTest {

  /** The simulator cut the run here. */
  private static final class Cut extends Error {
    private static final long serialVersionUID = 1;
  }

  private static void replace(Path directory, String name, String content) throws IOException {
    Path temporary = directory.resolve(name + ".tmp");
    try (FileChannel channel =
        FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)));
      channel.force(true);
    }
    Files.move(temporary, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static SimulatedDisk run(long seed) throws IOException {
    SimulatedDisk disk = new SimulatedDisk(seed);
    for (int i = 0; i < 20; i++) {
      replace(disk.root(), "file" + i % 3, "content " + i);
      Files.writeString(disk.root().resolve("loose" + i), "x".repeat(1000));
      if (i % 5 == 4) {
        disk.crash();
      }
    }
    return disk;
  }

  private static String view(SimulatedDisk disk) {
    StringBuilder text = new StringBuilder();
    disk.durableView()
        .forEach(
            (name, bytes) ->
                text.append(name)
                    .append('=')
                    .append(new String(bytes, StandardCharsets.ISO_8859_1))
                    .append('\n'));
    return text.toString();
  }

  @Test
  void theListenerSeesEveryOperationInOrder() throws IOException {
    SimulatedDisk disk = new SimulatedDisk(1);
    List<String> seen = new ArrayList<>();
    disk.listener(
        new DiskListener() {
          @Override
          public void before(DiskOperation op) {
            seen.add(op.index() + " " + op.kind() + " " + op.path() + " " + op.bytes());
          }

          @Override
          public void after(DiskOperation op) {
            seen.add("done");
          }
        });

    replace(Files.createDirectory(disk.root().resolve("d")), "f", "four");
    Files.delete(disk.root().resolve("d").resolve("f"));

    assertThat(seen)
        .containsExactly(
            "0 MAKE_DIRECTORY /d 0", "done",
            "1 CREATE /d/f.tmp 0", "done",
            "2 WRITE /d/f.tmp 4", "done",
            "3 FORCE /d/f.tmp 0", "done",
            "4 RENAME /d/f 0", "done",
            "5 FORCE_DIRECTORY /d 0", "done",
            "6 DELETE /d/f 0", "done");
    assertThat(disk.operations()).isEqualTo(7);
  }

  @Test
  void anOperationThatTheListenerRefusesDoesNotHappen() throws IOException {
    SimulatedDisk disk = new SimulatedDisk(1);
    Path file = disk.root().resolve("file");
    Files.writeString(file, "before");
    for (Kind kind : List.of(Kind.CREATE, Kind.MAKE_DIRECTORY, Kind.DELETE, Kind.WRITE)) {
      disk.listener(
          new DiskListener() {
            @Override
            public void before(DiskOperation op) throws IOException {
              if (op.kind() == kind) {
                throw new IOException("No space left on device");
              }
            }
          });

      assertThatThrownBy(() -> use(disk, kind)).as("%s", kind).hasMessageContaining("No space");
    }
    disk.listener(new DiskListener() {});

    assertThat(Files.readString(file)).isEqualTo("before");
    assertThat(Files.exists(disk.root().resolve("other"))).isFalse();
  }

  private static void use(SimulatedDisk disk, Kind kind) throws IOException {
    switch (kind) {
      case CREATE -> Files.createFile(disk.root().resolve("other"));
      case MAKE_DIRECTORY -> Files.createDirectory(disk.root().resolve("other"));
      case DELETE -> Files.delete(disk.root().resolve("file"));
      default -> Files.writeString(disk.root().resolve("file"), "after");
    }
  }

  @Test
  void anErrorAfterAnOperationLeavesItDone() throws IOException {
    SimulatedDisk disk = new SimulatedDisk(1);
    disk.listener(
        new DiskListener() {
          @Override
          public void after(DiskOperation op) {
            throw new Cut();
          }
        });

    assertThatThrownBy(() -> Files.createDirectory(disk.root().resolve("d")))
        .isInstanceOf(Cut.class);

    assertThat(Files.isDirectory(disk.root().resolve("d"))).isTrue();
  }

  @Test
  void aTornWriteReachesTheDiskInPart() throws IOException {
    SimulatedDisk disk = new SimulatedDisk(1);
    Path file = disk.root().resolve("file");
    disk.listener(
        new DiskListener() {
          @Override
          public void before(DiskOperation op) {
            if (op.kind() == Kind.WRITE) {
              disk.tearNext();
            }
          }

          @Override
          public void after(DiskOperation op) {
            if (op.kind() == Kind.WRITE) {
              throw new Cut();
            }
          }
        });

    assertThatThrownBy(() -> Files.writeString(file, "x".repeat(5000))).isInstanceOf(Cut.class);

    assertThat(Files.size(file)).isBetween(1L, 4999L);
  }

  @Test
  void theSameSeedGivesTheSameDiskAndTrace() throws IOException {
    for (long seed = 0; seed < 50; seed++) {
      assertThat(view(run(seed))).as("seed %d", seed).isEqualTo(view(run(seed)));
      assertThat(run(seed).traceHash()).as("seed %d", seed).isEqualTo(run(seed).traceHash());
    }
    assertThat(view(run(1))).isNotEqualTo(view(run(2)));
  }

  @Test
  void anotherOperationGivesAnotherTrace() throws IOException {
    SimulatedDisk one = new SimulatedDisk(1);
    SimulatedDisk other = new SimulatedDisk(1);

    Files.writeString(one.root().resolve("a"), "12");
    Files.writeString(other.root().resolve("a"), "123");

    assertThat(one.traceHash()).isNotEqualTo(other.traceHash());
  }

  @Test
  void aForkCrashesAsItsOriginalWouldAndLeavesItAlone() throws IOException {
    for (long seed = 0; seed < 50; seed++) {
      SimulatedDisk disk = run(seed);
      Files.writeString(disk.root().resolve("unsynced"), "y".repeat(3000));
      SimulatedDisk fork = disk.fork();
      String before = view(disk);

      fork.crash();

      assertThat(view(disk)).as("seed %d", seed).isEqualTo(before);
      assertThat(Files.size(disk.root().resolve("unsynced"))).isEqualTo(3000);
      disk.crash();
      assertThat(view(fork)).as("seed %d", seed).isEqualTo(view(disk));
    }
  }

  @Test
  void corruptionIsDurable() throws IOException {
    SimulatedDisk disk = new SimulatedDisk(1);
    replace(disk.root(), "flipped", "aaaa");
    replace(disk.root(), "cut", "aaaa");
    replace(disk.root(), "gone", "aaaa");

    disk.flip(disk.root().resolve("flipped"), 2, 3);
    disk.truncate(disk.root().resolve("cut"), 1);
    disk.delete(disk.root().resolve("gone"));

    assertThat(Files.readString(disk.root().resolve("flipped"))).isEqualTo("aaba");
    assertThat(view(disk)).isEqualTo("/cut=a\n/flipped=aaba\n");
  }

  @Test
  void aFileThatIsRemovedWhileItsNewNameIsNotSyncedDoesNotComeBack() throws IOException {
    for (long seed = 0; seed < 20; seed++) {
      SimulatedDisk disk = new SimulatedDisk(seed);
      replace(disk.root(), "old", "content");
      Path file = Files.move(disk.root().resolve("old"), disk.root().resolve("new"));

      disk.delete(file);
      disk.crash();

      assertThat(view(disk)).as("seed %d", seed).isEmpty();
    }
  }

  @Test
  void corruptionOfWhatIsNotThereIsRefused() throws IOException {
    SimulatedDisk disk = new SimulatedDisk(1);
    Path file = Files.writeString(disk.root().resolve("file"), "four");

    assertThatThrownBy(() -> disk.flip(file, 4, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> disk.truncate(file, 5)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> disk.delete(disk.root().resolve("none")))
        .isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void aDirectoryIsListedByName() throws IOException {
    SimulatedDisk disk = new SimulatedDisk(1);
    for (String name : List.of("c", "a", "b")) {
      Files.createFile(disk.root().resolve(name));
    }

    List<String> names = new ArrayList<>();
    try (var entries = Files.newDirectoryStream(disk.root())) {
      entries.forEach(entry -> names.add(entry.toString()));
    }

    assertThat(names).containsExactly("/a", "/b", "/c");
    assertThat(Files.getLastModifiedTime(disk.root()).toMillis()).isZero();
  }
}

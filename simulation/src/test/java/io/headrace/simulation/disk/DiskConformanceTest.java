package io.headrace.simulation.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.CopyOption;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The simulated disk answers as the file system of the machine does. */
class DiskConformanceTest {

  private static final List<String> NAMES =
      List.of("a", "b", "c", "d/a", "d/b", "e/a", "d", "e", "d/f", "d/f/a");

  @ParameterizedTest
  @ValueSource(longs = {102, 137, 149, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
  void theSameOperationsGiveTheSameAnswersAsARealDisk(long seed, @TempDir Path real)
      throws IOException {
    Path simulated = Files.createDirectory(new SimulatedDisk(seed).root().resolve("disk"));
    try (Driver expected = new Driver(real);
        Driver actual = new Driver(simulated)) {
      for (int step = 0; step < 1500; step++) {
        long choice = new SplittableRandom(seed * 100_000 + step).nextLong();

        String wanted = expected.step(new SplittableRandom(choice));
        String got = actual.step(new SplittableRandom(choice));

        assertThat(got).as("seed %d step %d: %s", seed, step, wanted).isEqualTo(wanted);
      }
      assertThat(actual.tree()).as("seed %d", seed).isEqualTo(expected.tree());
    }
  }

  @Test
  void pathsAnswerAsThoseOfARealFileSystemDo() {
    Path simulated = new SimulatedDisk(1).root();
    List<String> texts =
        List.of("/", "/a", "/a/b", "/a/../b", "a", "a/b", "..", "../a", "", "/a/b/c/", "a//b");
    for (String one : texts) {
      assertThat(describe(simulated.getFileSystem().getPath(one)))
          .isEqualTo(describe(Path.of(one)));
      for (String other : texts) {
        assertThat(relate(simulated.getFileSystem().getPath(one), other))
            .as("%s and %s", one, other)
            .isEqualTo(relate(Path.of(one), other));
      }
    }
  }

  private static List<String> describe(Path path) {
    List<String> parts = new ArrayList<>();
    path.forEach(name -> parts.add(name.toString()));
    return List.of(
        path.toString(),
        String.valueOf(path.getParent()),
        String.valueOf(path.getFileName()),
        String.valueOf(path.getRoot()),
        path.normalize().toString(),
        path.isAbsolute() + " " + path.getNameCount() + " " + parts);
  }

  private static List<String> relate(Path one, String text) {
    Path other = one.getFileSystem().getPath(text);
    boolean relates = one.isAbsolute() == other.isAbsolute() && !(one + text).contains("..");
    return List.of(
        one.resolve(other).toString(),
        one.resolveSibling(other).toString(),
        relates ? one.relativize(other).toString() : "",
        one.startsWith(other) + " " + one.endsWith(other) + " " + one.equals(other),
        Integer.toString(Integer.signum(one.compareTo(other))));
  }

  /** Does random operations below one directory, and says what came of them. */
  private static final class Driver implements AutoCloseable {

    private final Path root;
    private final Map<Integer, FileChannel> channels = new HashMap<>();

    Driver(Path root) {
      this.root = root;
    }

    /** One operation; the same random numbers give the same operation. */
    String step(SplittableRandom random) {
      Path path = root.resolve(NAMES.get(random.nextInt(NAMES.size())));
      int kind = random.nextInt(20);
      String what = kind + " " + root.relativize(path) + " ";
      try {
        return what + (kind < 10 ? names(kind, path, random) : content(kind, random, path));
      } catch (IOException | RuntimeException e) {
        return what + named(e);
      }
    }

    /**
     * JDKs differ in what they call a path below a file: one that is not there, or no directory.
     */
    private static String named(Exception e) {
      return (e instanceof NoSuchFileException ? FileSystemException.class : e.getClass())
          .getName();
    }

    private String names(int kind, Path path, SplittableRandom random) throws IOException {
      Path other = root.resolve(NAMES.get(random.nextInt(NAMES.size())));
      return switch (kind) {
        case 0 -> Files.createDirectory(path).getFileName().toString();
        case 1 -> Files.createDirectories(path).getFileName().toString();
        case 2 -> Boolean.toString(Files.deleteIfExists(path));
        case 3, 4 -> {
          Files.move(path, other, copyOptions(random));
          yield other.getFileName().toString();
        }
        case 5 -> list(path);
        case 6 -> Files.exists(path) + " " + Files.isDirectory(path) + Files.isRegularFile(path);
        case 7 -> Files.isDirectory(path) ? "directory" : Long.toString(Files.size(path));
        case 8 -> {
          Files.delete(path);
          yield "deleted";
        }
        default -> Boolean.toString(Files.isSameFile(path, other));
      };
    }

    private static CopyOption[] copyOptions(SplittableRandom random) {
      return switch (random.nextInt(3)) {
        case 0 -> new CopyOption[] {StandardCopyOption.ATOMIC_MOVE};
        case 1 -> new CopyOption[] {StandardCopyOption.REPLACE_EXISTING};
        default -> new CopyOption[0];
      };
    }

    private static String list(Path path) throws IOException {
      try (Stream<Path> entries = Files.list(path)) {
        return entries.map(entry -> entry.getFileName().toString()).sorted().toList().toString();
      }
    }

    private String content(int kind, SplittableRandom random, Path path) throws IOException {
      int slot = random.nextInt(4);
      if (kind < 12) {
        FileChannel opened = FileChannel.open(path, openOptions(random));
        close(slot);
        channels.put(slot, opened);
        return "open";
      }
      if (kind == 12) {
        return new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1);
      }
      if (kind == 13) {
        Files.writeString(path, "text" + random.nextInt(100));
        return "written";
      }
      FileChannel channel = channels.get(slot);
      return channel == null ? "none" : use(kind, channel, random);
    }

    private static Set<OpenOption> openOptions(SplittableRandom random) {
      Set<OpenOption> options = new HashSet<>();
      for (StandardOpenOption option :
          List.of(
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.CREATE,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE)) {
        if (random.nextInt(2) == 0) {
          options.add(option);
        }
      }
      switch (random.nextInt(8)) {
        case 0 -> options.add(StandardOpenOption.APPEND);
        case 1 -> options.add(StandardOpenOption.CREATE_NEW);
        case 2 -> options.add(StandardOpenOption.TRUNCATE_EXISTING);
        default -> {}
      }
      return options;
    }

    private static String use(int kind, FileChannel channel, SplittableRandom random)
        throws IOException {
      int number = random.nextInt(-1, 1500);
      byte[] bytes = new byte[random.nextInt(900)];
      random.nextBytes(bytes);
      return switch (kind) {
        case 14 -> channel.write(ByteBuffer.wrap(bytes)) + " at " + channel.position();
        case 15 -> channel.write(ByteBuffer.wrap(bytes), number) + " of " + channel.size();
        case 16 -> read(channel, ByteBuffer.wrap(bytes)) + " at " + channel.position();
        case 17 -> {
          int read = channel.read(ByteBuffer.wrap(bytes), number);
          yield read + " " + Arrays.hashCode(bytes);
        }
        case 18 -> {
          channel.force(random.nextBoolean());
          yield "forced";
        }
        default ->
            random.nextBoolean()
                ? channel.truncate(number).position() + " of " + channel.size()
                : Long.toString(channel.position(number).position());
      };
    }

    private static String read(FileChannel channel, ByteBuffer buffer) throws IOException {
      int read = channel.read(buffer);
      return read + " " + buffer.rewind().hashCode();
    }

    /** Every path below the root with its content. */
    Map<String, String> tree() throws IOException {
      Map<String, String> found = new HashMap<>();
      try (Stream<Path> paths = Files.walk(root)) {
        for (Path path : paths.toList()) {
          found.put(
              root.relativize(path).toString(),
              Files.isDirectory(path)
                  ? "directory"
                  : new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1));
        }
      }
      return found;
    }

    private void close(int slot) throws IOException {
      FileChannel channel = channels.remove(slot);
      if (channel != null) {
        channel.close();
      }
    }

    @Override
    public void close() throws IOException {
      for (int slot = 0; slot < 4; slot++) {
        close(slot);
      }
    }
  }

  @Test
  void aLockOnAFileExcludesAnotherUntilItsChannelCloses(@TempDir Path real) throws IOException {
    Path simulated = new SimulatedDisk(1).root();
    for (Path directory : List.of(real, simulated)) {
      Path file = directory.resolve("LOCK");
      Set<OpenOption> options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try (FileChannel second = FileChannel.open(file, options)) {
        try (FileChannel first = FileChannel.open(file, options)) {
          assertThat(first.tryLock().isValid()).isTrue();
          assertThatThrownBy(second::tryLock).isInstanceOf(OverlappingFileLockException.class);
        }
        assertThat(second.tryLock().isValid()).isTrue();
      }
    }
  }
}

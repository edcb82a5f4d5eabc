package io.headrace.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.checkpoint.SampleCheckpoint.Entry;
import io.headrace.codec.HashRange;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class StateFileTest {

  private static final int MUTATIONS = 5_000;

  /** Blocks end with the entry that makes them 64 KiB long, so that this is four and a bit. */
  private static final int MANY = 30_000;

  private static final StateFileId ID = new SampleCheckpoint(41, 3).fileId(1);
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @TempDir Path folder;

  private StateFile write(List<Entry> entries) throws IOException {
    try (StateFileWriter writer = new StateFileWriter(folder, ID)) {
      return SampleCheckpoint.write(writer, entries);
    }
  }

  /** Many entries; the hashes of a quarter of them lie in each quarter of all hashes. */
  private StateFile writeMany() throws IOException {
    try (StateFileWriter writer = new StateFileWriter(folder, ID)) {
      for (int i = 0; i < MANY; i++) {
        SampleCheckpoint.ENTRIES.encode(new Entry(i, "value " + i), writer.entry(hash(i)));
      }
      return writer.finish();
    }
  }

  private static long hash(int i) {
    return Long.divideUnsigned(-1, MANY) * i;
  }

  private Path path() {
    return folder.resolve(ID.fileName());
  }

  private List<Entry> read(StateFile file, HashRange range) throws IOException {
    return read(file, ID, range);
  }

  private List<Entry> read(StateFile file, StateFileId id, HashRange range) throws IOException {
    List<Entry> entries = new ArrayList<>();
    new StateFileReader(folder, id, file)
        .read(
            range,
            (block, count) -> {
              for (int i = 0; i < count; i++) {
                entries.add(SampleCheckpoint.ENTRIES.decode(block));
              }
              assertThat(block.remaining()).isZero();
            });
    return entries;
  }

  private void assertDamaged(ThrowingCallable call, String... words) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            HeadraceException.class,
            damage -> {
              assertThat(damage.code()).isEqualTo(ErrorCode.CHECKPOINT_DAMAGED);
              assertThat(damage)
                  .hasMessageStartingWith("File " + path() + " is damaged: ")
                  .hasMessageContainingAll(words);
            });
  }

  // What is written is read

  @Test
  void whatIsWrittenIsRead() throws IOException {
    List<Entry> entries = SampleCheckpoint.entries(1);

    StateFile file = write(entries);

    assertThat(file.name()).isEqualTo("bills-open-1.state.avro");
    assertThat(file.task()).isEqualTo(1);
    assertThat(file.entries()).isEqualTo(3);
    assertThat(file.length()).isEqualTo(Files.size(path()));
    assertThat(read(file, HashRange.ALL)).isEqualTo(entries);
  }

  @Test
  void aStateWithoutEntriesHasAFileToo() throws IOException {
    StateFile file = write(List.of());

    assertThat(file.blocks()).isEmpty();
    assertThat(file.length()).isEqualTo(Files.size(path())).isPositive();
    assertThat(read(file, HashRange.ALL)).isEmpty();
  }

  @Test
  void manyEntriesAreManyBlocksInTheirOrder() throws IOException {
    StateFile file = writeMany();

    assertThat(file.blocks()).hasSizeGreaterThan(4);
    assertThat(file.entries()).isEqualTo(MANY);
    assertThat(file.blocks()).allMatch(block -> block.length() < (1 << 16) + 4096);
    List<Entry> entries = read(file, HashRange.ALL);
    assertThat(entries).hasSize(MANY).isSortedAccordingTo(Comparator.comparing(Entry::key));
  }

  @Test
  void onlyBlocksThatMayHoldKeysOfARangeAreRead() throws IOException {
    StateFile file = writeMany();
    HashRange quarter = HashRange.ofTask(2, 4);

    List<Long> keys = read(file, quarter).stream().map(Entry::key).toList();

    List<Long> wanted = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      if (quarter.contains(hash(i))) {
        wanted.add((long) i);
      }
    }
    assertThat(keys).containsAll(wanted).hasSizeLessThan(MANY / 4 + 2 * (MANY / 5));
  }

  @Test
  void hashesAreUnsignedAndInAnyOrder() throws IOException {
    try (StateFileWriter writer = new StateFileWriter(folder, ID)) {
      for (long hash : new long[] {5, -1, 0, Long.MIN_VALUE}) {
        SampleCheckpoint.ENTRIES.encode(new Entry(hash, ""), writer.entry(hash));
      }
      StateFile.Block block = writer.finish().blocks().get(0);

      assertThat(block.range()).isEqualTo(HashRange.ALL);
      assertThat(block.entries()).isEqualTo(4);
    }
  }

  @Test
  void aFileIsNeverWrittenTwice() throws IOException {
    write(List.of());

    assertThatThrownBy(() -> write(List.of())).isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void avroReadsItToo() throws IOException {
    writeMany();
    int count = 0;
    try (DataFileReader<GenericRecord> reader =
        new DataFileReader<>(path().toFile(), new GenericDatumReader<>())) {
      assertThat(reader.getMetaString("headrace.job")).isEqualTo("orders");
      assertThat(reader.getMetaString("headrace.checkpoint")).isEqualTo("41");
      assertThat(reader.getMetaString("headrace.attempt")).isEqualTo("3");
      assertThat(reader.getMetaString("headrace.operator")).isEqualTo("bills");
      assertThat(reader.getMetaString("headrace.state")).isEqualTo("open");
      assertThat(reader.getMetaString("headrace.task")).isEqualTo("1");
      for (GenericRecord record : reader) {
        assertThat(record.get("key")).isEqualTo((long) count);
        assertThat(record.get("value")).hasToString("value " + count);
        count++;
      }
    }
    assertThat(count).isEqualTo(MANY);
  }

  // The format as it is on disk: what these say may never change

  @Test
  void theBytesOfAStateFileAreThese() throws IOException {
    StateFile file = write(SampleCheckpoint.entries(1));

    byte[] bytes = Files.readAllBytes(path());

    assertThat(HexFormat.of().formatHex(bytes))
        .isEqualTo(
            "4f626a0110146176726f2e636f646563086e756c6c166176726f2e736368656d61a2027b2274"
                + "797065223a227265636f7264222c226e616d65223a22696f2e68656164726163652e63686563"
                + "6b706f696e742e53616d706c65436865636b706f696e745f456e747279222c226669656c6473"
                + "223a5b7b226e616d65223a226b6579222c2274797065223a226c6f6e67227d2c7b226e616d65"
                + "223a2276616c7565222c2274797065223a22737472696e67227d5d7d2068656164726163652e"
                + "617474656d707402332668656164726163652e636865636b706f696e74043431186865616472"
                + "6163652e6a6f620c6f72646572732268656164726163652e6f70657261746f720a62696c6c73"
                + "1c68656164726163652e7374617465086f70656e1a68656164726163652e7461736b023100ad"
                + "c6330c461c8ded3864b9fbab5ca8b4061a020c6772c3bc6e310600010278adc6330c461c8ded"
                + "3864b9fbab5ca8b4");
    assertThat(file.blocks())
        .containsExactly(new StateFile.Block(321, 13, 3, 0, 0x4000_0000_0000_0000L, 0x650e4c4L));
  }

  @Test
  void theNamesOfFilesAreReadableAndDifferWhereTheirOwnersDo() {
    assertThat(FileNames.stateFile("bills", "open", 12)).isEqualTo("bills-open-12.state.avro");
    assertThat(FileNames.stateFile("a/b", "ä", 0))
        .isEqualTo("a_b_bffc59e68cae0fcf-__e28fe9e7e601eab3-0.state.avro");
    assertThat(FileNames.stateFile("a-b", "ä", 0))
        .isNotEqualTo(FileNames.stateFile("a/b", "ä", 0))
        .isNotEqualTo(FileNames.stateFile("a", "b-ä", 0));
    String longest = "x".repeat(1000);
    assertThat(FileNames.stateFile(longest, longest, Integer.MAX_VALUE))
        .isNotEqualTo(FileNames.stateFile(longest + "y", longest, Integer.MAX_VALUE))
        .matches(FileNames::isStateFile)
        .hasSizeLessThan(160);
  }

  // Damage

  @Test
  void aFileOfAnotherPlaceIsDamageEvenIfItIsAsLong() throws IOException {
    StateFile file = write(SampleCheckpoint.entries(1));
    List<StateFileId> others =
        List.of(
            new SampleCheckpoint(42, 3).fileId(1),
            new SampleCheckpoint(41, 4).fileId(1),
            new SampleCheckpoint(41, 3).fileId(2),
            new StateFileId(ID.place(), "mails", ID.state(), ID.entrySchema(), 1),
            new StateFileId(ID.place(), ID.operator(), "shut", ID.entrySchema(), 1),
            new StateFileId(ID.place(), ID.operator(), ID.state(), "\"long\"", 1),
            new StateFileId(
                new StateFileId.Place("others", ID.place().checkpoint(), 3),
                ID.operator(),
                ID.state(),
                ID.entrySchema(),
                1));
    for (StateFileId other : others) {
      assertDamaged(() -> read(file, other, HashRange.ALL), "header");
    }
  }

  @Test
  void aMissingFileIsDamage() throws IOException {
    StateFile file = write(List.of());
    Files.delete(path());

    assertDamaged(() -> read(file, HashRange.ALL), "it is missing");
  }

  @Test
  void whatIsAppendedIsDamage() throws IOException {
    StateFile file = write(List.of());
    Files.write(path(), new byte[1], StandardOpenOption.APPEND);

    assertDamaged(
        () -> read(file, HashRange.ALL), file.length() + 1 + " bytes instead of " + file.length());
  }

  @Test
  void entriesThatCannotBeReadAreDamage() throws IOException {
    StateFile file = write(SampleCheckpoint.entries(1));
    StateFileReader reader = new StateFileReader(folder, ID, file);

    assertDamaged(
        () -> reader.read(HashRange.ALL, (block, count) -> block.readFixed(1_000_000)),
        "the block at " + file.blocks().get(0).offset() + " cannot be read",
        "1000000 bytes are needed");
  }

  @Test
  void aBlockOutsideTheRangeIsNotCheckedButItsFrameIs() throws IOException {
    StateFile file = write(SampleCheckpoint.entries(1));
    HashRange last = new HashRange(-1, -1);
    StateFile.Block block = file.blocks().get(0);

    flip((int) block.offset());
    assertThat(read(file, last)).isEmpty();
    flip((int) block.offset() - 1);
    assertDamaged(() -> read(file, last), "frame of the block");
  }

  private void flip(int at) throws IOException {
    byte[] bytes = Files.readAllBytes(path());
    bytes[at] ^= 1;
    Files.write(path(), bytes);
  }

  @Test
  void changedBytesAreDamage() throws IOException {
    long seed = Long.getLong("seed", 8);
    SplittableRandom random = new SplittableRandom(seed);
    StateFile file = write(SampleCheckpoint.entries(1));
    byte[] bytes = Files.readAllBytes(path());
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] changed = mutate(bytes, random);
      if (!Arrays.equals(changed, bytes)) {
        Files.write(path(), changed);
        assertThatThrownBy(() -> read(file, HashRange.ALL))
            .as("seed %s, mutation %s", seed, i)
            .isInstanceOfSatisfying(
                HeadraceException.class,
                damage -> assertThat(damage.code()).isEqualTo(ErrorCode.CHECKPOINT_DAMAGED));
      }
    }
  }

  private static byte[] mutate(byte[] bytes, SplittableRandom random) {
    int length = random.nextInt(4) > 0 ? bytes.length : random.nextInt(bytes.length + 12);
    byte[] mutated = Arrays.copyOf(bytes, length);
    for (int i = random.nextInt(1, 6); i > 0 && mutated.length > 0; i--) {
      mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
    }
    return mutated;
  }

  // Manifests that say what cannot be

  @Test
  void aLengthThatTheFileHasNotIsRefusedBeforeAnythingIsAllocated() throws IOException {
    StateFile file = write(SampleCheckpoint.entries(1));
    StateFile.Block block = file.blocks().get(0);
    int huge = Integer.MAX_VALUE;
    List<StateFile> hostile =
        List.of(
            withBlock(file, Long.MAX_VALUE, block.offset(), huge),
            withBlock(file, Long.MAX_VALUE, Long.MAX_VALUE - huge, huge),
            withBlock(file, huge + block.offset(), block.offset(), huge));
    for (StateFile each : hostile) {
      long before = THREADS.getCurrentThreadAllocatedBytes();

      assertDamaged(() -> read(each, HashRange.ALL), " bytes instead of " + each.length());

      assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(1 << 20);
    }
  }

  @Test
  void aBlockThatReachesBeyondTheFileIsRefused() throws IOException {
    StateFile file = write(SampleCheckpoint.entries(1));
    StateFile.Block block = file.blocks().get(0);
    int rest = (int) (file.length() - block.offset());
    StateFile reaching = withBlock(file, file.length(), block.offset(), rest);

    assertDamaged(() -> read(reaching, HashRange.ALL), "frame of the block");
  }

  @Test
  void aFileThatEndsBeforeItsHeaderIsRefused() throws IOException {
    write(List.of());
    try (FileChannel channel = FileChannel.open(path(), StandardOpenOption.WRITE)) {
      channel.truncate(4);
    }
    StateFile tiny = new StateFile(ID.fileName(), 1, 4, 0, List.of());

    assertDamaged(() -> read(tiny, HashRange.ALL), "it ends before byte ");
  }

  private static StateFile withBlock(StateFile file, long length, long offset, int blockLength) {
    return new StateFile(
        file.name(), 1, length, 3, List.of(new StateFile.Block(offset, blockLength, 3, 0, -1, 0)));
  }

  @Test
  void numbersThatDoNotAddUpAreRefused() {
    StateFile.Block block = new StateFile.Block(10, 5, 2, 0, 1, 0);
    String name = ID.fileName();

    assertThat(new StateFile(name, 0, 15, 2, List.of(block)).blocks()).containsExactly(block);
    assertIllegal(() -> new StateFile(name, 0, 14, 2, List.of(block)), "ends behind it");
    assertIllegal(() -> new StateFile(name, 0, 15, 3, List.of(block)), "do not add up");
    assertIllegal(() -> new StateFile(name, 0, -1, 0, List.of()), "do not add up");
    assertIllegal(() -> new StateFile(name, 0, 99, 4, List.of(block, block)), "overlap");
    StateFile.Block last = new StateFile.Block(Long.MAX_VALUE, 5, 2, 0, 1, 0);
    assertIllegal(() -> new StateFile(name, 0, 15, 2, List.of(last)), "ends behind it");
    assertIllegal(() -> new StateFile(name, 0, Long.MIN_VALUE, 2, List.of(block)), "do not add up");
    assertIllegal(() -> new StateFile("../a.state.avro", 0, 9, 0, List.of()), "not the name");
    assertIllegal(() -> new StateFile.Block(-1, 5, 2, 0, 1, 0), "in 5 bytes at -1");
    assertIllegal(() -> new StateFile.Block(10, -5, 2, 0, 1, 0), "in -5 bytes");
    assertIllegal(() -> new StateFile.Block(10, 5, 0, 0, 1, 0), "a block of 0 entries");
    assertIllegal(() -> new StateFile.Block(10, 5, 2, -1, 1, 0), "from ffffffffffffffff to 1");
  }

  private static void assertIllegal(ThrowingCallable call, String words) {
    assertThatThrownBy(call)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(words);
  }
}

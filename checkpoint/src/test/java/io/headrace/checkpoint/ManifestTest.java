package io.headrace.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class ManifestTest {

  private static final int MUTATIONS = 5_000;

  /** Far more than a manifest of some hundred bytes takes, with the trace of an exception. */
  private static final long MOST_ALLOCATED = 1 << 20;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Part of the format on disk. */
  private static final String SCHEMA =
      "{\"type\":\"record\",\"name\":\"io.headrace.checkpoint.Manifest\",\"fields\""
          + ":[{\"name\":\"version\",\"type\":\"int\"},{\"name\":\"job\",\"type\":\"string\"},{"
          + "\"name\":\"checkpoint\",\"type\":\"long\"},{\"name\":\"attempt\",\"type\":\"long\""
          + "},{\"name\":\"operators\",\"type\":{\"type\":\"array\",\"items\":{\"type\":\"reco"
          + "rd\",\"name\":\"io.headrace.checkpoint.Manifest_Operator\",\"fields\":[{\""
          + "name\":\"name\",\"type\":\"string\"},{\"name\":\"keySchema\",\"type\":\"string\"}"
          + ",{\"name\":\"states\",\"type\":{\"type\":\"array\",\"items\":{\"type\":\"record\","
          + "\"name\":\"io.headrace.checkpoint.Manifest_State\",\"fields\":[{\"name\":\""
          + "name\",\"type\":\"string\"},{\"name\":\"kind\",\"type\":\"string\"},{\"name\":\"en"
          + "trySchema\",\"type\":\"string\"},{\"name\":\"files\",\"type\":{\"type\":\"array\""
          + ",\"items\":{\"type\":\"record\",\"name\":\"io.headrace.checkpoint.StateFile"
          + "\",\"fields\":[{\"name\":\"name\",\"type\":\"string\"},{\"name\":\"task\",\"type\":"
          + "\"int\"},{\"name\":\"length\",\"type\":\"long\"},{\"name\":\"entries\",\"type\":\"l"
          + "ong\"},{\"name\":\"blocks\",\"type\":{\"type\":\"array\",\"items\":{\"type\":\"rec"
          + "ord\",\"name\":\"io.headrace.checkpoint.StateFile_Block\",\"fields\":[{\"n"
          + "ame\":\"offset\",\"type\":\"long\"},{\"name\":\"length\",\"type\":\"int\"},{\"name"
          + "\":\"entries\",\"type\":\"int\"},{\"name\":\"firstHash\",\"type\":\"long\"},{\"nam"
          + "e\":\"lastHash\",\"type\":\"long\"},{\"name\":\"crc32c\",\"type\":\"long\"}]}}}]}"
          + "}}]}}}]}}},{\"name\":\"sources\",\"type\":{\"type\":\"array\",\"items\":{\"type"
          + "\":\"record\",\"name\":\"io.headrace.checkpoint.Manifest_Source\",\"fields"
          + "\":[{\"name\":\"name\",\"type\":\"string\"},{\"name\":\"positionSchema\",\"type\""
          + ":\"string\"},{\"name\":\"positions\",\"type\":{\"type\":\"array\",\"items\":{\"ty"
          + "pe\":\"record\",\"name\":\"io.headrace.checkpoint.Manifest_Position\",\"fi"
          + "elds\":[{\"name\":\"split\",\"type\":\"string\"},{\"name\":\"position\",\"type\":"
          + "\"bytes\"},{\"name\":\"hasEnded\",\"type\":\"boolean\"}]}}}]}}},{\"name\":\"sin"
          + "ks\",\"type\":{\"type\":\"array\",\"items\":{\"type\":\"record\",\"name\":\"io.hea"
          + "drace.checkpoint.Manifest_Sink\",\"fields\":[{\"name\":\"name\",\"type\":\"s"
          + "tring\"},{\"name\":\"committableSchema\",\"type\":\"string\"},{\"name\":\"comm"
          + "ittables\",\"type\":{\"type\":\"array\",\"items\":\"bytes\"}}]}}},{\"name\":\"co"
          + "nnectors\",\"type\":{\"type\":\"array\",\"items\":{\"type\":\"record\",\"name\":\""
          + "io.headrace.checkpoint.Manifest_Connector\",\"fields\":[{\"name\":\"name"
          + "\",\"type\":\"string\"},{\"name\":\"states\",\"type\":{\"type\":\"array\",\"items\""
          + ":{\"type\":\"record\",\"name\":\"io.headrace.checkpoint.Manifest_Operator"
          + "State\",\"fields\":[{\"name\":\"name\",\"type\":\"string\"},{\"name\":\"redistri"
          + "bution\",\"type\":\"string\"},{\"name\":\"elementSchema\",\"type\":\"string\"},"
          + "{\"name\":\"elements\",\"type\":{\"type\":\"array\",\"items\":\"bytes\"}}]}}}]}}"
          + "}]}";

  private static final Manifest EMPTY =
      new Manifest(Manifest.VERSION, "orders", 41, 3, List.of(), List.of(), List.of(), List.of());

  @TempDir Path folder;

  private static Manifest sample() {
    StateFile first =
        new StateFile(
            "bills-open-0.state.avro",
            0,
            900,
            3,
            List.of(
                new StateFile.Block(500, 40, 2, -9, -3, 0xffff_ffffL),
                new StateFile.Block(600, 7, 1, Long.MIN_VALUE, -1, 0)));
    StateFile second = new StateFile("bills-open-1.state.avro", 1, 480, 0, List.of());
    return new SampleCheckpoint(41, 3).manifest(List.of(first, second));
  }

  private Path write(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("manifest.avro"), bytes);
  }

  private static String trace(Manifest manifest) {
    return HexFormat.of().formatHex(ManifestFile.encode(manifest));
  }

  // What is written is read

  @Test
  void whatIsWrittenIsRead() throws IOException {
    Manifest sample = sample();

    Manifest read = ManifestFile.read(write(ManifestFile.encode(sample)));

    assertThat(read).usingRecursiveComparison().isEqualTo(sample);
    assertThat(trace(read)).isEqualTo(trace(sample));
    assertThat(ManifestFile.read(write(ManifestFile.encode(EMPTY)))).isEqualTo(EMPTY);
  }

  @Test
  void theSameContentHasTheSameBytes() {
    assertThat(trace(sample())).isEqualTo(trace(sample()));
  }

  @Test
  void avroReadsItToo() throws IOException {
    Path file = write(ManifestFile.encode(sample()));

    try (DataFileReader<GenericRecord> reader =
        new DataFileReader<>(file.toFile(), new GenericDatumReader<>())) {
      GenericRecord record = reader.next();

      assertThat(record.get("job")).hasToString("orders");
      assertThat(record.get("checkpoint")).isEqualTo(41L);
      GenericRecord operator = (GenericRecord) ((List<?>) record.get("operators")).get(0);
      GenericRecord state = (GenericRecord) ((List<?>) operator.get("states")).get(0);
      GenericRecord stateFile = (GenericRecord) ((List<?>) state.get("files")).get(0);
      assertThat(stateFile.get("name")).hasToString("bills-open-0.state.avro");
      assertThat((List<?>) stateFile.get("blocks")).hasSize(2);
      GenericRecord sink = (GenericRecord) ((List<?>) record.get("sinks")).get(0);
      assertThat((List<?>) sink.get("committables"))
          .isEqualTo(
              List.of(
                  ByteBuffer.wrap(new byte[] {(byte) 0xd8, 4}), ByteBuffer.wrap(new byte[] {1})));
      assertThat(reader.hasNext()).isFalse();
    }
  }

  // The format as it is on disk: what these say may never change

  // Reads better as one piece: the bytes in their order.
  @Test
  void theBytesOfAManifestAreThese() {
    String text = new String(ManifestFile.encode(sample()), StandardCharsets.ISO_8859_1);
    int from = text.indexOf('{');
    int to = text.indexOf("\u001eheadrace.format");

    assertThat(hex(text.substring(0, from)))
        .isEqualTo("4f626a0106146176726f2e636f646563086e756c6c166176726f2e736368656d619625");
    assertThat(text.substring(from, to)).isEqualTo(SCHEMA);
    assertThat(hex(text.substring(to)))
        .isEqualTo(
            "1e68656164726163652e666f726d6174023100476c6ea14e1977ef2d6090c01099058a02da05"
                + "020c6f72646572735206020a62696c6c730c226c6f6e672202086f70656e0a56414c5545a202"
                + "7b2274797065223a227265636f7264222c226e616d65223a22696f2e68656164726163652e63"
                + "6865636b706f696e742e53616d706c65436865636b706f696e745f456e747279222c22666965"
                + "6c6473223a5b7b226e616d65223a226b6579222c2274797065223a226c6f6e67227d2c7b226e"
                + "616d65223a2276616c7565222c2274797065223a22737472696e67227d5d7d042e62696c6c73"
                + "2d6f70656e2d302e73746174652e6176726f00880e0604e80750041105feffffff1fb0090e02"
                + "ffffffffffffffffff010100002e62696c6c732d6f70656e2d312e73746174652e6176726f02"
                + "c0070000000000020a66696c65730c226c6f6e6722040c612e6a736f6e0222000c622e6a736f"
                + "6e0212010000020a6d61696c730c226c6f6e67220404d80402010000020a6d61696c73020669"
                + "64730a554e494f4e0c226c6f6e672204020a020c000000476c6ea14e1977ef2d6090c0109905"
                + "8a");
  }

  private static String hex(String latin) {
    return HexFormat.of().formatHex(latin.getBytes(StandardCharsets.ISO_8859_1));
  }

  // Bytes that nobody wrote

  @Test
  void changedBytesAreDamageAndTakeLittleMemory() throws IOException {
    long seed = Long.getLong("seed", 5);
    SplittableRandom random = new SplittableRandom(seed);
    byte[] bytes = ManifestFile.encode(sample());
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] changed = mutate(bytes, random);
      if (!Arrays.equals(changed, bytes)) {
        assertDamaged(write(changed), "seed " + seed + ", mutation " + i);
      }
    }
  }

  private static byte[] mutate(byte[] bytes, SplittableRandom random) {
    int length = random.nextBoolean() ? bytes.length : random.nextInt(bytes.length + 12);
    byte[] mutated = Arrays.copyOf(bytes, length);
    for (int i = random.nextInt(0, 6); i > 0 && mutated.length > 0; i--) {
      // The end holds the record; the beginning is a schema that never changes.
      int at = Math.max(0, mutated.length - 1 - random.nextInt(random.nextBoolean() ? 400 : 4_000));
      mutated[at] = (byte) (random.nextBoolean() ? random.nextInt() : mutated[at] + 1);
    }
    return mutated;
  }

  @Test
  void forgedRecordsAreDamageOrManifestsLikeAnyOther() throws IOException {
    long seed = Long.getLong("seed", 6);
    SplittableRandom random = new SplittableRandom(seed);
    byte[] payload = ManifestBytes.payload(sample());
    int accepted = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      Path file = write(ManifestBytes.of(mutate(payload, random)));
      if (isAccepted(file, "seed " + seed + ", mutation " + i)) {
        assertThat(ManifestFile.encode(ManifestFile.read(file)))
            .isEqualTo(Files.readAllBytes(file));
        accepted++;
      }
    }

    assertThat(accepted).isPositive();
  }

  private static void assertDamaged(Path file, String where) {
    assertThat(isAccepted(file, where)).as(where).isFalse();
  }

  private static boolean isAccepted(Path file, String where) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    try {
      ManifestFile.read(file);
      return true;
    } catch (HeadraceException damage) {
      long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
      assertThat(allocated).as(where).isLessThan(MOST_ALLOCATED);
      assertThat(damage.code()).as(where).isEqualTo(ErrorCode.CHECKPOINT_DAMAGED);
      assertThat(damage).as(where).hasMessageContaining(file.toString());
      return false;
    } catch (IOException | RuntimeException | Error unexpected) {
      throw new AssertionError(where + " threw " + unexpected, unexpected);
    }
  }

  @Test
  void emptyAndForeignFilesAreDamage() throws IOException {
    assertDamaged(write(new byte[0]), "empty");
    assertDamaged(write(new byte[100_000]), "zeros");
    assertDamaged(write("{\"job\": \"orders\"}".getBytes(StandardCharsets.UTF_8)), "text");
  }

  @Test
  void twoManifestsInOneFileAreDamage() throws IOException {
    byte[] bytes = ManifestFile.encode(EMPTY);
    byte[] twice = Arrays.copyOf(bytes, bytes.length * 2);
    System.arraycopy(bytes, 0, twice, bytes.length, bytes.length);

    assertDamaged(write(twice), "twice");
  }

  @Test
  void aFileLargerThanAnyManifestIsRefusedBeforeItIsRead() throws IOException {
    Path file = write(new byte[0]);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.allocate(1), (256L << 20));
    }

    assertDamaged(file, "sparse");
  }

  // What a manifest says of itself

  @Test
  void namesRise() {
    Manifest.Operator a = new Manifest.Operator("a", "\"long\"", List.of());
    Manifest.Operator b = new Manifest.Operator("b", "\"long\"", List.of());

    assertThat(
            new Manifest(1, "orders", 1, 1, List.of(a, b), List.of(), List.of(), List.of())
                .operators())
        .containsExactly(a, b);
    assertThatThrownBy(
            () -> new Manifest(1, "orders", 1, 1, List.of(b, a), List.of(), List.of(), List.of()))
        .hasMessage("operator \"b\" stands before \"a\"");
    assertThatThrownBy(
            () -> new Manifest(1, "orders", 1, 1, List.of(a, a), List.of(), List.of(), List.of()))
        .hasMessage("operator \"a\" stands before \"a\"");
  }

  @Test
  void namesOfConnectorsAndTheirStatesRise() {
    Manifest.Connector a = new Manifest.Connector("a", List.of());
    Manifest.OperatorState ids = new Manifest.OperatorState("ids", "UNION", "\"int\"", List.of());

    assertThatThrownBy(
            () -> new Manifest(1, "orders", 1, 1, List.of(), List.of(), List.of(), List.of(a, a)))
        .hasMessage("connector \"a\" stands before \"a\"");
    assertThatThrownBy(() -> new Manifest.Connector("a", List.of(ids, ids)))
        .hasMessage("operator state \"ids\" stands before \"ids\"");
  }

  @Test
  void anotherVersionIsRefused() {
    assertThatThrownBy(
            () -> new Manifest(2, "orders", 1, 1, List.of(), List.of(), List.of(), List.of()))
        .hasMessage("the manifest has version 2, this program reads version 1");
  }

  @Test
  void checkpointsAndAttemptsCountFromOne() {
    assertThatThrownBy(
            () -> new Manifest(1, "orders", 0, 1, List.of(), List.of(), List.of(), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("checkpoint 0 of attempt 1");
    assertThatThrownBy(
            () -> new Manifest(1, "orders", 1, 0, List.of(), List.of(), List.of(), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("checkpoint 1 of attempt 0");
  }

  @Test
  void listsAreCopied() {
    List<Manifest.Operator> operators = new ArrayList<>();
    Manifest manifest = new Manifest(1, "orders", 1, 1, operators, List.of(), List.of(), List.of());

    operators.add(new Manifest.Operator("a", "\"long\"", List.of()));

    assertThat(manifest.operators()).isEmpty();
  }
}

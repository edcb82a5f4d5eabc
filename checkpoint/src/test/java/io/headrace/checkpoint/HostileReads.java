package io.headrace.checkpoint;

import io.headrace.api.CheckpointId;
import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.codec.Decoder;
import io.headrace.codec.Encoder;
import io.headrace.codec.HashRange;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Reads checkpoints that somebody has forged, in a JVM of its own. Arguments: the directory, and
 * how many forgeries; or the names of classes.
 */
final class HostileReads {

  private static final long[] LENGTHS = {
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    -1,
    1L << 32,
    1 << 24,
    1_000_000
  };

  /** What a forgery may cost its reader: a second. */
  private static final long MOST_NANOS = 1_000_000_000;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private HostileReads() {}

  public static void main(String[] arguments) throws IOException {
    Path root = Path.of(arguments[0]);
    CheckpointStore store = new CheckpointStore(root, SampleCheckpoint.JOB);
    store.markStarted(1);
    if (arguments.length == 2) {
      readForgeries(root, store, Integer.parseInt(arguments[1]));
    } else {
      readNames(store, Arrays.asList(arguments).subList(1, arguments.length));
    }
  }

  // Lengths

  private static void readForgeries(Path root, CheckpointStore store, int count)
      throws IOException {
    SampleCheckpoint sample = new SampleCheckpoint(7, 2);
    Manifest newest = sample.publish(store);
    Path folder = root.resolve("checkpoints").resolve("7-2");
    SplittableRandom random = new SplittableRandom(5);
    forge(store, folder.resolve("manifest.avro"), count / 2, random, newest);
    for (String name : List.of("bills-open-0.state.avro", "bills-open-1.state.avro")) {
      forge(store, folder.resolve(name), count / 10, random, null);
    }
    forgeEntries(folder, sample.fileId(0), count - count / 2 - count / 10 * 2, random);
    System.out.println("read all");
  }

  /** Forges a file again and again; a manifest is sealed with a digest that matches. */
  private static void forge(
      CheckpointStore store,
      Path file,
      int count,
      SplittableRandom random,
      @Nullable Manifest sealed)
      throws IOException {
    byte[] before = Files.readAllBytes(file);
    byte[] content = sealed == null ? before : ManifestBytes.payload(sealed);
    for (int i = 0; i < count; i++) {
      byte[] forged = forged(content, random);
      replace(file, sealed == null ? forged : ManifestBytes.of(forged));
      long begin = THREADS.getCurrentThreadCpuTime();
      Facts.Found found = store.inspect(Optional.empty()).found().get(0);
      checkWork("forgery " + i + " of " + file, begin);
      if (found instanceof Facts.Incomplete) {
        throw new AssertionError("forgery " + i + " of " + file + " was taken for none");
      }
    }
    replace(file, before);
  }

  /** Writes a new file: some file systems sync one that is truncated and written again. */
  private static void replace(Path file, byte[] content) throws IOException {
    Files.deleteIfExists(file);
    Files.write(file, content);
  }

  /** Forges what stands in a state file, with a checksum and lengths that match. */
  private static void forgeEntries(Path folder, StateFileId id, int count, SplittableRandom random)
      throws IOException {
    Encoder content = new Encoder();
    for (long key = 0; key < 10; key++) {
      SampleCheckpoint.ENTRIES.encode(
          new SampleCheckpoint.Entry(key << 4 * key, "x".repeat((int) key)), content);
    }
    for (int i = 0; i < count; i++) {
      StateFile file = write(folder, id, forged(content.toBytes(), random), random.nextInt(1, 20));
      long begin = THREADS.getCurrentThreadCpuTime();
      try {
        new StateFileReader(folder, id, file).read(HashRange.ALL, HostileReads::decode);
      } catch (HeadraceException damaged) {
        if (damaged.code() != ErrorCode.CHECKPOINT_DAMAGED) {
          throw new AssertionError("forgery " + i + " of entries", damaged);
        }
      }
      checkWork("forgery " + i + " of entries", begin);
    }
  }

  private static StateFile write(Path folder, StateFileId id, byte[] bytes, int entries)
      throws IOException {
    Encoder out = new Encoder();
    append(out, id.header());
    append(out, Container.frame(entries, bytes.length));
    long offset = out.size();
    append(out, bytes);
    append(out, id.sync());
    replace(folder.resolve("forged.state.avro"), out.toBytes());
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 0, bytes.length);
    StateFile.Block block =
        new StateFile.Block(offset, bytes.length, entries, 0, -1, checksum.getValue());
    return new StateFile("forged.state.avro", 0, out.size(), entries, List.of(block));
  }

  private static void append(Encoder out, byte[] bytes) {
    out.writeFixed(bytes, 0, bytes.length);
  }

  private static void decode(Decoder in, int entries) {
    for (int i = 0; i < entries; i++) {
      SampleCheckpoint.ENTRIES.decode(in);
    }
  }

  /** Work, not time: what else the machine does is nobody's fault. */
  private static void checkWork(String what, long begin) {
    long nanos = THREADS.getCurrentThreadCpuTime() - begin;
    if (nanos > MOST_NANOS) {
      throw new AssertionError(what + " took " + nanos + " ns of work");
    }
  }

  private static byte[] forged(byte[] content, SplittableRandom random) {
    Encoder out = new Encoder();
    int at = random.nextInt(content.length);
    int behind = Math.min(content.length, at + random.nextInt(3));
    out.writeFixed(content, 0, at);
    out.writeLong(
        random.nextInt(4) == 0 ? random.nextLong() : LENGTHS[random.nextInt(LENGTHS.length)]);
    out.writeFixed(content, behind, content.length - behind);
    byte[] bytes = out.toBytes();
    return random.nextInt(8) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
  }

  // Names

  private static void readNames(CheckpointStore store, List<String> names) throws IOException {
    List<String> harmless = names.stream().map(name -> name.replace("java", "lava")).toList();
    read(store, harmless, 1);
    read(store, harmless, 1 + names.size());
    System.out.println("hostile names begin");
    read(store, names, 1 + 2 * names.size());
    System.out.println("hostile names end");
  }

  /** Writes checkpoints in which everything is named as a class, and reads them. */
  private static void read(CheckpointStore store, List<String> names, long from)
      throws IOException {
    long id = from;
    for (String name : names) {
      CheckpointId checkpoint = new CheckpointId(id);
      store.begin(checkpoint, 2);
      StateFileId.Place place = new StateFileId.Place(SampleCheckpoint.JOB, checkpoint, 2);
      StateFile file;
      try (StateFileWriter writer =
          store.stateFile(new StateFileId(place, name, name, schema(name), 0))) {
        file = SampleCheckpoint.write(writer, SampleCheckpoint.entries(0));
      }
      store.publish(manifest(name, id++, file));
      expectIntact(store);
    }
  }

  private static void expectIntact(CheckpointStore store) throws IOException {
    Facts facts = store.inspect(Optional.empty());
    if (!(facts.found().get(0) instanceof Facts.Intact)) {
      throw new AssertionError(facts.toString());
    }
    try {
      Recovery.decide(facts, Optional.empty());
    } catch (HeadraceException refused) {
      throw new AssertionError(refused);
    }
  }

  private static String schema(String name) {
    return "{\"type\":\"record\",\"name\":\"" + name + "\",\"java-class\":\"" + name + "\"}";
  }

  private static Manifest manifest(String name, long id, StateFile file) {
    String schema = schema(name);
    List<byte[]> bytes = new ArrayList<>(List.of(ManifestBytes.string(name)));
    return new Manifest(
        Manifest.VERSION,
        SampleCheckpoint.JOB,
        id,
        2,
        List.of(
            new Manifest.Operator(
                name, schema, List.of(new Manifest.State(name, name, schema, List.of(file))))),
        List.of(
            new Manifest.Source(
                name, schema, List.of(new Manifest.Position(name, bytes.get(0), false)))),
        List.of(new Manifest.Sink(name, schema, bytes)),
        List.of(
            new Manifest.Connector(
                name, List.of(new Manifest.OperatorState(name, name, schema, bytes)))));
  }
}

package io.headrace.checkpoint;

import io.headrace.api.CheckpointId;
import io.headrace.codec.Codec;
import io.headrace.codec.Codecs;
import io.headrace.codec.Encoder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A small checkpoint of a job with one operator that has one state, in two tasks, a source and a
 * sink.
 */
record SampleCheckpoint(long id, long attempt) {

  static final String JOB = "orders";
  static final String OPERATOR = "bills";
  static final String STATE = "open";

  /** An entry of the state. */
  record Entry(long key, String value) {}

  static final Codec<Entry> ENTRIES = Codecs.of(Entry.class);

  private static final long HASH_STEP = 0x2000_0000_0000_0000L;

  StateFileId.Place place() {
    return new StateFileId.Place(JOB, new CheckpointId(id), attempt);
  }

  StateFileId fileId(int task) {
    return new StateFileId(place(), OPERATOR, STATE, ENTRIES.schema().json(), task);
  }

  /** What the file of a task holds: as many entries for each, with the same length. */
  static List<Entry> entries(int task) {
    return List.of(new Entry(task, "grün" + task), new Entry(task + 2, ""), new Entry(-1, "x"));
  }

  /** Writes entries with hashes that rise. */
  static StateFile write(StateFileWriter writer, List<Entry> entries) throws IOException {
    for (int i = 0; i < entries.size(); i++) {
      ENTRIES.encode(entries.get(i), writer.entry(i * HASH_STEP));
    }
    return writer.finish();
  }

  /** Begins it and writes its state files. */
  List<StateFile> begin(CheckpointStore store) throws IOException {
    store.begin(new CheckpointId(id), attempt);
    List<StateFile> files = new ArrayList<>();
    for (int task = 0; task < 2; task++) {
      try (StateFileWriter writer = store.stateFile(fileId(task))) {
        files.add(write(writer, entries(task)));
      }
    }
    return files;
  }

  /** Makes it complete. */
  Manifest publish(CheckpointStore store) throws IOException {
    Manifest manifest = manifest(begin(store));
    store.publish(manifest);
    return manifest;
  }

  Manifest manifest(List<StateFile> files) {
    Manifest.State state =
        new Manifest.State(STATE, "VALUE", ENTRIES.schema().json(), List.copyOf(files));
    return new Manifest(
        Manifest.VERSION,
        JOB,
        id,
        attempt,
        List.of(new Manifest.Operator(OPERATOR, "\"long\"", List.of(state))),
        List.of(
            new Manifest.Source(
                "files",
                "\"long\"",
                List.of(
                    new Manifest.Position("a.json", bytes(17), false),
                    new Manifest.Position("b.json", bytes(9), true)))),
        List.of(new Manifest.Sink("mails", "\"long\"", List.of(bytes(300), bytes(-1)))),
        List.of(
            new Manifest.Connector(
                "mails",
                List.of(
                    new Manifest.OperatorState(
                        "ids", "UNION", "\"long\"", List.of(bytes(5), bytes(6)))))));
  }

  private static byte[] bytes(long number) {
    Encoder out = new Encoder();
    out.writeLong(number);
    return out.toBytes();
  }
}

package io.headrace.engine.coordinator;

import io.headrace.api.plan.StateDeclaration;
import io.headrace.checkpoint.CheckpointStore;
import io.headrace.checkpoint.Manifest;
import io.headrace.checkpoint.StateFile;
import io.headrace.codec.HashRange;
import io.headrace.codec.MalformedDataException;
import io.headrace.engine.task.Restored;
import io.headrace.state.KeyedStates;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** What an attempt reads from a complete checkpoint. */
final class RestoredManifest implements Restored {

  private final CheckpointStore store;
  private final Manifest manifest;
  private final long entries;

  /** How many entries are in their tasks. Written by the threads that read state, read by any. */
  private final AtomicLong read = new AtomicLong();

  /** Written by the coordinator, read by the threads that read state. */
  private volatile boolean isGivenUp;

  RestoredManifest(CheckpointStore store, Manifest manifest) {
    this.store = store;
    this.manifest = manifest;
    this.entries =
        states()
            .filter(state -> !isBroadcast(state))
            .flatMap(state -> state.files().stream())
            .mapToLong(StateFile::entries)
            .sum();
  }

  private Stream<Manifest.State> states() {
    return manifest.operators().stream().flatMap(operator -> operator.states().stream());
  }

  /** Then every task reads it: it says nothing of how much is left. */
  private static boolean isBroadcast(Manifest.State state) {
    return state.kind().equals(StateDeclaration.Kind.BROADCAST.name());
  }

  @Override
  public long entries() {
    return entries;
  }

  @Override
  public long bytes() {
    return states().flatMap(state -> state.files().stream()).mapToLong(StateFile::length).sum();
  }

  @Override
  public int percent() {
    return entries == 0 ? 100 : (int) (100 * read.get() / entries);
  }

  @Override
  public List<Manifest.Position> positions(String source) {
    return manifest.sources().stream()
        .filter(stored -> stored.name().equals(source))
        .flatMap(stored -> stored.positions().stream())
        .toList();
  }

  @Override
  public List<byte[]> elements(String operator, String state) {
    return manifest.connectors().stream()
        .filter(stored -> stored.name().equals(operator))
        .flatMap(stored -> stored.states().stream())
        .filter(stored -> stored.name().equals(state))
        .flatMap(stored -> stored.elements().stream())
        .toList();
  }

  @Override
  public void readState(String operator, KeyedStates<?> states, HashRange range)
      throws IOException {
    for (Manifest.Operator stored : manifest.operators()) {
      if (stored.name().equals(operator)) {
        readState(stored, states, range);
      }
    }
  }

  private void readState(Manifest.Operator stored, KeyedStates<?> states, HashRange range)
      throws IOException {
    List<String> wanted = states.names();
    for (Manifest.State state : stored.states()) {
      if (wanted.contains(state.name())) {
        for (StateFile file : state.files()) {
          read(stored, state, file, states, range);
        }
      }
    }
  }

  private void read(
      Manifest.Operator operator,
      Manifest.State state,
      StateFile file,
      KeyedStates<?> states,
      HashRange range)
      throws IOException {
    store
        .reader(manifest, operator, state, file)
        .read(
            range,
            (entries, count) -> {
              if (isGivenUp) {
                throw new InterruptedIOException("the reading of state was given up");
              }
              int own = 0;
              for (int i = 0; i < count; i++) {
                own += states.restore(state.name(), entries) ? 1 : 0;
              }
              read.getAndAdd(isBroadcast(state) ? 0 : own);
              if (entries.remaining() > 0) {
                throw new MalformedDataException(
                    entries.remaining() + " bytes are left after its last entry.");
              }
            });
  }

  @Override
  public void giveUp() {
    isGivenUp = true;
  }
}

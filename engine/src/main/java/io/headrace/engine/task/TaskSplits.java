package io.headrace.engine.task;

import io.headrace.api.CheckpointId;
import io.headrace.api.SourceReader;
import io.headrace.checkpoint.Manifest;
import io.headrace.codec.Codec;
import io.headrace.codec.Encoder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The splits of a source task, and where each stands: what the task keeps in checkpoints. On the
 * thread of the task.
 */
final class TaskSplits implements SnapshotStage {

  private final TaskId task;
  private final Codec<Object> codec;
  private final Enumerator enumerator;
  private final List<OpenSplit> reading = new ArrayList<>();
  private boolean hasHadReader;

  /** The last position of each split that was read to its end. */
  private final SortedMap<String, byte[]> ended = new TreeMap<>();

  /** Splits that have left checkpoints, until one without them is complete. */
  private final Set<String> leaving = new TreeSet<>();

  /** Those that each checkpoint under way is without. */
  private final NavigableMap<CheckpointId, Set<String>> without = new TreeMap<>();

  /**
   * @param task the source and which of its tasks, whatever else runs in the task
   */
  TaskSplits(TaskId task, Codec<Object> codec, Enumerator enumerator) {
    this.task = task;
    this.codec = codec;
    this.enumerator = enumerator;
  }

  /**
   * A split being read.
   *
   * @param held closes the reader
   */
  record OpenSplit(String name, SourceReader<Object, Object> reader, AutoCloseable held) {}

  String operator() {
    return task.operators();
  }

  /** Those being read, in the order in which they came. */
  List<OpenSplit> reading() {
    return reading;
  }

  void add(OpenSplit split) {
    hasHadReader = true;
    reading.add(split);
  }

  /** Whether a split was ever read in this attempt. */
  boolean hasHadReader() {
    return hasHadReader;
  }

  void addEnded(Manifest.Position split) {
    ended.put(split.split(), split.position());
  }

  /** One of those being read has been read to its end. Returns it; its reader can be closed. */
  OpenSplit end(int index) {
    OpenSplit split = reading.remove(index);
    ended.put(split.name(), position(split));
    return split;
  }

  /** A split that has ended is not there any more. */
  void forget(String split) {
    ended.remove(split);
    leaving.add(split);
  }

  private byte[] position(OpenSplit split) {
    Encoder out = new Encoder();
    try {
      codec.encode(split.reader().position(), out);
    } catch (RuntimeException thrown) {
      throw asked(split, "say its position").failed(thrown);
    }
    return out.toBytes();
  }

  /** What is asked of the reader of a split. */
  Connectors.Asked asked(OpenSplit split, String step) {
    return new Connectors.Asked(task.operators(), task, split, step);
  }

  @Override
  public PendingPart snapshot(TaskId any, CheckpointId checkpoint) {
    List<Manifest.Position> positions = new ArrayList<>();
    for (OpenSplit split : reading) {
      positions.add(new Manifest.Position(split.name(), position(split), false));
    }
    ended.forEach((split, last) -> positions.add(new Manifest.Position(split, last, true)));
    positions.sort(Comparator.comparing(Manifest.Position::split));
    if (!leaving.isEmpty()) {
      without.put(checkpoint, new TreeSet<>(leaving));
    }
    return PendingPart.of(new Contribution.Positions(operator(), positions));
  }

  /**
   * Splits that the checkpoint is without are forgotten for good. Not earlier: if the job went back
   * to a checkpoint that knows such a split as ended, one that has come with the same name since
   * then would be taken for it.
   */
  @Override
  public void completed(CheckpointId checkpoint) {
    tell(listener -> listener.checkpointComplete(checkpoint));
    Set<String> gone = without.getOrDefault(checkpoint, Set.of());
    without.headMap(checkpoint, true).clear();
    if (!gone.isEmpty()) {
      without.values().forEach(names -> names.removeAll(gone));
      leaving.removeAll(gone);
      enumerator.forgotten(gone);
    }
  }

  @Override
  public void aborted(CheckpointId checkpoint) {
    tell(listener -> listener.checkpointAborted(checkpoint));
  }

  private void tell(Notification notification) {
    for (OpenSplit split : reading) {
      try {
        notification.to(split.reader());
      } catch (Exception thrown) {
        throw asked(split, "take note of a checkpoint").failed(thrown);
      }
    }
  }
}

package io.headrace.checkpoint;

import io.headrace.api.CheckpointId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What was found in a job's directory.
 *
 * @param directory its path, for messages
 * @param isStarted whether a job ever started in it
 * @param committed the newest checkpoint whose transactions may have been committed
 * @param found the checkpoints, the newest first: those that have a folder, and those that were
 *     complete and have none any more
 */
public record Facts(
    String directory, boolean isStarted, Optional<Committed> committed, List<Found> found) {

  /** Sorts a copy. */
  public Facts {
    List<Found> sorted = new ArrayList<>(found);
    sorted.sort(Comparator.comparing(Found::id).thenComparing(Found::attempt).reversed());
    found = List.copyOf(sorted);
  }

  /** An id that no checkpoint in the directory has or had. */
  public CheckpointId nextId() {
    long largest = committed.map(marker -> marker.id().value()).orElse(0L);
    for (Found folder : found) {
      largest = Math.max(largest, folder.id().value());
    }
    return new CheckpointId(largest + 1);
  }

  /**
   * A checkpoint whose transactions may have been committed.
   *
   * @param sinks the names of the sinks
   */
  public record Committed(CheckpointId id, List<String> sinks) {
    /** Copies the list. */
    public Committed {
      sinks = List.copyOf(sinks);
    }
  }

  /** What there is of a checkpoint. */
  public sealed interface Found {

    /** The checkpoint's number. */
    CheckpointId id();

    /** The number of the attempt that began it. */
    long attempt();
  }

  /** A complete checkpoint; nothing is known to be wrong with it. */
  public record Intact(Manifest manifest) implements Found {
    @Override
    public CheckpointId id() {
      return manifest.id();
    }

    @Override
    public long attempt() {
      return manifest.attempt();
    }
  }

  /**
   * A complete checkpoint of which something is not what was written.
   *
   * @param reason what, with the file
   */
  public record Damaged(CheckpointId id, long attempt, String reason) implements Found {}

  /** A checkpoint that was begun, has no manifest, and is not known to have had one. */
  public record Incomplete(CheckpointId id, long attempt) implements Found {}
}

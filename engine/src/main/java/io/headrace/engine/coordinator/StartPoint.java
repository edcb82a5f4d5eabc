package io.headrace.engine.coordinator;

import io.headrace.api.CheckpointId;
import io.headrace.engine.task.Restored;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an attempt starts from.
 *
 * @param lineage what all attempts on the same directory share, and those on no other have
 * @param attempt the number of the attempt, larger than any before on the same directory
 * @param next the id of the first checkpoint of the attempt
 * @param from the checkpoint that is restored, unless the job starts empty
 * @param prepared the encoded committables of each sink in that checkpoint
 */
public record StartPoint(
    String lineage,
    long attempt,
    CheckpointId next,
    Optional<CheckpointId> from,
    Restored restored,
    Map<String, List<byte[]>> prepared) {

  /** Copies the map. */
  public StartPoint {
    prepared = Map.copyOf(prepared);
  }
}

package io.headrace.checkpoint;

import io.headrace.api.CheckpointId;
import java.util.Map;

/**
 * What a state file holds: stored in it, so that a file cannot be taken for another.
 *
 * @param entrySchema the schema of its entries
 * @param task which task of the operator wrote it
 */
public record StateFileId(
    Place place, String operator, String state, String entrySchema, int task) {

  /** Which checkpoint a file belongs to. */
  public record Place(String job, CheckpointId checkpoint, long attempt) {}

  byte[] sync() {
    return Container.sync(
        place.job(),
        place.checkpoint().toString(),
        Long.toString(place.attempt()),
        operator,
        state,
        Integer.toString(task));
  }

  byte[] header() {
    Map<String, String> properties =
        Map.of(
            "headrace.job", place.job(),
            "headrace.checkpoint", place.checkpoint().toString(),
            "headrace.attempt", Long.toString(place.attempt()),
            "headrace.operator", operator,
            "headrace.state", state,
            "headrace.task", Integer.toString(task));
    return Container.header(entrySchema, properties, sync());
  }

  String fileName() {
    return FileNames.stateFile(operator, state, task);
  }
}

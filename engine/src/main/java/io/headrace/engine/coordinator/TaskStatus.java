package io.headrace.engine.coordinator;

import io.headrace.engine.task.Activity;
import io.headrace.engine.task.TaskId;
import java.time.Instant;
import java.util.Optional;

/**
 * What a task does, and has done in the current attempt.
 *
 * @param isSource whether it reads splits
 * @param records how many values it has taken, or read if it is a source
 * @param earlier how many in earlier attempts of the run; some of them are counted again
 * @param putAside how many values its operators failed on, which were skipped or made dead letters;
 *     goes on from the checkpoint that the attempt started from
 * @param watermark the event time that it has reached: empty before the first watermark, {@link
 *     Instant#MAX} after the end of its input. What waits for a later time is not done yet
 */
public record TaskStatus(
    TaskId id,
    boolean isSource,
    Activity activity,
    long records,
    long earlier,
    long putAside,
    Optional<Instant> watermark) {

  /** How many values it has taken or read in the whole run; never falls. */
  public long recordsOfTheRun() {
    return earlier + records;
  }
}

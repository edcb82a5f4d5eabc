package io.headrace.micrometer;

import static io.headrace.micrometer.Measure.counter;
import static io.headrace.micrometer.Measure.gauge;

import io.headrace.engine.coordinator.CheckpointStatus;
import io.headrace.engine.coordinator.RunState;
import io.headrace.engine.coordinator.TaskStatus;
import io.headrace.engine.task.Activity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** All meters there are. Their names and tags are kept from version to version. */
final class Catalogue {

  static final String JOB = "job";
  static final String OPERATOR = "operator";
  static final String TASK = "task";

  private static final String SECONDS = "seconds";
  private static final String BYTES = "bytes";
  private static final double MILLIS_PER_SECOND = 1_000;

  private Catalogue() {}

  /** With the tag {@link #JOB}. */
  static final List<Measure<Sample>> OF_JOB =
      List.of(
          gauge(
              "headrace.job.ready",
              "1 while state is restored and values are being processed, else 0.",
              sample -> flag(sample.status().state().isReady())),
          gauge(
              "headrace.job.live",
              "1 while the run works, else 0: an operator is stuck, or the run has failed.",
              sample -> flag(sample.status().isLive())),
          gauge(
              "headrace.job.degraded",
              "1 while something is wrong that the run gets over or somebody should see to.",
              sample -> flag(sample.status().state() instanceof RunState.Degraded)),
          counter(
              "headrace.job.restarts",
              "How often the job was started again after a failure.",
              sample -> sample.status().restarts()),
          gauge(
                  "headrace.state.used",
                  "The memory that keyed state takes.",
                  (Sample sample) -> sample.status().memory().used())
              .in(BYTES),
          gauge(
                  "headrace.state.limit",
                  "The memory that keyed state may take; at it, the job stops.",
                  (Sample sample) -> sample.status().memory().limit())
              .in(BYTES),
          counter(
              "headrace.checkpoints.complete",
              "How many checkpoints are complete and committed.",
              sample -> sample.status().complete()),
          counter(
              "headrace.checkpoints.given.up",
              "How many checkpoints were given up.",
              sample -> sample.status().givenUp()),
          ofLast(
              "age",
              "The time since the last complete checkpoint was triggered: what a failure now would"
                  + " have read again. An idle job takes none.",
              SECONDS,
              sample -> sample.secondsOfLastCheckpoint(sample::since)),
          ofLast(
              "size",
              "The size of its state files.",
              BYTES,
              sample -> sample.ofLastCheckpoint(CheckpointStatus::bytes)),
          gauge(
              "headrace.checkpoint.last.entries",
              "How many entries of keyed state it has.",
              sample -> sample.ofLastCheckpoint(CheckpointStatus::entries)),
          time(
              "duration",
              "From its trigger until everything was committed.",
              CheckpointStatus::duration),
          time(
              "start.delay",
              "From its trigger until the first barrier came to a task, where it took longest.",
              last -> last.phases().startDelay()),
          time(
              "alignment",
              "From the first barrier until the last came to a task, where it took longest.",
              last -> last.phases().alignment()),
          time(
              "set.aside",
              "How long a task was kept from its work, where it took longest.",
              last -> last.phases().setAside()),
          time(
              "write",
              "Until what a task had set aside was durable, where it took longest.",
              last -> last.phases().write()),
          time("publish", "Until the manifest was durable.", last -> last.phases().publish()),
          time(
              "commit",
              "Until everything was committed and old checkpoints were deleted.",
              last -> last.phases().commit()));

  /** With the tags {@link #JOB}, {@link #OPERATOR} and {@link #TASK}. */
  static final List<Measure<TaskStatus>> OF_TASK =
      List.of(
          counter(
              "headrace.task.records",
              "How many values the task has taken, or read if it is a source; after a restart, some"
                  + " again.",
              TaskStatus::recordsOfTheRun),
          gauge(
              "headrace.task.put.aside",
              "How many values its operators failed on, which were skipped or made dead letters, as"
                  + " the job's checkpoints count them: it falls at a restart by those that come"
                  + " again.",
              TaskStatus::putAside),
          gauge(
              "headrace.task.working",
              "1 if the task took or read values when it was last called, else 0.",
              task -> flag(task.activity() == Activity.WORKING)),
          gauge(
              "headrace.task.backpressured",
              "1 if the task waited for a slower one behind it, else 0.",
              task -> flag(task.activity() == Activity.BACKPRESSURED)),
          gauge(
                  "headrace.task.watermark",
                  "The event time that the task has reached, since 1970. Not a number before its"
                      + " first watermark and after the end of its input.",
                  Catalogue::watermark)
              .in(SECONDS));

  private static double watermark(TaskStatus task) {
    return task.watermark()
        .filter(time -> time.isBefore(Instant.MAX))
        .map(time -> time.toEpochMilli() / MILLIS_PER_SECOND)
        .orElse(Double.NaN);
  }

  private static Measure<Sample> time(
      String what, String meaning, Function<CheckpointStatus, Duration> value) {
    return ofLast(what, meaning, SECONDS, sample -> sample.secondsOfLastCheckpoint(value));
  }

  private static Measure<Sample> ofLast(
      String what, String meaning, String unit, ToDoubleFunction<Sample> value) {
    return gauge("headrace.checkpoint.last." + what, meaning, value).in(unit);
  }

  private static double flag(boolean isSo) {
    return isSo ? 1 : 0;
  }

  /** The catalogue as a table of Markdown. */
  static String table() {
    StringBuilder table =
        new StringBuilder(
            "| meter | type | unit | tags | meaning |\n| --- | --- | --- | --- | --- |\n");
    OF_JOB.forEach(measure -> row(table, measure, "`job`"));
    OF_TASK.forEach(measure -> row(table, measure, "`job`, `operator`, `task`"));
    return table.toString();
  }

  private static void row(StringBuilder table, Measure<?> measure, String tags) {
    table.append(
        "| `%s` | %s | %s | %s | %s |\n"
            .formatted(
                measure.name(),
                measure.kind() == Measure.Kind.COUNTER ? "counter" : "gauge",
                measure.unit().orElse("–"),
                tags,
                measure.meaning()));
  }
}

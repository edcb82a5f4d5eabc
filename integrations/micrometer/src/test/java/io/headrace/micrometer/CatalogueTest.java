package io.headrace.micrometer;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.CheckpointId;
import io.headrace.engine.coordinator.CheckpointStatus;
import io.headrace.engine.coordinator.RunPhase;
import io.headrace.engine.coordinator.RunState;
import io.headrace.engine.coordinator.RunStatus;
import io.headrace.engine.coordinator.TaskStatus;
import io.headrace.engine.task.Activity;
import io.headrace.engine.task.TaskId;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each meter shows what its name says. */
@Tag("R22")
class CatalogueTest {

  private static final Set<RunState.Degraded.Kind> NOT_READY =
      EnumSet.of(RunState.Degraded.Kind.RESTARTING, RunState.Degraded.Kind.START_STUCK);

  private static RunStatus status(
      RunState state, boolean isLive, List<CheckpointStatus> checkpoints) {
    return new RunStatus(
        RunPhase.RUNNING,
        state,
        isLive,
        3,
        Optional.empty(),
        List.of(),
        new RunStatus.StateMemory(11, 12),
        checkpoints,
        21,
        22,
        23,
        Optional.empty());
  }

  /** A meter of the job, without the beginning that all have. */
  private static double ofJob(String name, RunStatus status) {
    return value(Catalogue.OF_JOB, "headrace." + name, Sample.of(status, Instant.EPOCH));
  }

  private static <S> double value(List<Measure<S>> measures, String name, S of) {
    return measures.stream()
        .filter(measure -> measure.name().equals(name))
        .findFirst()
        .orElseThrow()
        .value()
        .applyAsDouble(of);
  }

  @Test
  void eachNumberOfARunHasItsOwnMeter() {
    RunStatus status = status(new RunState.Running(), true, List.of());

    assertThat(ofJob("state.used", status)).isEqualTo(11);
    assertThat(ofJob("state.limit", status)).isEqualTo(12);
    assertThat(ofJob("checkpoints.complete", status)).isEqualTo(21);
    assertThat(ofJob("checkpoints.given.up", status)).isEqualTo(22);
    assertThat(ofJob("job.restarts", status)).isEqualTo(23);
  }

  private static RunStatus ofCheckpoint(Instant triggered) {
    CheckpointStatus.Phases phases =
        new CheckpointStatus.Phases(
            ofSeconds(1), ofSeconds(2), ofSeconds(3), ofSeconds(4), ofSeconds(5), ofSeconds(6));
    CheckpointStatus checkpoint =
        new CheckpointStatus(
            new CheckpointId(7),
            triggered,
            ofSeconds(8),
            100,
            200,
            phases,
            Optional.empty(),
            Optional.empty());
    return status(new RunState.Running(), true, List.of(checkpoint));
  }

  @Test
  @Tag("FAULT-63")
  void noCheckpointIsOfTheFutureWhenTheClockIsSetBack() {
    RunStatus status = ofCheckpoint(Instant.EPOCH.plusSeconds(7_200));

    assertThat(ofJob("checkpoint.last.age", status)).isZero();
  }

  @Test
  void eachPhaseOfACheckpointHasItsOwnMeter() {
    RunStatus status = ofCheckpoint(Instant.EPOCH.minusSeconds(9));

    assertThat(ofJob("checkpoint.last.start.delay", status)).isEqualTo(1);
    assertThat(ofJob("checkpoint.last.alignment", status)).isEqualTo(2);
    assertThat(ofJob("checkpoint.last.set.aside", status)).isEqualTo(3);
    assertThat(ofJob("checkpoint.last.write", status)).isEqualTo(4);
    assertThat(ofJob("checkpoint.last.publish", status)).isEqualTo(5);
    assertThat(ofJob("checkpoint.last.commit", status)).isEqualTo(6);
    assertThat(ofJob("checkpoint.last.duration", status)).isEqualTo(8);
    assertThat(ofJob("checkpoint.last.age", status)).isEqualTo(9);
    assertThat(ofJob("checkpoint.last.size", status)).isEqualTo(100);
    assertThat(ofJob("checkpoint.last.entries", status)).isEqualTo(200);
  }

  @Test
  void aRunThatIsDegradedIsReadyUnlessItIsToStart() {
    for (RunState.Degraded.Kind kind : RunState.Degraded.Kind.values()) {
      RunStatus status = status(new RunState.Degraded(kind, "the reason"), true, List.of());

      assertThat(ofJob("job.degraded", status)).isEqualTo(1);
      assertThat(ofJob("job.ready", status)).isEqualTo(NOT_READY.contains(kind) ? 0 : 1);
    }
  }

  @Test
  void aRunThatDoesNotWorkIsNotLive() {
    RunState state = new RunState.Running();

    assertThat(ofJob("job.live", status(state, false, List.of()))).isZero();
    assertThat(ofJob("job.live", status(state, true, List.of()))).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void aTaskWorksOrIsBackpressuredOrNeither(Activity activity) {
    TaskStatus task =
        new TaskStatus(new TaskId("map-1", 0), false, activity, 1, 10, 100, Optional.empty());

    assertThat(value(Catalogue.OF_TASK, "headrace.task.working", task))
        .isEqualTo(activity == Activity.WORKING ? 1 : 0);
    assertThat(value(Catalogue.OF_TASK, "headrace.task.backpressured", task))
        .isEqualTo(activity == Activity.BACKPRESSURED ? 1 : 0);
    assertThat(value(Catalogue.OF_TASK, "headrace.task.records", task)).isEqualTo(11);
    assertThat(value(Catalogue.OF_TASK, "headrace.task.put.aside", task)).isEqualTo(100);
  }

  @Test
  @Tag("TM-3")
  void theWatermarkOfATaskIsInSecondsAndNoNumberWhereThereIsNone() {
    assertThat(watermark(Optional.of(Instant.ofEpochMilli(1_500)))).isEqualTo(1.5);
    assertThat(watermark(Optional.empty())).isNaN();
    assertThat(watermark(Optional.of(Instant.MAX))).isNaN();
  }

  private static double watermark(Optional<Instant> time) {
    TaskStatus task =
        new TaskStatus(new TaskId("map-1", 0), false, Activity.WORKING, 1, 10, 100, time);
    return value(Catalogue.OF_TASK, "headrace.task.watermark", task);
  }
}

package io.headrace.engine.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.engine.coordinator.RunState.Degraded.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R21")
class StandingTest {

  private final Throwable failure = new IllegalStateException("it broke");
  private static final Instant LATER = Instant.parse("2030-01-01T00:00:00Z");

  private Standing standing(RunPhase phase, Optional<Outcome> end) {
    return new Standing(
        phase,
        end,
        OptionalInt.empty(),
        false,
        Optional.of(LATER),
        Optional.of(failure),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private RunState state(RunPhase phase) {
    return standing(phase, Optional.empty()).state();
  }

  private Optional<Outcome> end(Outcome.Kind kind) {
    return Optional.of(
        new Outcome(kind, kind == Outcome.Kind.FAILED ? Optional.of(failure) : Optional.empty()));
  }

  private static RunState running(
      boolean isDraining, Optional<String> why, Optional<String> stuck) {
    return new Standing(
            RunPhase.RUNNING,
            Optional.empty(),
            OptionalInt.of(100),
            isDraining,
            Optional.empty(),
            Optional.empty(),
            why,
            stuck,
            Optional.empty())
        .state();
  }

  @Test
  void aRunThatRecoversStartsUntilStateIsRead() {
    assertThat(state(RunPhase.RECOVERING)).isEqualTo(new RunState.Starting());
    assertThat(reading(Optional.empty())).isEqualTo(new RunState.Restoring(42));
  }

  private static RunState reading(Optional<Outcome> end) {
    return new Standing(
            RunPhase.RECOVERING,
            end,
            OptionalInt.of(42),
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty())
        .state();
  }

  @Test
  void aRunThatIsCancelledWhileItsStateIsReadDrains() {
    assertThat(reading(end(Outcome.Kind.CANCELLED))).isEqualTo(new RunState.Draining());
  }

  @Test
  void aRunIsDegradedByWhatIsWrongAndTheStuckOperatorGoesFirst() {
    Optional<String> why = Optional.of("the disk is full");
    Optional<String> stuck = Optional.of("it is stuck");

    assertThat(state(RunPhase.RUNNING)).isEqualTo(new RunState.Running());
    assertThat(running(false, why, Optional.empty()))
        .isEqualTo(new RunState.Degraded(Kind.CHECKPOINTS_FAILING, "the disk is full"));
    assertThat(running(false, why, stuck))
        .isEqualTo(new RunState.Degraded(Kind.OPERATOR_STUCK, "it is stuck"));
    assertThat(running(true, why, stuck)).isEqualTo(new RunState.Draining());
  }

  private static RunState waiting(RunPhase phase, Optional<String> why, boolean isDraining) {
    return new Standing(
            phase,
            Optional.empty(),
            OptionalInt.empty(),
            isDraining,
            Optional.empty(),
            Optional.empty(),
            why,
            Optional.empty(),
            Optional.of("it does not answer"))
        .state();
  }

  @Test
  @Tag("FAULT-23")
  void aCallThatDoesNotReturnDegradesARunAndKeepsOneThatStartsFromBeingReady() {
    RunState running = waiting(RunPhase.RUNNING, Optional.of("the disk is full"), false);
    RunState starting = waiting(RunPhase.RECOVERING, Optional.empty(), false);

    assertThat(running).isEqualTo(new RunState.Degraded(Kind.CALL_STUCK, "it does not answer"));
    assertThat(starting).isEqualTo(new RunState.Degraded(Kind.START_STUCK, "it does not answer"));
    assertThat(running.isReady()).isTrue();
    assertThat(starting.isReady()).isFalse();
    assertThat(waiting(RunPhase.RUNNING, Optional.empty(), true))
        .isEqualTo(new RunState.Draining());
  }

  @Test
  void aRunThatFailedSaysThatItStartsAgain() {
    RunState restarting =
        new RunState.Degraded(
            Kind.RESTARTING,
            "The job starts again at 2030-01-01T00:00:00Z, after this failure:"
                + " java.lang.IllegalStateException: it broke");

    assertThat(state(RunPhase.TEARING_DOWN)).isEqualTo(restarting);
    assertThat(state(RunPhase.WAITING)).isEqualTo(restarting);
  }

  @Test
  void aRunThatEndsDrainsUntilItHasEndedAsItDid() {
    for (RunPhase phase :
        List.of(RunPhase.RECOVERING, RunPhase.RUNNING, RunPhase.TEARING_DOWN, RunPhase.WAITING)) {
      assertThat(standing(phase, end(Outcome.Kind.CANCELLED)).state())
          .isEqualTo(new RunState.Draining());
    }
    assertThat(standing(RunPhase.ENDED, end(Outcome.Kind.CANCELLED)).state())
        .isEqualTo(new RunState.Cancelled());
    assertThat(standing(RunPhase.ENDED, end(Outcome.Kind.STOPPED)).state())
        .isEqualTo(new RunState.Stopped());
    assertThat(standing(RunPhase.ENDED, end(Outcome.Kind.FINISHED)).state())
        .isEqualTo(new RunState.Finished());
  }

  @Test
  void aRunThatCannotGoOnHasFailedFromThenOn() {
    for (RunPhase phase : List.of(RunPhase.TEARING_DOWN, RunPhase.ENDED)) {
      assertThat(standing(phase, end(Outcome.Kind.FAILED)).state())
          .isEqualTo(new RunState.Failed(failure));
    }
  }
}

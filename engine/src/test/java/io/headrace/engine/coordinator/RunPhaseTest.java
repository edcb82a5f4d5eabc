package io.headrace.engine.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.HeadraceException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RunPhaseTest {

  @Test
  void aRunThatFailedOnceGoesThroughAllPhases() {
    RunPhase phase = RunPhase.RECOVERING;
    for (RunPhase next :
        List.of(
            RunPhase.RUNNING,
            RunPhase.TEARING_DOWN,
            RunPhase.WAITING,
            RunPhase.RECOVERING,
            RunPhase.TEARING_DOWN,
            RunPhase.ENDED)) {
      phase = phase.moveTo(next);
    }

    assertThat(phase).isEqualTo(RunPhase.ENDED);
  }

  @ParameterizedTest
  @EnumSource(RunPhase.class)
  void nothingFollowsTheEndAndNoPhaseItself(RunPhase phase) {
    assertThatThrownBy(() -> RunPhase.ENDED.moveTo(phase))
        .hasMessageContaining("cannot go from ENDED to " + phase);
    assertThatThrownBy(() -> phase.moveTo(phase)).hasMessageContaining("cannot go from " + phase);
  }

  @Test
  void onlyAnAttemptThatWasPreparedRuns() {
    assertThat(Arrays.stream(RunPhase.values()).filter(phase -> leadsTo(phase, RunPhase.RUNNING)))
        .containsExactly(RunPhase.RECOVERING);
  }

  private static boolean leadsTo(RunPhase from, RunPhase to) {
    try {
      return from.moveTo(to) == to;
    } catch (HeadraceException refused) {
      return false;
    }
  }
}

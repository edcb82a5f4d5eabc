package io.headrace.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class CheckpointSettingsTest {

  @Test
  void theDefaultsAreThoseOfTheDocumentation() {
    assertThat(CheckpointSettings.defaults())
        .isEqualTo(
            new CheckpointSettings(
                CheckpointingMode.EXACTLY_ONCE,
                Duration.ofSeconds(1),
                Duration.ofMinutes(10),
                Duration.ZERO,
                1,
                Integer.MAX_VALUE,
                3));
  }

  @Test
  void everyProblemIsToldAtOnce() {
    assertThatThrownBy(
            () ->
                new CheckpointSettings(
                    CheckpointingMode.AT_LEAST_ONCE,
                    Duration.ZERO,
                    Duration.ofSeconds(Long.MAX_VALUE),
                    Duration.ofSeconds(-1),
                    0,
                    -1,
                    0))
        .isInstanceOf(HeadraceException.class)
        .hasMessageContaining("checkpoint interval must be at least 1 ms, but is 0 ms")
        .hasMessageContaining("checkpoint timeout must be at most")
        .hasMessageContaining("checkpoint minPause must be at least 0 ms, but is -1 s")
        .hasMessageContaining("checkpoint maxConcurrent must be at least 1, but is 0")
        .hasMessageContaining("checkpoint tolerableFailures must be at least 0, but is -1")
        .hasMessageContaining("checkpoint retained must be at least 1, but is 0")
        .extracting(error -> ((HeadraceException) error).code())
        .isEqualTo(ErrorCode.INVALID_JOB);
  }

  @Test
  @Tag("AB-7")
  @Tag("R30")
  void aPauseMeansOneAtATimeAndContradictsMore() {
    CheckpointSettings pausing = CheckpointSettings.defaults().minPause(Duration.ofMillis(1));
    CheckpointSettings three = CheckpointSettings.defaults().maxConcurrent(3);
    String refusal =
        "checkpoint minPause is 1 ms and maxConcurrent is 3, but with a pause there is one at a"
            + " time: leave one of them out";

    assertThat(pausing.maxConcurrent(1)).isEqualTo(pausing);
    assertThatThrownBy(() -> pausing.maxConcurrent(3)).hasMessageContaining(refusal);
    assertThatThrownBy(() -> three.minPause(Duration.ofMillis(1))).hasMessageContaining(refusal);
  }

  @Test
  void eachMethodChangesOneThing() {
    CheckpointSettings changed =
        CheckpointSettings.defaults()
            .mode(CheckpointingMode.AT_LEAST_ONCE)
            .interval(Duration.ofMillis(2))
            .timeout(Duration.ofMillis(3))
            .minPause(Duration.ofMillis(4))
            .tolerableFailures(6)
            .retained(7);

    assertThat(changed)
        .isEqualTo(
            new CheckpointSettings(
                CheckpointingMode.AT_LEAST_ONCE,
                Duration.ofMillis(2),
                Duration.ofMillis(3),
                Duration.ofMillis(4),
                1,
                6,
                7));
    assertThat(CheckpointSettings.defaults().maxConcurrent(5).maxConcurrent()).isEqualTo(5);
  }
}

package io.headrace.engine.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.CheckpointId;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("AB-3")
class AlignmentTest {

  private static final CheckpointId FIRST = new CheckpointId(1);
  private static final CheckpointId SECOND = new CheckpointId(2);

  private final Alignment alignment = new Alignment(3);

  @Test
  void anInputWaitsBehindItsBarrierUntilTheLastHasCome() {
    assertThat(alignment.barrierFrom(1, FIRST, 100)).isEmpty();
    assertThat(alignment.isAligning()).isTrue();
    assertThat(alignment.isWaiting(1)).isTrue();
    assertThat(alignment.isWaiting(0)).isFalse();
    assertThat(alignment.barrierFrom(0, FIRST, 150)).isEmpty();

    assertThat(alignment.barrierFrom(2, FIRST, 170)).contains(Duration.ofNanos(70));

    assertThat(alignment.isAligning()).isFalse();
    for (int input = 0; input < 3; input++) {
      assertThat(alignment.isWaiting(input)).isFalse();
    }
  }

  @Test
  void theNextOneIsAlignedLikeTheFirst() {
    for (int input = 0; input < 3; input++) {
      alignment.barrierFrom(input, FIRST, 0);
    }

    assertThat(alignment.barrierFrom(2, SECOND, 0)).isEmpty();
    assertThat(alignment.isWaiting(2)).isTrue();
  }

  @Test
  void aSecondBarrierFromAnInputThatWaitsIsAMistake() {
    alignment.barrierFrom(1, FIRST, 0);

    assertThatThrownBy(() -> alignment.barrierFrom(1, SECOND, 0))
        .hasMessageContaining("input 1 sent a barrier while it waits");
  }

  @Test
  void barriersOfTwoCheckpointsAtOnceAreAMistake() {
    alignment.barrierFrom(1, FIRST, 0);

    assertThatThrownBy(() -> alignment.barrierFrom(0, SECOND, 0))
        .hasMessageContaining("barrier of checkpoint 2 while that of 1 is being aligned");
  }

  @Test
  void aTaskWithOneInputNeedsNoAlignment() {
    Alignment one = new Alignment(1);

    assertThat(one.barrierFrom(0, FIRST, 0)).contains(Duration.ZERO);
    assertThat(one.isWaiting(0)).isFalse();
  }
}

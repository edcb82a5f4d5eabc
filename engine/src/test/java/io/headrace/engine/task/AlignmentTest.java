package io.headrace.engine.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.CheckpointId;
import org.junit.jupiter.api.Test;

class AlignmentTest {

  private static final CheckpointId FIRST = new CheckpointId(1);
  private static final CheckpointId SECOND = new CheckpointId(2);

  private final Alignment alignment = new Alignment(3);

  @Test
  void anInputWaitsBehindItsBarrierUntilTheLastHasCome() {
    assertThat(alignment.barrierFrom(1, FIRST)).isFalse();
    assertThat(alignment.isIdle()).isFalse();
    assertThat(alignment.isWaiting(1)).isTrue();
    assertThat(alignment.isWaiting(0)).isFalse();
    assertThat(alignment.barrierFrom(0, FIRST)).isFalse();

    assertThat(alignment.barrierFrom(2, FIRST)).isTrue();

    assertThat(alignment.isIdle()).isTrue();
    for (int input = 0; input < 3; input++) {
      assertThat(alignment.isWaiting(input)).isFalse();
    }
  }

  @Test
  void theNextOneIsAlignedLikeTheFirst() {
    for (int input = 0; input < 3; input++) {
      alignment.barrierFrom(input, FIRST);
    }

    assertThat(alignment.barrierFrom(2, SECOND)).isFalse();
    assertThat(alignment.isWaiting(2)).isTrue();
  }

  @Test
  void aSecondBarrierFromAnInputThatWaitsIsAMistake() {
    alignment.barrierFrom(1, FIRST);

    assertThatThrownBy(() -> alignment.barrierFrom(1, SECOND))
        .hasMessageContaining("input 1 sent a barrier while it waits");
  }

  @Test
  void barriersOfTwoCheckpointsAtOnceAreAMistake() {
    alignment.barrierFrom(1, FIRST);

    assertThatThrownBy(() -> alignment.barrierFrom(0, SECOND))
        .hasMessageContaining("barrier of checkpoint 2 while that of 1 is being aligned");
  }

  @Test
  void aTaskWithOneInputNeedsNoAlignment() {
    Alignment one = new Alignment(1);

    assertThat(one.barrierFrom(0, FIRST)).isTrue();
    assertThat(one.isWaiting(0)).isFalse();
  }
}

package io.headrace.engine.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.CheckpointId;
import io.headrace.api.CheckpointingMode;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("AB-9")
class BarrierCountTest {

  private static final CheckpointId FIRST = new CheckpointId(1);
  private static final CheckpointId SECOND = new CheckpointId(2);

  private final Barriers barriers = Barriers.of(CheckpointingMode.AT_LEAST_ONCE, 2);

  @Test
  void noInputIsHeldBackAndTheLastBarrierIsTheMoment() {
    assertThat(barriers.barrierFrom(0, FIRST, 10)).isEmpty();
    assertThat(barriers.isWaiting(0)).isFalse();
    assertThat(barriers.isWaiting(1)).isFalse();
    assertThat(barriers.isAligning()).isFalse();

    assertThat(barriers.barrierFrom(1, FIRST, 30)).contains(Duration.ofNanos(20));
  }

  @Test
  @Tag("AB-7")
  void severalAreCountedAtOnceEachFromItsOwnFirstBarrier() {
    assertThat(barriers.barrierFrom(0, FIRST, 10)).isEmpty();
    assertThat(barriers.barrierFrom(0, SECOND, 20)).isEmpty();

    assertThat(barriers.barrierFrom(1, FIRST, 30)).contains(Duration.ofNanos(20));
    assertThat(barriers.barrierFrom(1, SECOND, 70)).contains(Duration.ofNanos(50));
  }

  @Test
  void aBarrierThatComesTwiceFromAnInputIsAMistake() {
    barriers.barrierFrom(0, FIRST, 0);

    assertThatThrownBy(() -> barriers.barrierFrom(0, FIRST, 0))
        .hasMessageContaining("input 0 sent the barrier of checkpoint 1 twice");
  }

  @Test
  void anInputThatLeavesABarrierOutIsAMistake() {
    barriers.barrierFrom(0, FIRST, 0);
    barriers.barrierFrom(0, SECOND, 0);

    assertThatThrownBy(() -> barriers.barrierFrom(1, SECOND, 0))
        .hasMessageContaining("checkpoint 2 have all come before those of checkpoint 1");
  }

  @Test
  @Tag("AB-4")
  void aTaskWithOneInputIsExactInBothModes() {
    for (CheckpointingMode mode : CheckpointingMode.values()) {
      Barriers one = Barriers.of(mode, 1);

      assertThat(one.barrierFrom(0, FIRST, 5)).contains(Duration.ZERO);
      assertThat(one.isWaiting(0)).isFalse();
    }
  }
}

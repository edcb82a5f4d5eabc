package io.headrace.engine.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.state.Times;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("TM-3")
class WatermarksTest {

  private final Watermarks watermarks = new Watermarks(3);

  @Test
  void theWatermarkIsTheLeastOfTheInputs() {
    watermarks.advance(0, 5);
    watermarks.advance(1, 3);
    assertThat(watermarks.together()).isEqualTo(Times.NO_WATERMARK);

    watermarks.advance(2, 4);
    assertThat(watermarks.together()).isEqualTo(3);
    watermarks.advance(1, 9);
    assertThat(watermarks.together()).isEqualTo(4);
  }

  @Test
  void anInputThatIsIdleHoldsBackNobodyUntilItWakesUp() {
    watermarks.advance(0, 5);
    watermarks.advance(1, 3);
    watermarks.idle(2);
    assertThat(watermarks.together()).isEqualTo(3);

    watermarks.advance(2, 1);
    assertThat(watermarks.together()).isEqualTo(1);
  }

  @Test
  void theWatermarkOfAnInputDoesNotGoBack() {
    for (int input = 0; input < 3; input++) {
      watermarks.advance(input, 5);
    }
    watermarks.advance(0, 2);

    assertThat(watermarks.together()).isEqualTo(5);
  }

  @Test
  void anInputThatHasEndedHoldsBackNobody() {
    watermarks.end(0);
    watermarks.advance(1, 3);
    watermarks.advance(2, 4);

    assertThat(watermarks.together()).isEqualTo(3);
  }

  @Test
  @Tag("TM-9")
  void anInputThatHasEndedDoesNotSpeakForThoseThatAreIdle() {
    watermarks.advance(1, 3);
    watermarks.advance(2, 4);
    watermarks.end(0);
    watermarks.idle(1);
    watermarks.idle(2);

    assertThat(watermarks.areIdle()).isTrue();
    assertThat(watermarks.together()).isEqualTo(4);
  }

  @Test
  @Tag("TM-9")
  void anInputThatWasIdleAndAheadWhenItEndedDoesNotSpeakForThemEither() {
    watermarks.advance(0, 9);
    watermarks.idle(0);
    watermarks.advance(1, 3);
    watermarks.advance(2, 4);
    watermarks.end(0);
    watermarks.idle(1);
    watermarks.idle(2);

    assertThat(watermarks.together()).isEqualTo(4);
  }

  @Test
  void theEndIsThatOfAllInputs() {
    watermarks.end(0);
    watermarks.end(1);
    watermarks.idle(2);
    assertThat(watermarks.haveEnded()).isFalse();

    watermarks.end(2);
    assertThat(watermarks.haveEnded()).isTrue();
    assertThat(watermarks.areIdle()).isFalse();
    assertThat(watermarks.together()).isEqualTo(Times.END);
    assertThatThrownBy(() -> watermarks.end(2)).hasMessageContaining("input 2 ended twice");
  }
}

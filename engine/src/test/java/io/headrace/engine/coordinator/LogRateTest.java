package io.headrace.engine.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("S25")
class LogRateTest {

  private static final long INTERVAL = LogRate.INTERVAL.toNanos();

  private final LogRate rate = new LogRate();

  private int passed(long now, int times) {
    int passed = 0;
    for (int i = 0; i < times; i++) {
      passed += rate.pass(now).isPresent() ? 1 : 0;
    }
    return passed;
  }

  @Test
  void theFirstTimesAreLoggedAndThenNoMore() {
    assertThat(passed(-7, 1_000_000)).isEqualTo(LogRate.MOST_AT_ONCE);
  }

  @Test
  void oneMoreIsLoggedAfterEachIntervalAndSaysHowManyWereNot() {
    assertThat(passed(0, 116)).isEqualTo(16);

    assertThat(rate.pass(INTERVAL - 1)).isEmpty();
    assertThat(rate.pass(INTERVAL)).isEqualTo(OptionalLong.of(101));
    assertThat(rate.pass(INTERVAL)).isEmpty();
    assertThat(passed(3 * INTERVAL, 10)).isEqualTo(2);
  }

  @Test
  void afterALongTimeItIsAsAtFirst() {
    assertThat(passed(0, 100)).isEqualTo(16);

    assertThat(passed(1_000 * INTERVAL, 100)).isEqualTo(16);
  }
}

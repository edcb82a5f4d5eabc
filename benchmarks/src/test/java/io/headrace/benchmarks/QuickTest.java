package io.headrace.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is measured when it is to be quick. */
final class QuickTest {

  private static List<String> split(String arguments) {
    return List.of(arguments.split(" ", -1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--intervals=70 --keys=90",
        "--quick --intervals=70 --keys=90",
        "--intervals=70 --keys=90 --quick"
      })
  void whatIsAskedForIsMeasuredWhateverElse(String arguments) {
    assertThat(Intervals.options(split(arguments)).intervals())
        .containsExactly(Duration.ofMillis(70));
    assertThat(Recovery.options(split(arguments)).keys()).containsExactly(90);
  }

  @Test
  void lessIsMeasuredWhereNothingIsAskedFor() {
    List<String> quick = List.of("--quick");

    assertThat(Intervals.options(quick).intervals())
        .hasSizeLessThan(Intervals.options(List.of()).intervals().size());
    assertThat(Recovery.options(quick).keys().get(0))
        .isLessThan(Recovery.options(List.of()).keys().get(0));
  }
}

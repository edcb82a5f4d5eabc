package io.headrace.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OptionsTest {

  private static final Options STANDARD = Options.of(Entrant.LOOP, Entrant.HEADRACE);

  @Test
  void listsAreSeparatedByCommas() {
    Options options =
        STANDARD.with(
            List.of(
                "--contestants=loop,flink",
                "--keys=10,20",
                "--collectors=g1",
                "--events=99",
                "--intervals=50"));

    assertThat(options.entrants()).containsExactly(Entrant.LOOP, Entrant.FLINK);
    assertThat(options.keys()).containsExactly(10, 20);
    assertThat(options.collectors()).containsExactly(Options.Collector.G1);
    assertThat(options.events()).contains(99L);
    assertThat(options.intervals()).containsExactly(Duration.ofMillis(50));
  }

  @Test
  void withoutArgumentsNothingChanges() {
    assertThat(STANDARD.with(List.of())).isEqualTo(STANDARD);
  }

  @Test
  void anUnknownContestantIsRefusedWithTheNamesThereAre() {
    assertThatThrownBy(() -> STANDARD.with(List.of("--contestants=storm")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("storm")
        .hasMessageContaining("jet-map-stateful");
  }

  @Test
  void anUnknownArgumentIsRefused() {
    assertThatThrownBy(() -> STANDARD.with(List.of("--fast")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--fast");
  }
}

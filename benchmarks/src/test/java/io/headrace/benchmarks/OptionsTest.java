package io.headrace.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class OptionsTest {

  @Test
  void listsAreSeparatedByCommas() {
    Options options =
        Options.parse(
            List.of("--contestants=loop,flink", "--keys=10,20", "--collectors=g1", "--events=99"));

    assertThat(options.entrants()).containsExactly(Entrant.LOOP, Entrant.FLINK);
    assertThat(options.keys()).containsExactly(10, 20);
    assertThat(options.collectors()).containsExactly(Options.Collector.G1);
    assertThat(options.events()).contains(99L);
  }

  @Test
  void withoutArgumentsEverybodyRuns() {
    assertThat(Options.parse(List.of())).isEqualTo(Options.standard());
  }

  @Test
  void anUnknownContestantIsRefusedWithTheNamesThereAre() {
    assertThatThrownBy(() -> Options.parse(List.of("--contestants=storm")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("storm")
        .hasMessageContaining("jet-map-stateful");
  }

  @Test
  void anUnknownArgumentIsRefused() {
    assertThatThrownBy(() -> Options.parse(List.of("--fast")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--fast");
  }
}

package io.headrace.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KillRoundsTest {

  private static final int ROUNDS = 200;

  @Test
  @Tag("full") // Takes some ten minutes.
  void nobodyCanTellThatTheProcessWasKilled(@TempDir Path folder) throws Exception {
    KillRounds.Counts counts = KillRounds.run(folder, ROUNDS, 1);

    assertThat(counts.areEnough()).as("%s", counts).isTrue();
  }

  @Test
  void nobodyCanTellThatTheProcessWasKilledOnce(@TempDir Path folder) throws Exception {
    assertThat(KillRounds.run(folder, 1, 3).kills()).isEqualTo(1);
  }
}

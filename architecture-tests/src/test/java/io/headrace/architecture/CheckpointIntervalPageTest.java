package io.headrace.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.CheckpointSettings;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The page on the interval between checkpoints says what it trades, and what the default is. */
@Tag("SP-2")
final class CheckpointIntervalPageTest {

  private static final String PAGE =
      Repository.text(Repository.found().root().resolve("docs/CHECKPOINT-INTERVAL.md"));

  @Test
  void thePageSaysWhatTheIntervalCostsAndWhatItSaves() {
    assertThat(PAGE)
        .contains(
            "replay = rate × (interval + duration)",
            "the overhead is inversely proportional to it: twice the interval, half the overhead");
  }

  @Test
  void thePageKnowsTheDefault() {
    CheckpointSettings defaults = CheckpointSettings.defaults();

    assertThat(PAGE).contains("leave it at " + defaults.interval().toSeconds() + " s");
  }
}

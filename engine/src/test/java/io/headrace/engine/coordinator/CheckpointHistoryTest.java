package io.headrace.engine.coordinator;

import static java.time.Duration.ZERO;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.CheckpointId;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("AB-17")
class CheckpointHistoryTest {

  private static final CheckpointStatus.Phases PHASES =
      new CheckpointStatus.Phases(ZERO, ZERO, ZERO, ZERO, ZERO, ZERO);

  private final CheckpointHistory history = new CheckpointHistory();

  private static CheckpointStatus status(long id, Optional<String> failure) {
    return new CheckpointStatus(
        new CheckpointId(id), Instant.EPOCH, ZERO, 0, 0, PHASES, failure, Optional.empty());
  }

  @Test
  void theLastCompleteOneIsToldHoweverManyFailAfterIt() {
    CheckpointStatus complete = status(1, Optional.empty());
    history.add(complete);
    for (int id = 2; id <= 100; id++) {
      history.add(status(id, Optional.of("the disk is full")));
    }

    assertThat(history.last()).hasSize(17).startsWith(complete);
    assertThat(history.last()).last().isEqualTo(status(100, Optional.of("the disk is full")));
    assertThat(history.givenUp()).isEqualTo(99);
  }

  @Test
  void oneThatEndedWithItsAttemptIsToldAndCountedAndSaysNothingOfTheNextOne() {
    CheckpointStatus ended = status(2, Optional.of("the job failed before it was complete"));
    history.add(status(1, Optional.empty()));
    history.addUnfinished(ended);

    assertThat(history.last()).last().isEqualTo(ended);
    assertThat(history.complete()).isEqualTo(1);
    assertThat(history.givenUp()).isEqualTo(1);
    assertThat(history.lastFailure()).isEmpty();

    history.add(status(3, Optional.of("the disk is full")));
    history.addUnfinished(ended);

    assertThat(history.lastFailure().orElseThrow()).contains("the disk is full");
  }

  @Test
  void noneIsToldTwice() {
    for (int id = 1; id <= 100; id++) {
      history.add(status(id, Optional.empty()));
    }

    assertThat(history.last()).hasSize(16).doesNotHaveDuplicates();
    assertThat(history.complete()).isEqualTo(100);
  }
}

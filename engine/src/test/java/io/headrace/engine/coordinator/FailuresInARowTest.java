package io.headrace.engine.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.CheckpointId;
import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("RE-10")
class FailuresInARowTest {

  private final Exception cause = new IllegalStateException("the disk is full");

  private Optional<HeadraceException> fail(FailuresInARow failures, long id) {
    return failures.add(new CheckpointId(id), "it could not be written", cause);
  }

  @Test
  void oneMoreThanAreToleratedIsTooManyAndSaysWhy() {
    FailuresInARow failures = new FailuresInARow(2);

    assertThat(fail(failures, 1)).isEmpty();
    assertThat(fail(failures, 2)).isEmpty();
    HeadraceException tooMany = fail(failures, 3).orElseThrow();

    assertThat(tooMany.code()).isEqualTo(ErrorCode.CHECKPOINT_FAILED);
    assertThat(tooMany)
        .hasCause(cause)
        .hasMessageContaining("Checkpoint 3 failed: it could not be written.")
        .hasMessageContaining("So did the 2 before it");
  }

  @Test
  void aCompleteOneBetweenThemEndsTheRow() {
    FailuresInARow failures = new FailuresInARow(1);

    assertThat(fail(failures, 1)).isEmpty();
    failures.end();
    assertThat(fail(failures, 3)).isEmpty();
    assertThat(fail(failures, 4)).isPresent();
  }

  @Test
  void ifNoneIsToleratedTheFirstIsTooMany() {
    assertThat(fail(new FailuresInARow(0), 1).orElseThrow())
        .hasMessageContaining("None may fail (tolerableFailures)");
  }

  @Test
  void byDefaultAnyNumberIsTolerated() {
    FailuresInARow failures = new FailuresInARow(Integer.MAX_VALUE);

    for (long id = 1; id <= 1_000; id++) {
      assertThat(fail(failures, id)).isEmpty();
    }
  }
}

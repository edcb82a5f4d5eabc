package io.headrace.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProgressTest {

  private static final int KEYS = 4;

  private final Path file;

  ProgressTest(@TempDir Path directory) {
    this.file = directory.resolve("outputs");
  }

  @Test
  void whatWasOutputIsCountedInTheFile() throws Exception {
    Progress progress = Progress.in(file, KEYS);
    Taker one = progress.newTaker();
    Taker other = progress.newTaker();

    take(one, 0);
    take(one, 2);
    take(other, 1);

    assertThat(Progress.counted(file)).isEqualTo(3);
    assertThat(progress.outputs()).isEqualTo(3);
    assertThat(progress.wrong()).isZero();
  }

  @Test
  void whatCameBeforeFollowsFromTheFirstEventOfEachSplit() throws Exception {
    Progress progress = Progress.in(file, KEYS);
    Taker one = progress.newTaker();
    Taker other = progress.newTaker();

    take(one, 12);
    assertThat(progress.before()).isEmpty();
    take(other, 10);
    take(other, 7);

    assertThat(progress.before()).contains(5L + 3L);
  }

  @Test
  void everyKeyIsMetWhenEachSplitHasComeFarEnough() throws Exception {
    Progress progress = Progress.in(file, KEYS);
    Taker taker = progress.newTaker();

    for (long event = 100; event < 104; event++) {
      take(taker, event);
    }
    assertThat(progress.hasMetEveryKey()).isFalse();
    take(taker, 104);
    take(taker, 105);

    assertThat(progress.hasMetEveryKey()).isTrue();
  }

  @Test
  void theTakerThatIsBehindSaysHowFarASplitHasCome() throws Exception {
    Progress progress = Progress.in(file, KEYS);
    Taker ahead = progress.newTaker();
    Taker behind = progress.newTaker();
    for (long event = 100; event < 110; event++) {
      take(ahead, event);
    }

    take(behind, 100);
    take(behind, 101);
    assertThat(progress.hasMetEveryKey()).isFalse();
    take(behind, 106);
    take(behind, 107);

    assertThat(progress.hasMetEveryKey()).isTrue();
  }

  @Test
  void aSumThatWasLostIsFound() throws Exception {
    Progress progress = Progress.in(file, KEYS);

    progress.newTaker().take(5, Rotation.sum(5 - KEYS, KEYS));

    assertThat(progress.wrong()).isEqualTo(1);
  }

  private static void take(Taker taker, long event) {
    taker.take(event, Rotation.sum(event, KEYS));
  }
}

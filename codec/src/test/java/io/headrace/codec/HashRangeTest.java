package io.headrace.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which hashes a task owns. */
class HashRangeTest {

  private static final long LARGEST = -1;

  private static IntStream parallelisms() {
    return IntStream.concat(
        IntStream.rangeClosed(1, 70), IntStream.of(127, 128, 1_000, 4_099, 32_768));
  }

  private static List<HashRange> ranges(int parallelism) {
    List<HashRange> ranges = new ArrayList<>();
    for (int task = 0; task < parallelism; task++) {
      ranges.add(HashRange.ofTask(task, parallelism));
    }
    return ranges;
  }

  @Test
  @Tag("KS-4")
  void theRangesOfAllTasksCoverEachHashOnce() {
    parallelisms()
        .forEach(
            parallelism -> {
              long next = 0;
              for (HashRange range : ranges(parallelism)) {
                assertThat(range.first()).as("of %s tasks", parallelism).isEqualTo(next);
                next = range.last() + 1;
              }
              assertThat(next - 1).as("of %s tasks", parallelism).isEqualTo(LARGEST);
            });
  }

  @Test
  @Tag("KS-4")
  void aTaskIsSentTheHashesOfItsRangeAndNoOthers() {
    SplittableRandom random = new SplittableRandom(5);
    parallelisms()
        .forEach(
            parallelism -> {
              for (int task = 0; task < parallelism; task++) {
                HashRange range = HashRange.ofTask(task, parallelism);
                assertThat(HashRange.taskOf(range.first(), parallelism)).isEqualTo(task);
                assertThat(HashRange.taskOf(range.last(), parallelism)).isEqualTo(task);
              }
              for (int i = 0; i < 1_000; i++) {
                long hash = random.nextLong();
                int owner = HashRange.taskOf(hash, parallelism);
                assertThat(HashRange.ofTask(owner, parallelism).contains(hash)).isTrue();
              }
            });
  }

  @Test
  @Tag("KS-4")
  void atAnotherParallelismATaskTakesFromThoseWhoseRangesOverlapItsOwn() {
    SplittableRandom random = new SplittableRandom(7);
    for (int from = 1; from <= 12; from++) {
      for (int to = 1; to <= 12; to++) {
        List<HashRange> before = ranges(from);
        for (HashRange range : ranges(to)) {
          List<HashRange> giving = before.stream().filter(range::overlaps).toList();
          assertThat(giving.get(0).contains(range.first())).isTrue();
          assertThat(giving.get(giving.size() - 1).contains(range.last())).isTrue();
          assertThat(giving)
              .isEqualTo(
                  before.subList(
                      before.indexOf(giving.get(0)),
                      before.indexOf(giving.get(0)) + giving.size()));
        }
        long hash = random.nextLong();
        HashRange giver = HashRange.ofTask(HashRange.taskOf(hash, from), from);
        HashRange taker = HashRange.ofTask(HashRange.taskOf(hash, to), to);
        assertThat(giver.overlaps(taker)).isTrue();
      }
    }
  }

  @Test
  void aRangeIsInOrderAndOfATaskThatThereIs() {
    assertThatThrownBy(() -> new HashRange(-1, 1))
        .hasMessage("A hash range ends before it begins: ffffffffffffffff to 1.");
    assertThatThrownBy(() -> HashRange.ofTask(3, 3)).hasMessage("task 3 of 3");
    assertThatThrownBy(() -> HashRange.ofTask(-1, 3)).hasMessage("task -1 of 3");
  }
}

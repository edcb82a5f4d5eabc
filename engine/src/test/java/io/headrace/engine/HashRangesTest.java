package io.headrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.Settings;
import io.headrace.api.connector.Sinks;
import io.headrace.api.connector.Sources;
import io.headrace.checkpoint.Manifest;
import io.headrace.checkpoint.StateFile;
import io.headrace.codec.HashRange;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How keyed state is divided among tasks. */
@Timeout(60)
class HashRangesTest {

  private static final long KEYS = 10_000;

  @TempDir Path directory;

  private void run(int parallelism) {
    Headrace.run(
        pipeline ->
            pipeline
                .source("numbers", Sources.generate(Long.class, KEYS, index -> index).splits(2))
                .keyBy(number -> number)
                .aggregate("sums", Long.class, 0L, (sum, number) -> sum + number)
                .sink("out", Sinks.collect()),
        Settings.in(directory).parallelism(parallelism));
  }

  @Test
  @Tag("KS-4")
  void eachTaskStoresItsRangeAndIsGivenItsRangeAtAnotherParallelism() throws IOException {
    for (int parallelism : new int[] {3, 2, 5, 1, 4}) {
      run(parallelism);

      Manifest.Operator sums = StoredCheckpoints.newest(directory).operators().get(0);
      Manifest.State state = sums.states().get(0);
      assertThat(state.files())
          .extracting(StateFile::task)
          .doesNotHaveDuplicates()
          .hasSize(parallelism);
      assertThat(state.files().stream().mapToLong(StateFile::entries).sum()).isEqualTo(KEYS);
      for (StateFile file : state.files()) {
        HashRange range = HashRange.ofTask(file.task(), parallelism);
        assertThat(file.blocks())
            .isNotEmpty()
            .allSatisfy(block -> assertThat(range.contains(block.firstHash())).isTrue())
            .allSatisfy(block -> assertThat(range.contains(block.lastHash())).isTrue());
      }
    }
  }
}

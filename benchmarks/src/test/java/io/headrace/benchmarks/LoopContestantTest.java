package io.headrace.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LoopContestantTest {

  @Test
  void everyEventIsCountedOnceAndTheLastCheckpointLeadsToTheSameSums(@TempDir Path directory)
      throws Exception {
    Report report = Child.run(Work.SUMS, Entrant.LOOP.make(Work.SUMS), workload(directory));

    assertThat(report.checksumRight()).isTrue();
    assertThat(report.result().completed()).isPositive();
    assertThat(report.result().restore()).isEqualTo(Result.Restore.RIGHT);
  }

  @Test
  void withoutCheckpointsNothingIsWritten(@TempDir Path directory) throws Exception {
    Report report =
        Child.run(Work.SUMS, Entrant.LOOP_WITHOUT_CHECKPOINTS.make(Work.SUMS), workload(directory));

    assertThat(report.checksumRight()).isTrue();
    assertThat(report.result()).isEqualTo(new Result(0, 0, Result.Restore.NOT_TRIED));
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void aRestoreFromADamagedCheckpointGivesOtherSums(@TempDir Path directory) throws Exception {
    Workload workload = workload(directory);
    Child.run(Work.SUMS, Entrant.LOOP.make(Work.SUMS), workload);
    Path checkpoint = LoopCheckpoints.completeFile(workload);
    long right = LoopSums.restoredFingerprint(workload, checkpoint);

    moveBackOneEvent(checkpoint);

    assertThat(LoopSums.restoredFingerprint(workload, checkpoint)).isNotEqualTo(right);
  }

  @Test
  void everyOrderIsCountedOnce(@TempDir Path directory) throws Exception {
    Workload orders = new Workload(10_000, 2_000_000, 2, Duration.ofMillis(20), directory);

    Report report = Child.run(Work.ORDERS, Entrant.LOOP.make(Work.ORDERS), orders);

    assertThat(report.checksumRight()).isTrue();
    assertThat(report.result().completed()).isPositive();
  }

  @Test
  void everyTimerFiresOnce(@TempDir Path directory) throws Exception {
    Workload timers = new Workload(10_000, 2_000_000, 2, Duration.ofMillis(20), directory);

    Report report = Child.run(Work.TIMERS, Entrant.LOOP.make(Work.TIMERS), timers);

    assertThat(report.checksumRight()).isTrue();
    assertThat(report.result().completed()).isPositive();
  }

  private static void moveBackOneEvent(Path checkpoint) throws Exception {
    try (FileChannel file =
        FileChannel.open(checkpoint, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer next = ByteBuffer.allocate(Long.BYTES);
      file.read(next, Long.BYTES);
      file.write(next.putLong(0, next.getLong(0) - 1).flip(), Long.BYTES);
    }
  }

  private static Workload workload(Path directory) {
    return new Workload(10_000, 20_000_000, 2, Duration.ofMillis(20), directory);
  }
}

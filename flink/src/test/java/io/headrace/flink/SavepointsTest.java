package io.headrace.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.Job;
import io.headrace.flink.MiniClusterRunner.Stop;
import io.headrace.simulation.RandomJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Jobs on Flink that are stopped with a savepoint in the middle, and submitted again with it. */
@Timeout(300)
class SavepointsTest {

  private static final int JOBS = Integer.getInteger("contract.savepoints", 6);
  private static final double SLOWLY = 1;
  private static final double FAST = 1_000_000;

  /** Between two looks at a job, which has the processors for itself meanwhile. */
  private static final Duration PAUSE = Duration.ofMillis(5);

  @TempDir Path folder;

  @Test
  void randomJobsGoOnWithOtherParallelismsAndWriteWhatAnOracleWrites() throws Exception {
    try (MiniClusterRunner flink = new MiniClusterRunner()) {
      for (long seed = 1; seed <= JOBS; seed++) {
        try {
          stopAndGoOn(flink, seed);
        } catch (Exception | AssertionError failed) {
          throw new AssertionError("seed " + seed, failed);
        }
      }
    }
  }

  /** Its readers wait in the middle for a checkpoint, which none sees before the job is stopped. */
  private void stopAndGoOn(MiniClusterRunner flink, long seed) throws Exception {
    Path out = Files.createDirectories(folder.resolve("out-" + seed));
    Path state = folder.resolve("state-" + seed);
    Stop how = seed % 2 == 0 ? Stop.COMMITTED : Stop.UNCOMMITTED;
    RandomJob job = new RandomJob(seed, out.toString());

    String savepoint = flink.stop(begun(flink, job, state, out), state, how);
    assertThat(out.resolve("has-failed")).doesNotExist();
    assertThat(files(out.resolve("counts"), "(?!.*/.pending/).*") > 0)
        .isEqualTo(how == Stop.COMMITTED);
    flink.goOn(job.rescaled(), state, savepoint);

    job.check();
    assertThat(out.resolve("has-failed")).exists();
  }

  /** A job all of whose tasks run, and that has begun to write. */
  private static JobID begun(MiniClusterRunner flink, Job job, Path state, Path out)
      throws Exception {
    JobID id = flink.start(job, state);
    while (!flink.isRunning(id) || files(out, ".*/.pending/.*") == 0) {
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    return id;
  }

  /** How many files there are with values and with names like one. */
  private static long files(Path folder, String names) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .map(Path::toString)
          .filter(file -> file.matches(names) && file.matches(".*\\.(jsonl|txt)"))
          .count();
    }
  }

  @Test
  void writersAndCommittersAreOfTheLineageOfTheFirstSubmission() throws Exception {
    Path out = Files.createDirectories(folder.resolve("out"));
    Path state = folder.resolve("state");
    Witness job = new Witness(out.toString(), SLOWLY);
    try (MiniClusterRunner flink = new MiniClusterRunner()) {
      String savepoint = flink.stop(begun(flink, job, state, out), state, Stop.COMMITTED);
      flink.goOn(new Witness(out.toString(), FAST), state, savepoint);
    }

    List<String> notes = Files.readAllLines(job.notes()).stream().distinct().sorted().toList();
    String lineage = notes.get(0).split(" ", -1)[1];
    String later = notes.get(1).split(" ", -1)[2];
    assertThat(Long.parseLong(later)).isGreaterThan(1);
    assertThat(notes)
        .containsExactly(
            "committer " + lineage + " 1",
            "committer " + lineage + " " + later,
            "writer " + lineage + " 1",
            "writer " + lineage + " " + later);
  }
}

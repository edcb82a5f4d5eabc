package io.headrace.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.simulation.RandomJob;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random jobs, each of which fails once, write the same on both runners and as an oracle says. */
class RandomJobsTest {

  private static final int JOBS = Integer.getInteger("contract.jobs", 50);

  @TempDir Path folder;

  @Test
  void writeOnFlinkWhatTheOracleWrites() throws Exception {
    try (Runner flink = new MiniClusterRunner()) {
      runAll(flink);
    }
  }

  @Test
  void writeInThisJvmWhatTheOracleWrites() throws Exception {
    try (Runner embedded = new EmbeddedRunner()) {
      runAll(embedded);
    }
  }

  private void runAll(Runner runner) throws Exception {
    for (long seed = 1; seed <= JOBS; seed++) {
      Path out = Files.createDirectories(folder.resolve("out-" + seed));
      RandomJob job = new RandomJob(seed, out.toString());
      try {
        runner.run(job, folder.resolve("state-" + seed));
        job.check();
      } catch (Exception | AssertionError failed) {
        throw new AssertionError("seed " + seed, failed);
      }
      assertThat(out.resolve("has-failed")).exists();
    }
  }
}

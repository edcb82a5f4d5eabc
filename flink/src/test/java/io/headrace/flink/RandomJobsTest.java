package io.headrace.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.simulation.RandomJob;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random jobs, each of which fails once, write the same on both runners and as an oracle says. */
class RandomJobsTest {

  /** How many jobs, each of the seed after that of the one before. */
  private static final int JOBS = Integer.getInteger("contract.jobs", 50);

  private static final long FIRST = Long.getLong("contract.seed", 1);

  private static Runner flink = new EmbeddedRunner();

  @TempDir Path folder;

  @BeforeAll
  static void startFlink() throws Exception {
    flink = new MiniClusterRunner();
  }

  @AfterAll
  static void stopFlink() throws Exception {
    flink.close();
  }

  static LongStream seeds() {
    return LongStream.range(FIRST, FIRST + JOBS);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void writeOnFlinkWhatTheOracleWrites(long seed) throws Exception {
    check(seed, flink);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void writeInThisJvmWhatTheOracleWrites(long seed) throws Exception {
    check(seed, new EmbeddedRunner());
  }

  private void check(long seed, Runner runner) throws Exception {
    Path out = Files.createDirectories(folder.resolve("out"));
    RandomJob job = new RandomJob(seed, out.toString());

    runner.run(job, folder.resolve("state"));

    job.check();
    assertThat(out.resolve("has-failed")).exists();
  }
}

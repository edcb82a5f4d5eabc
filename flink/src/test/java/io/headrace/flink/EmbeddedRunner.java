package io.headrace.flink;

import io.headrace.api.Job;
import io.headrace.api.RestartStrategy;
import io.headrace.api.Settings;
import io.headrace.engine.Headrace;
import java.nio.file.Path;
import java.time.Duration;

/** Runs jobs in this JVM. */
final class EmbeddedRunner implements Runner {

  @Override
  public void run(Job job, Path directory) throws Exception {
    Headrace.run(
        job,
        Settings.in(directory)
            .checkpointInterval(Duration.ofMillis(20))
            .withRestarts(RestartStrategy.fixedDelay(3, Duration.ofMillis(10))));
  }
}

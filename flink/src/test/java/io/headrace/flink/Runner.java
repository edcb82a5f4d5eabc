package io.headrace.flink;

import io.headrace.api.Job;
import java.nio.file.Path;

/** Runs jobs to their end. */
interface Runner extends AutoCloseable {

  /**
   * Runs a job.
   *
   * @param directory a new folder for what the runner keeps
   */
  void run(Job job, Path directory) throws Exception;

  @Override
  default void close() throws Exception {}
}

package io.headrace.flink;

import io.headrace.examples.FlightDelays;
import java.nio.file.Path;

/** A program of a user's that runs a job on Flink. */
public final class FlightsOnFlink {

  private FlightsOnFlink() {}

  /**
   * Runs the job.
   *
   * @param arguments the flights, how many a second, and the folder for the updates
   */
  public static void main(String[] arguments) throws Exception {
    FlinkRunner.run(
        new FlightDelays(
            Path.of(arguments[0]), Double.parseDouble(arguments[1]), Path.of(arguments[2])));
  }
}

package io.headrace.examples;

import io.headrace.api.Job;
import io.headrace.api.Pipeline;
import io.headrace.api.Source;
import io.headrace.files.JsonLines;
import java.nio.file.Path;

/**
 * Mean and worst departure delay of every airport, over real flights.
 *
 * @param flights where the flights come from
 * @param updates the folder that every update is written to
 */
public record FlightDelays(Source<Flight, ?> flights, Path updates) implements Job {

  @Override
  public void define(Pipeline pipeline) {
    pipeline
        .source("flights", flights)
        .keyBy(Flight::origin)
        .process("delay-by-airport", DelayByAirport::new)
        .sink("updates", JsonLines.write(updates, AirportDelay.class));
  }
}

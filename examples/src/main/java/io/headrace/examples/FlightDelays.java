package io.headrace.examples;

import io.headrace.api.Job;
import io.headrace.api.Pipeline;
import io.headrace.api.Source;
import io.headrace.api.connector.Sources;
import io.headrace.files.JsonArray;
import io.headrace.files.JsonLines;
import java.nio.file.Path;

/**
 * Mean and worst departure delay of every airport, over real flights. As a record of settings it
 * runs in this JVM and on a cluster.
 *
 * @param flights a file with an array of flights
 * @param perSecond how many flights a second are read, at most; 0 for no limit
 * @param updates the folder that every update is written to
 */
public record FlightDelays(Path flights, double perSecond, Path updates) implements Job {

  @Override
  public void define(Pipeline pipeline) {
    Source<Flight, ?> source = JsonArray.read(flights, Flight.class);
    pipeline
        .source("flights", perSecond > 0 ? Sources.paced(source, perSecond) : source)
        .keyBy(Flight::origin)
        .process("delay-by-airport", DelayByAirport::new)
        .sink("updates", JsonLines.write(updates, AirportDelay.class));
  }
}

package io.headrace.examples;

import io.headrace.api.Context;
import io.headrace.api.KeyedProcess;
import io.headrace.api.MapState;
import io.headrace.api.States;
import io.headrace.api.ValueState;

/** Keeps the delays of each airport, in all and for each destination. */
final class DelayByAirport implements KeyedProcess<String, Flight, AirportDelay> {

  private final ValueState<Delays> delays;
  private final MapState<String, Delays> byDestination;

  DelayByAirport(States states) {
    delays = states.value("delays", Delays.class, Delays.NONE);
    byDestination = states.map("by-destination", String.class, Delays.class);
  }

  @Override
  public void process(Flight flight, Context<String, AirportDelay> at) {
    Delays all = delays.update(before -> before.plus(flight.delay()));
    Delays there =
        byDestination.getOrDefault(flight.destination(), Delays.NONE).plus(flight.delay());
    byDestination.put(flight.destination(), there);
    at.emit(
        new AirportDelay(
            at.key(), all.count(), all.mean(), all.worst(), flight.destination(), there.mean()));
  }
}

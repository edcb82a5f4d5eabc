package io.headrace.examples;

import io.headrace.api.Context;
import io.headrace.api.Job;
import io.headrace.api.KeyedProcess;
import io.headrace.api.MapState;
import io.headrace.api.OnTimerContext;
import io.headrace.api.Pipeline;
import io.headrace.api.SideOutput;
import io.headrace.api.Sink;
import io.headrace.api.Source;
import io.headrace.api.States;
import io.headrace.api.Stream;
import io.headrace.api.TimerService;
import io.headrace.api.WatermarkStrategy;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/**
 * How many flights left each airport in each hour, told when the hour is over: the job of the page
 * on time.
 *
 * @param flights where the flights come from
 * @param report where it goes what the hours came to
 * @param late where flights go that came when their hour had been told
 */
public record HourlyDepartures(
    Source<Flight, ?> flights, Sink<Departures, ?> report, Sink<Flight, ?> late) implements Job {

  /** How many flights left an airport in an hour. */
  public record Departures(String airport, Instant hour, long flights) {}

  private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm");

  // page:begin
  private static final SideOutput<Flight> LATE = SideOutput.of("late", Flight.class);

  @Override
  public void define(Pipeline pipeline) {
    WatermarkStrategy<Flight> eventTime =
        WatermarkStrategy.forBoundedOutOfOrderness(
            Duration.ofMinutes(10), HourlyDepartures::departure);
    Stream<Departures> departures =
        pipeline
            .source("flights", flights, eventTime)
            .keyBy(Flight::origin)
            .process("departures", CountByHour::new);
    departures.sink("report", report);
    departures.side(LATE).sink("late", late);
  }

  static final class CountByHour implements KeyedProcess<String, Flight, Departures> {
    private final MapState<Instant, Long> hours;
    private final TimerService timers;

    CountByHour(States states) {
      hours = states.map("hours", Instant.class, Long.class);
      timers = states.timers();
    }

    @Override
    public void process(Flight flight, Context<String, Departures> at) {
      Instant hour = departure(flight).truncatedTo(ChronoUnit.HOURS);
      Instant last = hour.plus(1, ChronoUnit.HOURS).minusMillis(1);
      if (timers.currentWatermark().filter(reached -> !reached.isBefore(last)).isPresent()) {
        at.emit(LATE, flight);
        return;
      }
      hours.put(hour, hours.getOrDefault(hour, 0L) + 1);
      timers.registerEventTimeTimer(last);
    }

    @Override
    public void onTimer(Instant last, OnTimerContext<String, Departures> at) {
      Instant hour = last.truncatedTo(ChronoUnit.HOURS);
      at.emit(new Departures(at.key(), hour, hours.getOrDefault(hour, 0L)));
      hours.remove(hour);
    }
  }

  // page:end

  /** When a flight left. */
  static Instant departure(Flight flight) {
    return LocalDateTime.parse(flight.date(), MINUTES).toInstant(ZoneOffset.UTC);
  }
}

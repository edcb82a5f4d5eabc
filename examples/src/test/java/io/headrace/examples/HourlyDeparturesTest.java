package io.headrace.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.ConnectorContext;
import io.headrace.api.Settings;
import io.headrace.api.Source;
import io.headrace.api.SourceOutput;
import io.headrace.api.SourceReader;
import io.headrace.api.Split;
import io.headrace.api.TypeToken;
import io.headrace.api.connector.CollectingSink;
import io.headrace.api.connector.Sinks;
import io.headrace.engine.Headrace;
import io.headrace.examples.HourlyDepartures.Departures;
import io.headrace.files.JsonArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("TM-1")
@Timeout(60)
class HourlyDeparturesTest {

  @TempDir Path folder;

  private final CollectingSink<Departures> report = Sinks.collect();
  private final CollectingSink<Flight> late = Sinks.collect();

  @Test
  void theJobOnThePageIsTheOneThatIsCompiled() throws IOException {
    String source =
        Files.readString(Path.of("src/main/java/io/headrace/examples/HourlyDepartures.java"));
    String region =
        source
            .substring(
                source.indexOf("// page:begin\n") + "// page:begin\n".length(),
                source.indexOf("  // page:end"))
            .lines()
            .map(line -> line.startsWith("  ") ? line.substring(2) : line)
            .collect(Collectors.joining("\n"))
            .strip();

    assertThat(Files.readString(Path.of("../docs/TIME.md")))
        .contains("```java\n" + region + "\n```");
  }

  @Test
  void eachHourOfAnAirportIsToldOnceWithAllItsFlights() throws IOException {
    run(JsonArray.read(Flights.copyTo(folder), Flight.class));

    assertThat(report.values().stream().mapToLong(Departures::flights).sum())
        .isEqualTo(Flights.COUNT);
    assertThat(report.values())
        .extracting(hour -> hour.airport() + hour.hour())
        .doesNotHaveDuplicates();
    assertThat(late.values()).isEmpty();
  }

  @Test
  void aFlightThatComesWhenItsHourHasBeenToldIsLate() {
    Flight early = new Flight("2001/01/10 09:15", 0, 100, "SFO", "LAX");
    Flight next = new Flight("2001/01/10 12:00", 0, 100, "SFO", "LAX");

    run(new OneByOne(List.of(early, next, early)));

    assertThat(late.values()).containsExactly(early);
    assertThat(report.values())
        .containsExactly(
            new Departures("SFO", Instant.parse("2001-01-10T09:00:00Z"), 1),
            new Departures("SFO", Instant.parse("2001-01-10T12:00:00Z"), 1));
  }

  private void run(Source<Flight, ?> flights) {
    Headrace.run(
        new HourlyDepartures(flights, report, late),
        Settings.in(folder.resolve("state")).parallelism(1));
  }

  /** Flights of which each comes when the watermark has followed those before it. */
  private record OneByOne(List<Flight> flights) implements Source<Flight, Integer> {

    @Override
    public TypeToken<Flight> type() {
      return TypeToken.of(Flight.class);
    }

    @Override
    public TypeToken<Integer> positionType() {
      return TypeToken.of(Integer.class);
    }

    @Override
    public boolean isBounded() {
      return true;
    }

    @Override
    public List<Split<Integer>> splits() {
      return List.of(new Split<>("flights", 0));
    }

    @Override
    public SourceReader<Flight, Integer> open(
        String split, Integer position, ConnectorContext context) {
      return new SourceReader<>() {
        private int next = position;

        @Override
        public Poll poll(SourceOutput<Flight> out) {
          if (next == flights.size()) {
            return Poll.END;
          }
          out.emit(flights.get(next++));
          return Poll.LATER;
        }

        @Override
        public Integer position() {
          return next;
        }

        @Override
        public void close() {
          // Nothing is held open.
        }
      };
    }
  }
}

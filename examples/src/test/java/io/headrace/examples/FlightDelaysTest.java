package io.headrace.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.Settings;
import io.headrace.engine.Headrace;
import io.headrace.engine.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FlightDelaysTest {

  @TempDir Path folder;

  private FlightDelays job(String updates) throws IOException {
    return new FlightDelays(Flights.copyTo(folder), 0, folder.resolve(updates));
  }

  @Test
  void everyFlightGivesAnUpdateAndTheReportKnowsTheBusiestAirport() throws IOException {
    Headrace.run(job("updates"), Settings.in(folder.resolve("state")).parallelism(2));

    Updates updates = Updates.read(folder.resolve("updates"));
    List<AirportDelay> report = updates.report();
    assertThat(updates.count()).isEqualTo(Flights.COUNT);
    assertThat(report).hasSize(220);
    assertThat(report.get(0).airport()).isEqualTo("DFW");
    assertThat(report.get(0).flights()).isEqualTo(1_103);
    assertThat(report.get(0).worst()).isEqualTo(298);
  }

  @Test
  void aJobThatIsCancelledOnTheWayCommitsTheSameLines() throws IOException {
    Settings settings =
        Settings.in(folder.resolve("state"))
            .parallelism(2)
            .checkpointInterval(Duration.ofMillis(2));
    try (Run run = Headrace.start(job("cancelled"), settings)) {
      while (!run.isEnded() && run.status().lastComplete().isEmpty()) {
        LockSupport.parkNanos(1_000);
      }
      run.cancel();
    }
    Headrace.run(job("cancelled"), settings.parallelism(3));
    Headrace.run(job("whole"), Settings.in(folder.resolve("other-state")));

    Updates cancelled = Updates.read(folder.resolve("cancelled"));
    Updates whole = Updates.read(folder.resolve("whole"));
    assertThat(cancelled.differences(whole)).isEmpty();
    assertThat(whole.count()).isEqualTo(Flights.COUNT);
  }
}

package io.headrace.examples;

import io.headrace.api.Settings;
import io.headrace.engine.Headrace;
import io.headrace.engine.Run;
import io.headrace.engine.coordinator.CheckpointStatus;
import io.headrace.engine.coordinator.RunPhase;
import io.headrace.engine.coordinator.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Runs {@link FlightDelays} in this JVM and says on standard output how it goes: a line {@code
 * running <checkpoint>} when it has started, {@code progress ...} a few times a second, and {@code
 * finished}.
 *
 * <p>Arguments: the file of flights, the folder to work in, flights a second (0 for no limit).
 */
public final class FlightDelaysMain {

  /** Stands in a line of progress for the last complete checkpoint while there is none. */
  static final String NO_CHECKPOINT = "-";

  private static final Duration BETWEEN_LINES = Duration.ofMillis(100);
  private static final Duration CHECKPOINT_INTERVAL = Duration.ofMillis(500);

  private FlightDelaysMain() {}

  /** Runs the job to its end. */
  public static void main(String[] args) throws IOException {
    Path flights = Path.of(args[0]);
    Path folder = Path.of(args[1]);
    double perSecond = Double.parseDouble(args[2]);
    FlightDelays job = new FlightDelays(flights, perSecond, updates(folder));
    Settings settings =
        Settings.in(folder.resolve("state")).parallelism(2).checkpointInterval(CHECKPOINT_INTERVAL);
    try (Run run = Headrace.start(job, settings)) {
      boolean isAnnounced = false;
      do {
        RunStatus status = run.status();
        if (!isAnnounced && status.phase() == RunPhase.RUNNING) {
          isAnnounced = true;
          say("running " + status.restoredFrom().map(id -> id.toString()).orElse("empty"));
        }
        say(progress(status));
      } while (!run.await(BETWEEN_LINES));
      run.await();
      say(progress(run.status()));
    }
    List<AirportDelay> report = Updates.read(updates(folder)).report();
    Files.writeString(folder.resolve("report.txt"), Updates.table(report, report.size()));
    say("finished");
  }

  /** Where the job writes every update. */
  static Path updates(Path folder) {
    return folder.resolve("updates");
  }

  private static String progress(RunStatus status) {
    Optional<CheckpointStatus> last = status.lastComplete();
    return "progress %d %d %s %d"
        .formatted(
            status.records(),
            last.map(CheckpointStatus::entries).orElse(0L),
            last.map(checkpoint -> checkpoint.id().toString()).orElse(NO_CHECKPOINT),
            last.map(checkpoint -> checkpoint.duration().toMillis()).orElse(0L));
  }

  private static void say(String line) {
    System.out.println(line);
  }
}

package io.headrace.examples;

import io.headrace.api.Clock;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Shows that a job survives {@code kill -9}: runs {@link FlightDelays} in a JVM of its own, kills
 * it twice on the way, starts it again, and compares everything committed with a run that nobody
 * disturbed. Exit status 0 only if they are equal.
 */
public final class Demo {

  private static final int SECONDS = 15;
  private static final List<Integer> KILL_AT =
      List.of(Flights.COUNT * 3 / 10, Flights.COUNT * 7 / 10);
  private static final int ROWS_SHOWN = 10;
  private static final int DIFFERENCES_SHOWN = 10;

  private final Path folder;
  private final double perSecond;
  private final PrintStream out;
  private final Progress progress;

  /**
   * @param folder where the jobs keep everything
   * @param perSecond how many flights the job that is killed may read in a second
   */
  Demo(Path folder, double perSecond, PrintStream out, boolean isTerminal) {
    this.folder = folder;
    this.perSecond = perSecond;
    this.out = out;
    this.progress = new Progress(Flights.COUNT, out, isTerminal);
  }

  /**
   * Runs the demonstration in the folder named by the first argument, which is emptied first. The
   * second says "terminal" where a line may be written over.
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path folder = Path.of(args[0]);
    empty(folder);
    boolean isTerminal = List.of(args).contains("terminal");
    Demo demo = new Demo(folder, (double) Flights.COUNT / SECONDS, System.out, isTerminal);
    System.exit(demo.run() ? 0 : 1);
  }

  /** Runs it. Returns whether all that was committed is as it must be. */
  boolean run() throws IOException, InterruptedException {
    Path flights = Flights.copyTo(folder);
    say("20,000 real flights of 2001 go through a job that keeps the delays of every airport.");
    say("Its JVM is killed with SIGKILL twice on the way.");
    Path disturbed = folder.resolve("killed");
    for (int kill : KILL_AT) {
      if (!runUntil(flights, disturbed, Optional.of(kill))) {
        return false;
      }
    }
    if (!runUntil(flights, disturbed, Optional.empty())) {
      return false;
    }
    say("The same job once more, undisturbed, to compare with ...");
    Path undisturbed = folder.resolve("undisturbed");
    try (DemoWorker worker = new DemoWorker(flights, undisturbed, 0)) {
      worker.lines().forEach(line -> {});
      if (worker.waitFor() != 0) {
        say("It failed.");
        return false;
      }
    }
    return compare(disturbed, undisturbed);
  }

  /**
   * Runs the job until it has read so many flights and has a complete checkpoint, and kills it
   * then; else to its end.
   */
  private boolean runUntil(Path flights, Path job, Optional<Integer> kill)
      throws IOException, InterruptedException {
    try (DemoWorker worker = new DemoWorker(flights, job, perSecond)) {
      long before = 0;
      boolean isRunning = false;
      for (Optional<String> line = worker.line(); line.isPresent(); line = worker.line()) {
        String[] words = line.get().split(" ");
        if (words[0].equals("running")) {
          isRunning = true;
          before = Updates.read(FlightDelaysMain.updates(job)).count();
          announce(worker, words[1], before);
        }
        boolean isProgress = isRunning && words[0].equals("progress");
        long events = isProgress ? show(before, words) : 0;
        if (kill.isPresent()
            && events >= kill.get()
            && !words[3].equals(FlightDelaysMain.NO_CHECKPOINT)) {
          worker.kill();
          progress.end();
          say("kill -9 " + worker.pid() + " after " + events + " flights.");
          return true;
        }
      }
      progress.end();
      int status = worker.waitFor();
      if (status != 0 || kill.isPresent()) {
        say("The job ended too early, with exit status " + status + ".");
        return false;
      }
      return true;
    }
  }

  private long show(long before, String[] words) {
    long events = before + Long.parseLong(words[1]);
    progress.show(events, words);
    return events;
  }

  private void announce(DemoWorker worker, String checkpoint, long before) {
    if (checkpoint.equals("empty")) {
      say("Started in process " + worker.pid() + ", from empty.");
    } else {
      say(
          "Started in process %d: continued from checkpoint %s, %d flights are committed."
              .formatted(worker.pid(), checkpoint, before));
    }
  }

  /** Compares what two jobs committed, and shows it. */
  boolean compare(Path disturbed, Path undisturbed) throws IOException {
    Updates updates = Updates.read(FlightDelaysMain.updates(disturbed));
    Updates expected = Updates.read(FlightDelaysMain.updates(undisturbed));
    List<String> differences = updates.differences(expected);
    say("");
    say(Updates.table(updates.report(), ROWS_SHOWN));
    if (differences.isEmpty() && updates.count() == Flights.COUNT) {
      say(
          "%d lines were committed, for %d airports: each equals that of the undisturbed run."
              .formatted(updates.count(), updates.byAirport().size()));
      return true;
    }
    say(
        "%d lines were committed, %d of them differ:"
            .formatted(updates.count(), differences.size()));
    differences.stream().limit(DIFFERENCES_SHOWN).forEach(this::say);
    return false;
  }

  private static void empty(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    Files.createDirectories(folder);
  }

  private void say(String line) {
    out.println(line);
  }

  /** The line that shows how the job goes: rewritten in place on a terminal. */
  private static final class Progress {

    private static final int LINES_BETWEEN = 20;

    private final int total;
    private final PrintStream out;
    private final boolean isTerminal;
    private final Clock clock = Clock.system();
    private long lastEvents;
    private long lastNanos = clock.nanoTime();
    private double rate;
    private int calls;

    Progress(int total, PrintStream out, boolean isTerminal) {
      this.total = total;
      this.out = out;
      this.isTerminal = isTerminal;
    }

    /** Shows the words of a line of progress: events, state entries, checkpoint, its duration. */
    void show(long events, String[] words) {
      long now = clock.nanoTime();
      if (events < lastEvents) {
        lastEvents = events;
        lastNanos = now;
      } else if (now - lastNanos > 500_000_000) { // half a second
        rate = (events - lastEvents) * 1e9 / (now - lastNanos);
        lastEvents = events;
        lastNanos = now;
      }
      if (isTerminal || calls++ % LINES_BETWEEN == 0) {
        out.print(
            "%s  %,7d of %,d flights  %,6.0f/s  %,6d state entries  %s   %s"
                .formatted(
                    isTerminal ? "\r" : "",
                    events,
                    total,
                    rate,
                    Long.parseLong(words[2]),
                    checkpoint(words),
                    isTerminal ? "" : "\n"));
        out.flush();
      }
    }

    private static String checkpoint(String[] words) {
      return words[3].equals(FlightDelaysMain.NO_CHECKPOINT)
          ? "no checkpoint of this process yet"
          : "checkpoint %s in %s ms".formatted(words[3], words[4]);
    }

    void end() {
      if (isTerminal) {
        out.println();
      }
    }
  }
}

package io.headrace.simulation;

import io.headrace.api.Clock;
import io.headrace.api.ConnectorContext;
import io.headrace.api.plan.Plan;
import io.headrace.engine.task.CheckpointStep;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Kills a job's process with SIGKILL, again and again, lets the next process finish the job, and
 * compares every committed line with the oracle's.
 *
 * <p>Arguments: the folder to work in, which is emptied; the number of rounds; the seed.
 */
public final class KillRounds {

  /** Steps that come when a sink has ended its transaction and it is not known to be committed. */
  private static final Set<CheckpointStep> BETWEEN_PREPARE_AND_COMMIT =
      EnumSet.of(
          CheckpointStep.SET_ASIDE,
          CheckpointStep.WRITING,
          CheckpointStep.WRITTEN,
          CheckpointStep.ALL_WRITTEN,
          CheckpointStep.COMPLETE,
          CheckpointStep.COMMITTING,
          CheckpointStep.SINK_COMMITTING,
          CheckpointStep.SINK_COMMITTED);

  private final Path folder;
  private final SplittableRandom random;
  private int betweenCheckpoints;
  private int betweenPrepareAndCommit;

  private KillRounds(Path folder, long seed) {
    this.folder = folder;
    this.random = new SplittableRandom(seed);
  }

  /**
   * Where the kills fell.
   *
   * @param kills all of them
   * @param betweenCheckpoints those after the first checkpoint and before the last
   * @param betweenPrepareAndCommit those of them that came when a sink had ended its transaction
   *     and not all of it was known to be committed
   */
  public record Counts(int kills, int betweenCheckpoints, int betweenPrepareAndCommit) {

    /** Whether enough kills fell where they are dangerous for the rounds to prove something. */
    public boolean areEnough() {
      return betweenCheckpoints >= kills * 3 / 4 && betweenPrepareAndCommit >= kills / 5;
    }

    @Override
    public String toString() {
      return "%d kills: %d between the first checkpoint and the last, %d between prepare and commit"
          .formatted(kills, betweenCheckpoints, betweenPrepareAndCommit);
    }
  }

  /** Runs the rounds. Exit status 0 only if nobody can tell that there were kills. */
  public static void main(String[] arguments) throws Exception {
    int rounds = Integer.parseInt(arguments[1]);
    Counts counts = run(Path.of(arguments[0]), rounds, Long.parseLong(arguments[2]));
    System.out.println(
        "%d times all committed lines equal those of an uninterrupted run.".formatted(rounds));
    if (!counts.areEnough()) {
      System.out.println("But too few kills fell where they are dangerous.");
      System.exit(1);
    }
  }

  /**
   * Runs some rounds in a folder, which is emptied.
   *
   * @throws AssertionError if somebody can tell that there were kills
   */
  public static Counts run(Path folder, int rounds, long seed) throws Exception {
    KillRounds kills = new KillRounds(folder, seed);
    Oracle.Result oracle =
        Oracle.ofAll(
            Plan.of(KilledJob.workload(folder)),
            new ConnectorContext("simulated", "here", "oracle", 0, 1, Clock.system()));
    for (int round = 1; round <= rounds; round++) {
      kills.round();
      Committed.in(folder.resolve("out")).compare(oracle, true);
      if (round % 10 == 0) {
        System.out.println(kills.counts(round));
      }
    }
    return kills.counts(rounds);
  }

  private Counts counts(int kills) {
    return new Counts(kills, betweenCheckpoints, betweenPrepareAndCommit);
  }

  private void round() throws IOException, InterruptedException {
    empty(folder);
    List<String> steps = random.nextInt(3) == 0 ? killAtAStep() : killSometime();
    int complete = (int) steps.stream().filter(step -> step.startsWith("COMPLETE")).count();
    boolean isBetween = complete > 0 && !steps.contains("FINISHED");
    betweenCheckpoints += isBetween ? 1 : 0;
    if (isBetween && isInDoubt(steps)) {
      betweenPrepareAndCommit++;
    }
    Process process = start(List.of());
    List<String> rest = lines(process.inputReader(StandardCharsets.UTF_8), Integer.MAX_VALUE);
    if (process.waitFor() != 0 || !rest.contains("FINISHED")) {
      throw new AssertionError("the job did not finish after " + steps + " but said " + rest);
    }
  }

  /** Whether a task of a sink had ended a transaction of a checkpoint that was not done. */
  private static boolean isInDoubt(List<String> said) {
    long ended = 0;
    long done = 0;
    for (String line : said) {
      String[] parts = line.split(" ", 3);
      if (parts[0].equals("SET_ASIDE") && KilledJob.isOfASink(parts[2])) {
        ended = Math.max(ended, Long.parseLong(parts[1]));
      } else if (parts[0].equals("DONE")) {
        done = Math.max(done, Long.parseLong(parts[1]));
      }
    }
    return ended > done;
  }

  /** The process kills itself at a step between prepare and commit. */
  private List<String> killAtAStep() throws IOException, InterruptedException {
    List<CheckpointStep> steps = List.copyOf(BETWEEN_PREPARE_AND_COMMIT);
    CheckpointStep step = steps.get(random.nextInt(steps.size()));
    int occurrence =
        switch (step) {
          case ALL_WRITTEN, COMPLETE, COMMITTING -> 2 + random.nextInt(3);
          case SINK_COMMITTING, SINK_COMMITTED -> 4 + random.nextInt(8);
          default -> 6 + random.nextInt(10);
        };
    Process process = start(List.of(step.name(), Integer.toString(occurrence)));
    List<String> said = lines(process.inputReader(StandardCharsets.UTF_8), Integer.MAX_VALUE);
    process.waitFor();
    return said;
  }

  /** The process is killed after it has said some steps. */
  private List<String> killSometime() throws IOException, InterruptedException {
    Process process = start(List.of());
    BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
    List<String> said = lines(reader, 45 + random.nextInt(75));
    process.toHandle().destroyForcibly(); // Process.destroyForcibly would lose what it said.
    said.addAll(lines(reader, Integer.MAX_VALUE));
    process.waitFor();
    return said;
  }

  private Process start(List<String> deadly) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-Dslf4j.internal.verbosity=ERROR",
                "-cp",
                System.getProperty("java.class.path"),
                KilledJob.class.getName(),
                folder.toString()));
    command.addAll(deadly);
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static List<String> lines(BufferedReader reader, int most) throws IOException {
    List<String> lines = new ArrayList<>();
    Optional<String> line = Optional.ofNullable(reader.readLine());
    while (line.isPresent()) {
      lines.add(line.get());
      line = lines.size() < most ? Optional.ofNullable(reader.readLine()) : Optional.empty();
    }
    return lines;
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
}

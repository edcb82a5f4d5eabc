package io.headrace.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.CheckpointId;
import io.headrace.api.CheckpointSettings;
import io.headrace.api.Clock;
import io.headrace.api.ConnectorContext;
import io.headrace.api.RestartStrategy;
import io.headrace.api.Settings;
import io.headrace.api.WatchdogSettings;
import io.headrace.api.plan.Plan;
import io.headrace.engine.coordinator.Coordinator;
import io.headrace.engine.coordinator.DirectoryStorage;
import io.headrace.engine.coordinator.Outcome;
import io.headrace.engine.coordinator.RunPhase;
import io.headrace.engine.coordinator.Surroundings;
import io.headrace.engine.graph.Graph;
import io.headrace.engine.task.CheckpointStep;
import io.headrace.engine.task.RunListener;
import io.headrace.files.JsonLines;
import io.headrace.simulation.disk.DiskListener;
import io.headrace.simulation.disk.DiskOperation;
import io.headrace.simulation.disk.SimulatedDisk;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Disks and sinks that answer after their attempt was given up, or after nobody waited for the run
 * any more: what is committed is what it would be otherwise, and no attempt begins before (I18).
 */
@Tag("FAULT-23")
class LateAnswersTest {

  private static final int SEEDS = 400;
  private static final int MOST_STEPS = 400_000;
  private static final int LEAST = 20;

  /** Long enough for checkpoints of a task that is seldom called. */
  private static final Duration LIMIT = Duration.ofSeconds(2);

  /** The steps that are taken on threads that block, in the middle of a call. */
  private static final List<CheckpointStep> WITHIN_CALLS =
      List.of(
          CheckpointStep.WRITING,
          CheckpointStep.COMPLETE,
          CheckpointStep.COMMITTING,
          CheckpointStep.SINK_COMMITTING,
          CheckpointStep.SINK_COMMITTED,
          CheckpointStep.DONE);

  /** When a call returns that hangs. */
  private enum Until {
    /** Its attempt was given up, some steps ago. */
    GIVEN_UP,
    /** The run has told its outcome without it. */
    LEFT_BEHIND
  }

  /** What comes to pass with a seed. */
  private static final class Tale implements RunListener, DiskListener {

    private final SplittableRandom random;
    private final SimulatedDisk disk;
    private final Names names;
    private final Plan plan;
    private final CheckpointStep where;
    private final Until until;
    private final List<Outcome> outcomes = new ArrayList<>();
    private final boolean isTwice;
    private int toPass;
    private int hung;
    private @Nullable SimulatedHost host;
    private @Nullable Coordinator coordinator;

    Tale(long seed) {
      random = new SplittableRandom(seed);
      disk = new SimulatedDisk(random.nextLong());
      names = new Names(List.of(World.directory(disk), World.outputs(disk)));
      disk.listener(this);
      plan =
          Plan.of(
              Workload.random(
                      random.split(),
                      name -> JsonLines.write(World.outputs(disk).resolve(name), Line.class))
                  .withAllSplits());
      where = WITHIN_CALLS.get(random.nextInt(WITHIN_CALLS.size()));
      until = Until.values()[random.nextInt(2)];
      toPass = random.nextInt(4);
      isTwice = random.nextBoolean();
    }

    /** Runs a process until nothing of it is left. Returns how it ended. */
    private Outcome live() {
      outcomes.clear();
      SimulatedHost threads = new SimulatedHost(random.split(), 0);
      Settings settings =
          Settings.in(World.directory(disk))
              .parallelism(1)
              .workers(2)
              .withCheckpoints(
                  CheckpointSettings.defaults()
                      .interval(Duration.ofMillis(1))
                      .timeout(LIMIT.dividedBy(2)))
              .withWatchdog(WatchdogSettings.defaults().giveUpAfter(LIMIT))
              .withRestarts(RestartStrategy.fixedDelay(100, Duration.ofMillis(1)));
      Coordinator run =
          new Coordinator(
              Graph.of(plan, 1),
              settings,
              DirectoryStorage.open(World.directory(disk), plan, settings, "the simulator"),
              new Surroundings(threads, this),
              outcomes::add);
      host = threads;
      coordinator = run;
      run.start();
      for (int step = 0; run.status().phase() != RunPhase.ENDED; step++) {
        Checks.check(step < MOST_STEPS, "STUCK: %s", run.status());
        threads.step();
      }
      threads.finish();
      Checks.check(outcomes.size() == 1, "a run has told %s", outcomes);
      return outcomes.get(0);
    }

    @Override
    public void on(CheckpointStep step, String who, CheckpointId checkpoint) {
      boolean isFirst = hung == 0 && step == where && toPass-- == 0;
      boolean isSecond = hung == 1 && isTwice && step == CheckpointStep.RESTORING;
      if (isFirst || isSecond) {
        hung++;
        hang();
      }
    }

    /** Does not return, while everything else goes on. */
    private void hang() {
      Coordinator run = coordinator;
      SimulatedHost threads = host;
      if (run == null || threads == null) {
        throw new IllegalStateException("nothing runs");
      }
      long attempt = run.status().attempt();
      boolean hasFailed = false;
      int left = 1 + random.nextInt(100);
      for (int step = 0; left > 0; step++) {
        Checks.check(step < MOST_STEPS, "STUCK, hanging: %s", run.status());
        threads.step();
        boolean isOver =
            until == Until.GIVEN_UP
                ? run.status().phase() == RunPhase.TEARING_DOWN
                : !outcomes.isEmpty();
        left -= isOver ? 1 : 0;
        hasFailed |= run.status().phase() == RunPhase.TEARING_DOWN;
        Checks.check(
            run.status().attempt() == attempt
                && (!hasFailed || run.status().phase() == RunPhase.TEARING_DOWN),
            "I18: beside attempt %s there is %s",
            attempt,
            run.status());
      }
    }

    @Override
    public void before(DiskOperation operation) {
      // Nothing goes wrong with the disk but that it is slow.
    }

    @Override
    public void after(DiskOperation operation) throws IOException {
      names.look(operation);
    }

    /** Lives through it. Returns how many calls have hung. */
    int tell() throws Exception {
      Outcome outcome = live();
      while (outcome.kind() == Outcome.Kind.FAILED) {
        Checks.check(hung > 0, "a run has failed: %s", outcome);
        Checks.check(until == Until.LEFT_BEHIND, "a run was not left behind: %s", outcome);
        outcome = live();
      }
      Checks.check(outcome.kind() == Outcome.Kind.FINISHED, "a run ended as %s", outcome);
      names.check();
      Committed.in(World.outputs(disk))
          .compare(
              Oracle.ofAll(
                  plan, new ConnectorContext("simulated", "here", "oracle", 0, 1, Clock.system())),
              true);
      return hung;
    }
  }

  @Test
  void nobodyCanTellThatAnAnswerCameLate() {
    Map<CheckpointStep, Integer> first = new EnumMap<>(CheckpointStep.class);
    Set<Until> seen = EnumSet.noneOf(Until.class);
    int twice = 0;
    for (long seed = 1; seed <= SEEDS; seed++) {
      Tale tale = new Tale(seed);
      try {
        int hung = tale.tell();
        twice += hung == 2 ? 1 : 0;
        if (hung > 0) {
          first.merge(tale.where, 1, Integer::sum);
          seen.add(tale.until);
        }
      } catch (Exception | AssertionError failure) {
        throw new AssertionError("seed " + seed + ": " + failure, failure);
      }
    }

    System.out.println("hung first in " + first + ", and " + twice + " while restoring");
    assertThat(seen).containsExactly(Until.values());
    assertThat(twice).isGreaterThanOrEqualTo(LEAST);
    for (CheckpointStep step : WITHIN_CALLS) {
      assertThat(first.getOrDefault(step, 0)).describedAs("%s", step).isGreaterThanOrEqualTo(LEAST);
    }
  }
}

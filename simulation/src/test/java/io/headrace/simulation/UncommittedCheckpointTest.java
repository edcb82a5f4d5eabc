package io.headrace.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.CheckpointId;
import io.headrace.api.CheckpointSettings;
import io.headrace.api.Clock;
import io.headrace.api.ConnectorContext;
import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.RestartStrategy;
import io.headrace.api.Settings;
import io.headrace.api.plan.Plan;
import io.headrace.checkpoint.CheckpointStore;
import io.headrace.checkpoint.Facts;
import io.headrace.engine.coordinator.Outcome;
import io.headrace.files.JsonLines;
import io.headrace.simulation.disk.SimulatedDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A process dies when its newest checkpoint is complete and its sinks have committed nothing of it,
 * or a part: what the next process commits, and what becomes of it where that checkpoint is
 * damaged.
 */
@Tag("FAULT-29")
@Tag("FAULT-41")
class UncommittedCheckpointTest {

  /** One of those with which processes come to where they are to crash before the job ends. */
  private static final int SEED = 1;

  private static final Fate BEFORE_ANY_COMMIT =
      Fate.crashed(new CrashPoint.Target(CrashPoint.COMPLETE, CrashPoint.Phase.BEFORE, 3), false);
  private static final Fate BETWEEN_COMMITS =
      Fate.crashed(
          new CrashPoint.Target(CrashPoint.PARTLY_COMMITTED, CrashPoint.Phase.BEFORE, 3), false);

  /** A process that has restored and not got as far as to a checkpoint of its own. */
  private static final Fate AFTER_THE_RESTORE =
      Fate.crashed(
          new CrashPoint.Target(CrashPoint.WRITING_STATE, CrashPoint.Phase.BEFORE, 1), false);

  /** What is done to a file. */
  private enum Damage {
    FLIP {
      @Override
      void inflict(SimulatedDisk disk, Path file) throws IOException {
        disk.flip(file, Files.size(file) / 2, 4);
      }
    },
    TRUNCATE {
      @Override
      void inflict(SimulatedDisk disk, Path file) throws IOException {
        disk.truncate(file, Files.size(file) - 1);
      }
    },
    DELETE {
      @Override
      void inflict(SimulatedDisk disk, Path file) {
        disk.delete(file);
      }
    };

    abstract void inflict(SimulatedDisk disk, Path file) throws IOException;
  }

  private static Plan plan(SimulatedDisk disk) {
    return Plan.of(
        new Workload(
            1,
            2,
            60,
            8,
            4,
            true,
            false,
            Workload.Extras.NONE,
            List.of(2, 2, 2, 2, 2, 2),
            0,
            name -> JsonLines.write(World.outputs(disk).resolve(name), Line.class),
            Listing.ALL,
            Optional.empty()));
  }

  private static Settings settings(SimulatedDisk disk) {
    return Settings.in(World.directory(disk))
        .parallelism(1)
        .workers(2)
        .withCheckpoints(CheckpointSettings.defaults().interval(Duration.ofMillis(1)))
        .withRestarts(RestartStrategy.none());
  }

  private static Oracle.Result oracle(SimulatedDisk disk) throws Exception {
    return Oracle.ofAll(
        plan(disk), new ConnectorContext("simulated", "here", "oracle", 0, 1, Clock.system()));
  }

  private static Facts facts(SimulatedDisk disk) throws IOException {
    return new CheckpointStore(World.directory(disk), "simulated").inspect(Optional.empty());
  }

  private static Committed committed(SimulatedDisk disk) {
    return Committed.in(World.outputs(disk));
  }

  /** Runs a process to its end. Returns how the run ended; empty if the process crashed. */
  private static Optional<Outcome> live(SimulatedDisk disk, Settings settings, Fate fate)
      throws Exception {
    Names names = new Names(List.of(World.directory(disk), World.outputs(disk)));
    Life life =
        new Life(
            new Life.Around(disk, names, Story.UNTOLD),
            fate,
            new SplittableRandom(SEED),
            0,
            () -> true);
    life.start(World.directory(disk), plan(disk), settings);
    while (!life.isOver()) {
      life.step(false);
    }
    if (life.hasCrashed()) {
      disk.crash();
      return Optional.empty();
    }
    life.finish();
    return Optional.of(life.outcome());
  }

  /** A disk on which a process has crashed. */
  private static SimulatedDisk after(Fate fate) throws Exception {
    SimulatedDisk disk = new SimulatedDisk(1);
    assertThat(live(disk, settings(disk), fate)).isEmpty();
    return disk;
  }

  private static CheckpointId newest(SimulatedDisk disk) throws IOException {
    return facts(disk).found().get(0).id();
  }

  /** The files of the newest checkpoint. */
  private static List<String> files(SimulatedDisk disk) throws IOException {
    try (Stream<Path> files = Files.list(folderOfTheNewest(disk))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static Path folderOfTheNewest(SimulatedDisk disk) throws IOException {
    Facts.Found newest = facts(disk).found().get(0);
    return World.directory(disk).resolve("checkpoints/" + newest.id() + "-" + newest.attempt());
  }

  @Test
  @Tag("FAULT-9")
  void theProcessThatRestoresACheckpointCommitsWhatNobodyHasCommittedOfIt() throws Exception {
    SimulatedDisk disk = after(BEFORE_ANY_COMMIT);
    long newest = newest(disk).value();
    assertThat(facts(disk).committed().orElseThrow().id().value()).isEqualTo(newest - 1);
    assertThat(committed(disk).newestCheckpoint()).isEqualTo(newest - 1);

    assertThat(live(disk, settings(disk), AFTER_THE_RESTORE)).isEmpty();

    assertThat(facts(disk).committed().orElseThrow().id().value()).isEqualTo(newest);
    assertThat(committed(disk).newestCheckpoint()).isEqualTo(newest);
    committed(disk).compare(oracle(disk), false);
  }

  @ParameterizedTest
  @EnumSource
  void ofADamagedCheckpointThatNoSinkHasCommittedNothingIsCommittedAndNothingIsLost(Damage damage)
      throws Exception {
    SimulatedDisk sound = after(BEFORE_ANY_COMMIT);
    long newest = newest(sound).value();
    for (String file : files(sound)) {
      SimulatedDisk disk = sound.fork();
      damage.inflict(disk, folderOfTheNewest(disk).resolve(file));

      assertThat(live(disk, settings(disk), AFTER_THE_RESTORE)).as(file).isEmpty();
      assertThat(committed(disk).newestCheckpoint()).as(file).isEqualTo(newest - 1);
      Optional<Outcome> outcome = live(disk, settings(disk), Fate.NONE);

      assertThat(outcome.orElseThrow().kind()).as(file).isEqualTo(Outcome.Kind.FINISHED);
      committed(disk).compare(oracle(disk), true);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aDamagedCheckpointThatASinkHasCommittedIsRefusedUntilSomebodyAcceptsLinesTwice(Damage damage)
      throws Exception {
    SimulatedDisk sound = after(BETWEEN_COMMITS);
    CheckpointId newest = newest(sound);
    CheckpointId older = facts(sound).found().get(1).id();
    assertThat(facts(sound).committed().orElseThrow().id()).isEqualTo(newest);
    for (String file : files(sound)) {
      SimulatedDisk disk = sound.fork();
      damage.inflict(disk, folderOfTheNewest(disk).resolve(file));

      Throwable refusal =
          live(disk, settings(disk), Fate.NONE).flatMap(Outcome::cause).orElseThrow();
      assertThat(refusal)
          .as(file)
          .isInstanceOfSatisfying(
              HeadraceException.class,
              named -> assertThat(named.code()).isEqualTo(ErrorCode.CHECKPOINT_DAMAGED))
          .hasMessageContaining("Checkpoint " + newest)
          .hasMessageContaining("Settings.restoreBelowCommit(new CheckpointId(" + older + "))");
      committed(disk).compare(oracle(disk), false);

      Optional<Outcome> accepted = live(disk, settings(disk).restoreBelowCommit(older), Fate.NONE);
      assertThat(accepted.orElseThrow().kind()).as(file).isEqualTo(Outcome.Kind.FINISHED);
      assertThat(committed(disk).compareAtLeast(oracle(disk))).as(file).isTrue();
    }
  }
}

package io.headrace.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.CheckpointId;
import io.headrace.api.Clock;
import io.headrace.api.ConnectorContext;
import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.RestartStrategy;
import io.headrace.api.Settings;
import io.headrace.api.plan.Plan;
import io.headrace.checkpoint.CheckpointStore;
import io.headrace.checkpoint.Facts;
import io.headrace.engine.Headrace;
import io.headrace.files.JsonLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Damage to a real job's checkpoints: passed over, or refused; never lost, doubled or ignored. */
@Tag("FAULT-41")
@Timeout(120)
class DamageTest {

  @TempDir Path sound;
  @TempDir Path damaged;

  private Oracle.Result oracle = new Oracle.Result(Map.of(), Map.of());

  /** What is done to a file. */
  private enum Damage {
    FLIP {
      @Override
      void inflict(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 4;
        Files.write(file, bytes);
      }
    },
    TRUNCATE {
      @Override
      void inflict(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
      }
    },
    DELETE {
      @Override
      void inflict(Path file) throws IOException {
        Files.delete(file);
      }
    };

    abstract void inflict(Path file) throws IOException;
  }

  private static Workload job(Path folder) {
    return new Workload(
        1,
        2,
        3_000,
        20,
        50,
        true,
        false,
        Workload.Extras.NONE,
        List.of(2, 2, 2, 2, 2, 2),
        10_000,
        name -> JsonLines.write(folder.resolve("out").resolve(name), Line.class),
        Listing.ALL,
        Optional.empty());
  }

  private static Settings settings(Path folder) {
    return Settings.in(folder.resolve("state"))
        .parallelism(2)
        .checkpointInterval(Duration.ofMillis(50))
        .withRestarts(RestartStrategy.none());
  }

  private static Facts facts(Path folder) throws IOException {
    return new CheckpointStore(folder.resolve("state"), "simulated").inspect(Optional.empty());
  }

  @BeforeEach
  void runTheJobOnce() throws Exception {
    Headrace.run(job(sound), settings(sound));
    oracle =
        Oracle.ofAll(
            Plan.of(job(sound)),
            new ConnectorContext("simulated", "here", "oracle", 0, 1, Clock.system()));
    Committed.in(sound.resolve("out")).compare(oracle, true);
  }

  @Test
  void damageToTheNewestCheckpointIsRefusedWhereSinksMayHaveCommittedAndElsePassedOver()
      throws Exception {
    Facts facts = facts(sound);
    CheckpointId committed = facts.committed().orElseThrow().id();
    int refusals = 0;
    for (Facts.Found found : facts.found()) {
      boolean isNewest = found.id().equals(facts.found().get(0).id());
      if (isNewest || found.id().equals(committed)) {
        refusals += damageEachFile(found, committed);
      }
    }

    assertThat(refusals).isPositive();
  }

  /** Returns how often the job was refused. */
  private int damageEachFile(Facts.Found found, CheckpointId committed) throws Exception {
    String folder = "state/checkpoints/" + found.id() + "-" + found.attempt();
    int refusals = 0;
    for (String file : names(sound.resolve(folder))) {
      for (Damage damage : Damage.values()) {
        copy(sound, damaged);
        removeNewerThan(found.id());
        damage.inflict(damaged.resolve(folder).resolve(file));
        refusals += start(found.id().equals(committed), committed, damage + " " + file) ? 1 : 0;
      }
    }
    return refusals;
  }

  /** Makes a checkpoint the newest. */
  private void removeNewerThan(CheckpointId id) throws IOException {
    for (Facts.Found other : facts(damaged).found()) {
      if (other.id().compareTo(id) > 0) {
        delete(damaged.resolve("state/checkpoints/" + other.id() + "-" + other.attempt()));
      }
    }
  }

  /** Returns whether the job was refused. */
  private boolean start(boolean isCommitted, CheckpointId committed, String what)
      throws IOException {
    boolean isRefused = false;
    try {
      Headrace.run(job(damaged), settings(damaged));
    } catch (HeadraceException refusal) {
      isRefused = true;
      assertThat(refusal.code()).describedAs(what).isEqualTo(ErrorCode.CHECKPOINT_DAMAGED);
      assertThat(refusal)
          .describedAs(what)
          .hasMessageContaining("Checkpoint " + committed)
          .hasMessageContaining("committed by " + sinksWithResultsIn(committed) + ": ")
          .hasMessageContaining("Settings.restoreBelowCommit(new CheckpointId(");
    }
    assertThat(isRefused).describedAs(what).isEqualTo(isCommitted);
    Committed.in(damaged.resolve("out")).compare(oracle, true);
    return isRefused;
  }

  /** As the message names them: what the last checkpoint holds depends on when it was taken. */
  private String sinksWithResultsIn(CheckpointId checkpoint) throws IOException {
    List<String> sinks =
        facts(sound).found().stream()
            .filter(found -> found.id().equals(checkpoint))
            .flatMap(found -> ((Facts.Intact) found).manifest().sinks().stream())
            .map(sink -> '"' + sink.name() + '"')
            .toList();
    return (sinks.size() == 1 ? "sink " : "sinks ") + String.join(", ", sinks);
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    delete(to);
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.sorted().toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
        Files.delete(file);
      }
    }
  }
}

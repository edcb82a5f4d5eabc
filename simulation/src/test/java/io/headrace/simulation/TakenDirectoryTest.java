package io.headrace.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.HeadraceException;
import io.headrace.api.Settings;
import io.headrace.api.plan.Plan;
import io.headrace.files.JsonLines;
import io.headrace.simulation.disk.SimulatedDisk;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Another process takes the directory of one that is about to have it. */
@Tag("FAULT-43")
class TakenDirectoryTest {

  /** More operations of the disk than it takes to open a directory. */
  private static final int MOST = 60;

  /** That is no failure of the first one, whatever it was about to do. */
  @Test
  void aProcessWhoseDirectoryIsTakenWhileItOpensItIsRefused() {
    List<Integer> refused =
        IntStream.rangeClosed(1, MOST).filter(TakenDirectoryTest::isRefused).boxed().toList();

    assertThat(refused).isNotEmpty();
  }

  /** Whether it is, if the other one comes at an operation of the disk. */
  private static boolean isRefused(int operation) {
    SimulatedDisk disk = new SimulatedDisk(operation);
    CrashPoint.Target target =
        new CrashPoint.Target(CrashPoint.BEFORE_THE_FIRST, CrashPoint.Phase.BEFORE, operation);
    Life.Around around =
        new Life.Around(
            disk, new Names(List.of(World.directory(disk), World.outputs(disk))), Story.UNTOLD);
    try {
      Life first = started(around, Fate.takenOver(target), () -> takeOver(around));
      return first.isOver() && first.isLost();
    } catch (HeadraceException unusable) {
      return false; // It was about to rename a file that the other one has renamed.
    }
  }

  private static boolean takeOver(Life.Around around) {
    around.disk().forgetLocks();
    return !started(around, Fate.NONE, () -> true).hasCrashed();
  }

  private static Life started(Life.Around around, Fate fate, BooleanSupplier takeOver) {
    SimulatedDisk disk = around.disk();
    Workload job =
        Workload.random(
            new SplittableRandom(1),
            name -> JsonLines.write(World.outputs(disk).resolve(name), Line.class));
    Life life = new Life(around, fate, new SplittableRandom(1), 0, takeOver);
    life.start(World.directory(disk), Plan.of(job), Settings.in(World.directory(disk)));
    return life;
  }
}

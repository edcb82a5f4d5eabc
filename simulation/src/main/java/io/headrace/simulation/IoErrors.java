package io.headrace.simulation;

import io.headrace.simulation.disk.DiskListener;
import io.headrace.simulation.disk.DiskOperation;
import io.headrace.simulation.disk.SimulatedDisk;
import java.io.IOException;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/**
 * Errors of the disk where checkpoints are stored, a few in the life of a process: it is full
 * before a write or in the middle of one, a sync fails, a name is not made or deleted, or is and
 * the caller believes that it is not.
 */
final class IoErrors implements DiskListener {

  private static final int MOST = 8;
  private static final int ONE_IN = 12;

  private final SimulatedDisk disk;
  private final SplittableRandom random;
  private final BooleanSupplier isOn;
  private int left;
  private int count;
  private boolean isAfter;

  /**
   * @param isOn whether errors may happen now
   */
  IoErrors(SimulatedDisk disk, SplittableRandom random, BooleanSupplier isOn) {
    this.disk = disk;
    this.random = random;
    this.isOn = isOn;
    this.left = 1 + random.nextInt(MOST);
  }

  /** How many there were. */
  int count() {
    return count;
  }

  @Override
  public void before(DiskOperation operation) throws IOException {
    if (left == 0 || !isOfCheckpoints(operation) || !isOn.getAsBoolean()) {
      return;
    }
    if (random.nextInt(ONE_IN) == 0) {
      left--;
      count++;
      fail(operation);
    }
  }

  private static boolean isOfCheckpoints(DiskOperation operation) {
    String path = operation.path().toString();
    return operation.kind() != DiskOperation.Kind.READ
        && (path.contains("/checkpoints") || path.contains("/completed-"));
  }

  private void fail(DiskOperation operation) throws IOException {
    boolean isLate = random.nextBoolean();
    switch (operation.kind()) {
      case WRITE -> {
        if (!isLate) {
          throw new IOException("No space left on device");
        }
        disk.tearNext();
        isAfter = true;
      }
      case CREATE, MAKE_DIRECTORY, RENAME, DELETE -> {
        if (!isLate) {
          throw new IOException("Input/output error");
        }
        isAfter = true;
      }
      case FORCE, FORCE_DIRECTORY, READ, LOCK -> throw new IOException("Input/output error");
    }
  }

  @Override
  public void after(DiskOperation operation) throws IOException {
    if (isAfter) {
      isAfter = false;
      throw new IOException("Input/output error");
    }
  }
}

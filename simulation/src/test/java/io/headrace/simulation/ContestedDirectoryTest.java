package io.headrace.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.checkpoint.Ownership;
import io.headrace.simulation.disk.DiskListener;
import io.headrace.simulation.disk.DiskOperation;
import io.headrace.simulation.disk.SimulatedDisk;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two processes want a directory at the same time, and its lock keeps neither out. */
class ContestedDirectoryTest {

  private final SimulatedDisk disk = new SimulatedDisk(1);
  private final Path directory = World.directory(disk);

  /** Seed 37745 found it: the second one deletes what the first was about to rename. */
  @Test
  @Tag("FAULT-43")
  void whoLosesItWhileNamingItselfTheOwnerIsTold() throws Exception {
    disk.listener(new SecondOwner());

    HeadraceException refused =
        catchThrowableOfType(
            HeadraceException.class, () -> Ownership.acquire(directory, "the first").close());

    assertThat(refused.code()).isEqualTo(ErrorCode.DIRECTORY_OWNED);
    assertThat(refused).hasMessageContaining("is in use by the second");
  }

  /** Takes the directory when the first owner has written its name, and not renamed it. */
  private final class SecondOwner implements DiskListener {

    @Override
    public void after(DiskOperation operation) {
      if (operation.kind() == DiskOperation.Kind.FORCE && operation.path().endsWith("owner.tmp")) {
        disk.listener(new DiskListener() {});
        disk.forgetLocks();
        assertThat(Ownership.acquire(directory, "the second").epoch()).isZero();
      }
    }
  }
}

package io.headrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.CheckpointId;
import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.Settings;
import io.headrace.api.connector.Sinks;
import io.headrace.api.connector.Sources;
import io.headrace.api.plan.Plan;
import io.headrace.engine.coordinator.DirectoryStorage;
import io.headrace.engine.coordinator.StartPoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DirectoryStorageTest {

  private static final CheckpointId FIRST = new CheckpointId(1);

  @TempDir Path directory;

  private DirectoryStorage open() {
    Plan plan =
        Plan.of(
            pipeline ->
                pipeline
                    .source("numbers", Sources.generate(Long.class, 10, index -> index))
                    .sink("out", Sinks.print()));
    return DirectoryStorage.open(directory, plan, Settings.in(directory), "a test");
  }

  private List<String> manifests() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .map(file -> directory.relativize(file).toString())
          .filter(name -> name.endsWith("manifest.avro"))
          .toList();
    }
  }

  private static void assertStopped(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            HeadraceException.class,
            stopped -> assertThat(stopped.code()).isEqualTo(ErrorCode.DIRECTORY_OWNED));
  }

  @Test
  void anOwnerCompletesACheckpoint() throws IOException {
    try (DirectoryStorage storage = open()) {
      storage.recover(1);
      storage.begin(FIRST);
      storage.publish(FIRST, List.of());

      assertThat(manifests()).containsExactly("checkpoints/1-1/manifest.avro");
    }
  }

  @Test
  void anOwnerThatWasSupersededCompletesNoCheckpointAndBeginsNone() throws IOException {
    try (DirectoryStorage stale = open()) {
      stale.recover(1);
      stale.begin(FIRST);
      Files.createFile(directory.resolve("epoch-2"));

      assertStopped(() -> stale.publish(FIRST, List.of()));
      assertStopped(() -> stale.begin(FIRST.next()));
      assertStopped(() -> stale.recover(1));
      assertThat(manifests()).isEmpty();
    }
  }

  @Test
  @Tag("R21")
  void aRestoreWithoutStateIsThroughAtOnce() throws IOException {
    try (DirectoryStorage storage = open()) {
      assertThat(storage.recover(1).restored().percent()).isEqualTo(100);
      storage.begin(FIRST);
      storage.publish(FIRST, List.of());
    }
    try (DirectoryStorage storage = open()) {
      StartPoint start = storage.recover(1);

      assertThat(start.from()).contains(FIRST);
      assertThat(start.restored().percent()).isEqualTo(100);
    }
  }
}

package io.headrace.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("FAULT-73")
@Timeout(120)
final class OwnershipTest {

  private static final String FIRST = "job \"orders\" in process 1";
  private static final String SECOND = "job \"orders\" in process 2";

  @TempDir Path folder;

  private Path directory() {
    return folder.resolve("jobs").resolve("orders");
  }

  private Ownership acquire(String owner) {
    return Ownership.acquire(directory(), owner);
  }

  private static void assertRefused(ErrorCode code, ThrowingCallable call, String... words) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            HeadraceException.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo(code);
              assertThat(refusal).hasMessageContainingAll(words);
            });
  }

  // Two in one JVM

  @Test
  void aSecondOwnerInTheSameJvmIsRefusedWithTheFirstOneNamed() throws IOException {
    try (Ownership first = acquire(FIRST)) {
      assertThat(first.nextEpoch()).isEqualTo(1);

      assertRefused(
          ErrorCode.DIRECTORY_OWNED,
          () -> acquire(SECOND),
          "Directory " + directory() + " is in use by " + FIRST + ".",
          "give this one a directory of its own");
      first.check();
    }
  }

  @Test
  void whatIsGivenUpCanBeTaken() throws IOException {
    acquire(FIRST).close();

    try (Ownership second = acquire(SECOND)) {
      assertRefused(ErrorCode.DIRECTORY_OWNED, () -> acquire(FIRST), SECOND);
      second.nextEpoch();
      second.check();
    }
  }

  @Test
  void aDirectoryUnderAnotherNameIsTheSameDirectory() throws IOException {
    Path link = folder.resolve("link");
    try (Ownership first = acquire(FIRST)) {
      Files.createSymbolicLink(link, directory());

      assertRefused(ErrorCode.DIRECTORY_OWNED, () -> Ownership.acquire(link, SECOND), FIRST);
      assertThat(first.epoch()).isZero();
    }
  }

  // Two processes

  @Test
  void aSecondProcessIsRefusedWithTheOwnerNamed() throws Exception {
    try (OwnerProcess first = OwnerProcess.start(directory(), FIRST)) {
      assertThat(first.answer()).isEqualTo(OwnerProcess.taken(1));

      assertRefused(ErrorCode.DIRECTORY_OWNED, () -> acquire(SECOND), "in use by " + FIRST);
      try (OwnerProcess third = OwnerProcess.start(directory(), SECOND)) {
        assertThat(third.answer()).contains("in use by " + FIRST, "[DIRECTORY_OWNED, user error]");
      }
    }
  }

  @Test
  void anotherProcessIsStillRefusedAfterASecondOwnerInThisOneWas() throws Exception {
    try (Ownership first = acquire(FIRST)) {
      first.nextEpoch();
      assertRefused(ErrorCode.DIRECTORY_OWNED, () -> acquire(SECOND), FIRST);

      try (OwnerProcess other = OwnerProcess.start(directory(), SECOND)) {
        assertThat(other.answer()).contains("in use by " + FIRST);
      }
      first.check();
    }
  }

  @Test
  void whatAProcessGaveUpCanBeTaken() throws Exception {
    try (OwnerProcess first = OwnerProcess.start(directory(), FIRST)) {
      assertThat(first.answer()).isEqualTo(OwnerProcess.taken(1));
      first.giveUp();
    }

    try (Ownership second = acquire(SECOND)) {
      assertThat(second.nextEpoch()).isEqualTo(2);
    }
  }

  @Test
  void theDirectoryOfAProcessThatWasKilledCanBeTakenAtOnce() throws Exception {
    for (int epoch = 1; epoch <= 3; epoch++) {
      try (OwnerProcess first = OwnerProcess.start(directory(), FIRST)) {
        assertThat(first.answer()).isEqualTo(OwnerProcess.taken(epoch));
        assertRefused(ErrorCode.DIRECTORY_OWNED, () -> acquire(SECOND), FIRST);
        first.kill();
      }
    }

    try (Ownership second = acquire(SECOND)) {
      assertThat(second.nextEpoch()).isEqualTo(4);
      second.check();
    }
  }

  // Epochs

  @Test
  void epochsRiseWithinAndAcrossOwnersAndOneFileOfThemIsKept() throws IOException {
    for (int owner = 0; owner < 3; owner++) {
      try (Ownership ownership = acquire(FIRST)) {
        for (int attempt = 1; attempt <= 2; attempt++) {
          assertThat(ownership.nextEpoch()).isEqualTo(owner * 2 + attempt);
          assertThat(ownership.epoch()).isEqualTo(owner * 2 + attempt);
          ownership.check();
        }
      }
    }

    assertThat(names()).contains("epoch-6").doesNotContain("epoch-5");
  }

  @Test
  void anEpochThatACrashLeftBesideTheNextOneIsPassed() throws IOException {
    Files.createDirectories(directory());
    Files.createFile(directory().resolve("epoch-8"));
    Files.createFile(directory().resolve("epoch-9"));
    Files.createFile(directory().resolve("epoch-0010"));
    Files.createFile(directory().resolve("epoch-x"));

    try (Ownership ownership = acquire(FIRST)) {
      assertThat(ownership.nextEpoch()).isEqualTo(10);
      ownership.check();
    }
  }

  @Test
  void anOwnerWhoseEpochIsSupersededMayPublishNothingMore() throws IOException {
    try (Ownership stale = acquire(FIRST)) {
      stale.nextEpoch();
      stale.check();
      Files.createFile(directory().resolve("epoch-2"));

      assertRefused(
          ErrorCode.DIRECTORY_OWNED,
          stale::check,
          "is no longer this run's",
          "this run has epoch 1, and epoch 2 has begun");
    }
  }

  @Test
  void anOwnerWhoseEpochIsSupersededDoesNotTakeTheDirectoryBack() throws Exception {
    try (Ownership stale = acquire(FIRST)) {
      stale.nextEpoch();
      Files.delete(directory().resolve("owner.lock"));
      try (OwnerProcess other = OwnerProcess.start(directory(), SECOND)) {
        assertThat(other.answer()).isEqualTo(OwnerProcess.taken(2));

        assertRefused(ErrorCode.DIRECTORY_OWNED, stale::nextEpoch, "epoch 2 has begun");
        assertThat(names()).contains("epoch-2").doesNotContain("epoch-3");
      }
    }
  }

  @Test
  @Tag("FAULT-43")
  void anOwnerThatLostTheDirectoryBeforeItBeganDoesNotBegin() throws IOException {
    try (Ownership stale = acquire(FIRST)) {
      Files.createFile(directory().resolve("epoch-2"));

      assertRefused(
          ErrorCode.DIRECTORY_OWNED,
          stale::nextEpoch,
          "this run has not begun, and epoch 2 has begun");
    }
  }

  @Test
  void anOwnerThatGaveTheDirectoryUpMayPublishNothingMore() throws IOException {
    Ownership stale = acquire(FIRST);
    stale.nextEpoch();
    stale.close();

    assertRefused(ErrorCode.DIRECTORY_OWNED, stale::check, "this run has given it up");
  }

  @Test
  void theDirectoryCanBeGivenUpTwice() throws IOException {
    Ownership first = acquire(FIRST);
    first.close();
    try (Ownership second = acquire(SECOND)) {
      first.close();

      second.nextEpoch();
      second.check();
    }
  }

  // What cannot be used

  @Test
  void aFileWhereTheDirectoryShouldBeIsRefused() throws IOException {
    Files.createDirectories(folder.resolve("jobs"));
    Files.createFile(directory());

    assertRefused(
        ErrorCode.DIRECTORY_UNUSABLE,
        () -> acquire(FIRST),
        directory() + " cannot be used for a job",
        "check the path, its permissions and the free space");
  }

  @Test
  void aDirectoryWhereTheLockCannotBeMadeIsRefused() throws IOException {
    Files.createDirectories(directory());
    Files.createDirectory(directory().resolve("owner.lock"));

    assertRefused(ErrorCode.DIRECTORY_UNUSABLE, () -> acquire(FIRST), "cannot be used for a job");
  }

  @Test
  void anOwnerFileThatIsNoTextHidesNothing() throws IOException {
    try (Ownership first = acquire(FIRST)) {
      Files.write(directory().resolve("owner"), new byte[] {(byte) 0xff, (byte) 0xc3, '!'});

      assertRefused(ErrorCode.DIRECTORY_OWNED, () -> acquire(SECOND), "is in use by");
      Files.delete(directory().resolve("owner"));
      assertRefused(ErrorCode.DIRECTORY_OWNED, () -> acquire(SECOND), "an owner not named yet");
      assertThat(first.epoch()).isZero();
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory())) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}

package io.headrace.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("S17")
final class RightsTest {

  @TempDir Path root;

  @Test
  void aDirectoryIsTrustedThatIsOfTheUserOrOfRoot() {
    assertThat(Rights.isTrusted("app", "app")).isTrue();
    assertThat(Rights.isTrusted("root", "app")).isTrue();
    assertThat(Rights.isTrusted("mallory", "app")).isFalse();
    assertThat(Rights.isTrusted("mallory", "root")).isFalse();
  }

  @Test
  void aDirectoryOfThisUserIsTaken() throws IOException {
    Ownership.acquire(root, "somebody").close();

    try (Stream<Path> files = Files.list(root)) {
      assertThat(files.toList())
          .hasSize(3)
          .allSatisfy(
              file ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                      .isEqualTo("rw-------"));
    }
  }

  /**
   * Only root can make a directory of somebody else's; where tests do not run as root, it is not
   * made.
   */
  @Test
  void aDirectoryThatAnotherUserMadeIsRefusedAndGivenUp() throws IOException {
    Path squatted = Files.createDirectory(root.resolve("squatted"));
    assumeTrue(isGivenAway(squatted), "the tests run as root");

    assertThatThrownBy(() -> Ownership.acquire(squatted, "somebody"))
        .isInstanceOfSatisfying(
            HeadraceException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.DIRECTORY_UNUSABLE))
        .hasMessageContaining("belongs to user nobody, and this process runs as user ");
    Files.setOwner(squatted, Files.getOwner(root));
    Ownership.acquire(squatted, "somebody").close();
  }

  private static boolean isGivenAway(Path directory) {
    try {
      Files.setOwner(
          directory,
          directory
              .getFileSystem()
              .getUserPrincipalLookupService()
              .lookupPrincipalByName("nobody"));
      return true;
    } catch (IOException notRoot) {
      return false;
    }
  }
}

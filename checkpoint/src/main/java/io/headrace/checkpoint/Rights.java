package io.headrace.checkpoint;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whose a job's directory is. Who owns it can put whatever he likes in it, so that a directory that
 * another user made, where this one was expected to make it, is not used.
 */
final class Rights {

  /** Who can do everything anyway, and makes the directories that volumes are mounted on. */
  private static final String ROOT = "root";

  private Rights() {}

  /**
   * Checks whose a directory is. Where files have no owners, it is anybody's.
   *
   * @param own a file in it that this process has just created
   * @throws HeadraceException with {@code DIRECTORY_UNUSABLE} if it is another user's
   */
  static void check(Path directory, Path own) throws IOException {
    if (!directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return;
    }
    String owner = Files.getOwner(directory).getName();
    String user = Files.getOwner(own).getName();
    if (!isTrusted(owner, user)) {
      throw new HeadraceException(
          ErrorCode.DIRECTORY_UNUSABLE,
          "Directory "
              + directory
              + " belongs to user "
              + owner
              + ", and this process runs as user "
              + user
              + ". Who owns a directory can change every checkpoint in it: give the job one that is"
              + " its own, or change the owner of this one.");
    }
  }

  static boolean isTrusted(String owner, String user) {
    return owner.equals(user) || owner.equals(ROOT);
  }
}

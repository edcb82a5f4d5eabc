package io.headrace.checkpoint;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * Symbolic links in a job's directory, none of which are ours: what they lead to is neither read
 * nor deleted. The directory itself may be reached by a link.
 */
final class Links {

  private static final int MOST_WORDS = 1 << 20;

  private Links() {}

  /** Opens a file for reading, unless it is a link. */
  static FileChannel open(Path file) throws IOException {
    check(file);
    return FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
  }

  /** What a file says in words, up to a mebibyte of it; nothing if it is a link or not there. */
  static String words(Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return "";
    }
    try (FileChannel channel = open(file)) {
      ByteBuffer words = ByteBuffer.allocate((int) Math.min(channel.size(), MOST_WORDS));
      while (words.hasRemaining() && channel.read(words) >= 0) {
        // There may be more.
      }
      return new String(words.array(), 0, words.position(), StandardCharsets.UTF_8);
    }
  }

  /**
   * Checks that a part of a checkpoint is no link.
   *
   * @throws HeadraceException with {@code CHECKPOINT_DAMAGED} if it is one
   */
  static void check(Path part) {
    if (Files.isSymbolicLink(part)) {
      throw Damage.in(part, "it is a link, which may lead out of the job's directory");
    }
  }

  /**
   * Checks that a folder of the directory is no link.
   *
   * @throws HeadraceException with {@code DIRECTORY_UNUSABLE} if it is one
   */
  static void refuse(Path folder) {
    if (Files.isSymbolicLink(folder)) {
      throw new HeadraceException(
          ErrorCode.DIRECTORY_UNUSABLE,
          "Folder "
              + folder
              + " is a link, which may lead out of the job's directory. Put the folder itself"
              + " there; to have it elsewhere, have the whole directory there.");
    }
  }
}

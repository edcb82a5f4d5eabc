package io.headrace.checkpoint;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.connector.DurableFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;

/**
 * Symbolic links in a job's directory, none of which are ours: what they lead to is neither read
 * nor deleted. The directory itself may be reached by a link.
 */
final class Links {

  private static final int MOST_WORDS = 1 << 20;
  private static final Set<OpenOption> WITHOUT_LINKS =
      Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

  private Links() {}

  /**
   * Opens a file of a checkpoint for reading, unless it is a link or in a folder that is one, be it
   * that somebody puts it there meanwhile.
   */
  static SeekableByteChannel open(Path file) throws IOException {
    check(file);
    Optional<SecureDirectoryStream<Path>> folder = folderOf(file);
    if (folder.isEmpty()) {
      return FileChannel.open(file, WITHOUT_LINKS);
    }
    try (SecureDirectoryStream<Path> in = folder.get()) {
      return in.newByteChannel(file.getFileName(), WITHOUT_LINKS);
    }
  }

  /** Deletes a file of a checkpoint, in no folder that is a link. Returns whether it was there. */
  static boolean deleteIfExists(Path file) throws IOException {
    try {
      Optional<SecureDirectoryStream<Path>> folder = folderOf(file);
      if (folder.isEmpty()) {
        return Files.deleteIfExists(file);
      }
      try (SecureDirectoryStream<Path> in = folder.get()) {
        in.deleteFile(file.getFileName());
        return true;
      }
    } catch (NoSuchFileException gone) {
      return false;
    }
  }

  /**
   * The folder of a checkpoint's file, opened step by step from the job's directory on, so that
   * each step is taken in what the one before has opened; empty where the system has no such means.
   */
  private static Optional<SecureDirectoryStream<Path>> folderOf(Path file) throws IOException {
    Path folder = DurableFiles.parent(file);
    Path checkpoints = DurableFiles.parent(folder);
    if (!file.getFileSystem().equals(FileSystems.getDefault())) {
      return Optional.empty();
    }
    try (DirectoryStream<Path> directory =
        Files.newDirectoryStream(DurableFiles.parent(checkpoints))) {
      if (!(directory instanceof SecureDirectoryStream<Path> ofTheJob)) {
        return Optional.empty();
      }
      try (SecureDirectoryStream<Path> ofAll =
          ofTheJob.newDirectoryStream(checkpoints.getFileName(), LinkOption.NOFOLLOW_LINKS)) {
        return Optional.of(
            ofAll.newDirectoryStream(folder.getFileName(), LinkOption.NOFOLLOW_LINKS));
      }
    }
  }

  /** What a file says in words, up to a mebibyte of it; nothing if it is a link or not there. */
  static String words(Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return "";
    }
    try (FileChannel channel = FileChannel.open(file, WITHOUT_LINKS)) {
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

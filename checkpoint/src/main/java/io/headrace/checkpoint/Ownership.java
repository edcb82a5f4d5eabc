package io.headrace.checkpoint;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.connector.DurableFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The right to write to a job's directory: a lock that is held until closed, and an epoch that
 * rises with each attempt. Any thread that may block, one at a time.
 */
public final class Ownership implements AutoCloseable {

  private final Path root;
  private final DirectoryLock lock;
  private long newest;
  private long epoch;

  /**
   * @param newest the largest epoch that has begun
   */
  private Ownership(Path root, DirectoryLock lock, long newest) {
    this.root = root;
    this.lock = lock;
    this.newest = newest;
  }

  /**
   * Takes a directory, creating it if it is not there.
   *
   * @param owner who takes it, in words
   * @throws HeadraceException with {@code DIRECTORY_OWNED} and the owner's name if another process
   *     or another job of this one has it; with {@code DIRECTORY_UNUSABLE} if it cannot be written,
   *     or belongs to another user
   */
  public static Ownership acquire(Path root, String owner) {
    try {
      DurableFiles.createDirectories(root);
      DurableFiles.syncNames(root);
      Optional<DirectoryLock> lock = DirectoryLock.take(root);
      if (lock.isEmpty()) {
        throw owned(root);
      }
      return settled(root, lock.get(), owner);
    } catch (IOException failure) {
      throw new HeadraceException(
          ErrorCode.DIRECTORY_UNUSABLE,
          "Directory "
              + root
              + " cannot be used for a job: "
              + failure
              + ". Files must be created, renamed and synced in it: check the path, its permissions"
              + " and the free space.",
          failure);
    }
  }

  private static Ownership settled(Path root, DirectoryLock lock, String owner) throws IOException {
    try {
      DurableFiles.replace(root.resolve(FileNames.OWNER), owner.getBytes(StandardCharsets.UTF_8));
      Rights.check(root, root.resolve(FileNames.OWNER));
      return new Ownership(root, lock, largestEpoch(root));
    } catch (IOException | RuntimeException failure) {
      lock.close();
      throw failure;
    }
  }

  private static HeadraceException owned(Path root) throws IOException {
    // Whatever it says: that somebody has the directory is known without it.
    String owner = Links.words(root.resolve(FileNames.OWNER));
    return new HeadraceException(
        ErrorCode.DIRECTORY_OWNED,
        "Directory "
            + root
            + " is in use by "
            + (owner.isEmpty() ? "an owner not named yet" : owner)
            + ". A job's directory belongs to one run at a time: stop that run, or give this one a"
            + " directory of its own.");
  }

  /** The epoch of the attempt under way. */
  public long epoch() {
    return epoch;
  }

  /**
   * Begins an attempt, with an epoch that no attempt on the directory had; refused like {@link
   * #check} to a run that lost the directory since it took it.
   */
  public long nextEpoch() throws IOException {
    check();
    epoch = newest + 1;
    DurableFiles.create(root.resolve(FileNames.epoch(epoch)), new byte[0]);
    if (newest > 0) {
      Files.deleteIfExists(root.resolve(FileNames.epoch(newest)));
    }
    newest = epoch;
    return epoch;
  }

  /** Checks that nobody began an attempt since: to be called before anything is published. */
  public void check() throws IOException {
    if (!lock.isHeld()) {
      throw lost("this run has given it up, or lost its lock");
    }
    long largest = largestEpoch(root);
    if (largest != newest) {
      throw lost(
          (epoch > 0 ? "this run has epoch " + epoch : "this run has not begun")
              + ", and epoch "
              + largest
              + " has begun");
    }
  }

  private HeadraceException lost(String how) {
    return new HeadraceException(
        ErrorCode.DIRECTORY_OWNED,
        "Directory " + root + " is no longer this run's: " + how + ". This run stops.");
  }

  private static long largestEpoch(Path root) throws IOException {
    long largest = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(root)) {
      for (Path file : files) {
        largest = Math.max(largest, FileNames.epoch(file.getFileName().toString()).orElse(0L));
      }
    }
    return largest;
  }

  /** Gives the directory up; more than once does no harm. */
  @Override
  public void close() throws IOException {
    lock.close();
  }
}

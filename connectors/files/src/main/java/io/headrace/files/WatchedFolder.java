package io.headrace.files;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.Printable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.PatternSyntaxException;

/**
 * A folder in which files appear while a job runs. Immutable; any thread.
 *
 * <p>Each file is read once, to its end as it is then. So a file must appear whole: written under
 * another name and renamed. What begins with a dot or ends in {@code .tmp} is passed over, and so
 * are folders and links.
 *
 * <p>A file may be deleted when it was read to its end and a checkpoint that began after that is
 * complete; its name is not to be used again. Until then the job needs it: whenever it starts
 * again, it reads what follows the last complete checkpoint once more, and refuses to go on without
 * the file, since what the file holds after that would be lost. A file that was put back as it was
 * lets it go on.
 */
public final class WatchedFolder implements Inputs {

  private final Path folder;
  private final String glob;
  private final PathMatcher matcher;
  private final Duration interval;

  private WatchedFolder(Path folder, String glob, Duration interval) {
    this.folder = folder;
    this.glob = glob;
    this.matcher = matcher(folder, glob);
    this.interval = interval;
  }

  private static PathMatcher matcher(Path folder, String glob) {
    try {
      return folder.getFileSystem().getPathMatcher("glob:" + glob);
    } catch (PatternSyntaxException malformed) {
      throw new HeadraceException(
          ErrorCode.INVALID_JOB,
          "Folder %s is watched for files named \"%s\", which is no pattern: %s. Give it one such as *.csv."
              .formatted(Printable.of(folder), Printable.of(glob), malformed.getDescription()),
          malformed);
    }
  }

  /**
   * The files of a folder whose names match a pattern.
   *
   * @param glob a pattern as {@link java.nio.file.FileSystem#getPathMatcher} describes it, such as
   *     {@code *.csv}
   * @param interval how often to look for new files
   * @throws HeadraceException with {@code INVALID_JOB} if the interval is no time at all, or the
   *     pattern is none
   */
  public static WatchedFolder of(Path folder, String glob, Duration interval) {
    if (interval.isNegative() || interval.isZero()) {
      throw new HeadraceException(
          ErrorCode.INVALID_JOB,
          "Folder "
              + folder
              + " is looked at again after some time, not every "
              + Printable.duration(interval)
              + ". Give it an interval such as a second.");
    }
    return new WatchedFolder(folder, glob, interval);
  }

  @Override
  public List<String> names() throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, this::isInput)) {
      files.forEach(file -> names.add(file.getFileName().toString()));
    } catch (NoSuchFileException | NotDirectoryException missing) {
      throw new HeadraceException(
          ErrorCode.INPUT_REFUSED,
          "Folder "
              + Printable.of(folder)
              + " is missing. Bring it back, or make it; while there is no input it is empty.",
          missing);
    }
    names.sort(null);
    return List.copyOf(names);
  }

  private boolean isInput(Path file) {
    Path name = file.getFileName();
    return matcher.matches(name)
        && !name.toString().startsWith(".")
        && !name.toString().endsWith(".tmp")
        && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }

  /** Only names that a file of the folder can have: what a checkpoint says is not trusted. */
  @Override
  public Path file(String name) {
    try {
      Path file = folder.resolve(name);
      boolean isName =
          !name.equals("..") && !name.equals(".") && file.getFileName().toString().equals(name);
      if (isName) {
        return file;
      }
    } catch (InvalidPathException noName) {
      // As for other names that are none.
    }
    throw new HeadraceException(
        ErrorCode.INPUT_REFUSED,
        "\"%s\" is not the name of a file in folder %s. Look where the checkpoint comes from that says so."
            .formatted(Printable.of(name), Printable.of(folder)));
  }

  @Override
  public Set<OpenOption> openOptions() {
    return Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public Optional<Duration> interval() {
    return Optional.of(interval);
  }

  @Override
  public String toString() {
    return folder.resolve(glob) + " every " + interval;
  }
}

package io.headrace.files;

import io.headrace.api.Committer;
import io.headrace.api.ConnectorContext;
import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.connector.DurableFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Gives pending files their names in the folder. */
final class FileCommitter implements Committer<PendingFile> {

  private final SinkFolder folder;

  private FileCommitter(SinkFolder folder) {
    this.folder = folder;
  }

  /**
   * Takes the folder for a sink of a job; refuses if another job has a sink of that name there, or
   * if the job was started in another directory before, where it counted its attempts anew.
   */
  static FileCommitter open(SinkFolder folder, ConnectorContext context) throws IOException {
    folder.create();
    Path owner = folder.ownerFile();
    if (Files.exists(owner)) {
      String job = new String(Files.readAllBytes(owner), StandardCharsets.UTF_8);
      if (!job.equals(context.job())) {
        throw owned(folder, context, "job \"" + job + "\", not of job \"" + context.job() + "\"");
      }
    } else {
      DurableFiles.replace(owner, context.job().getBytes(StandardCharsets.UTF_8));
    }
    long newest = folder.newestAttempt();
    if (newest >= context.attempt()) {
      throw owned(
          folder,
          context,
          "job \"%s\" started in another directory: there are files of its attempt %d, and this is attempt %d"
              .formatted(context.job(), newest, context.attempt()));
    }
    return new FileCommitter(folder);
  }

  private static HeadraceException owned(
      SinkFolder folder, ConnectorContext context, String owner) {
    return new HeadraceException(
        ErrorCode.DIRECTORY_OWNED,
        "Folder %s is written to by sink \"%s\" of %s. Give each job and each of its directories a folder of its own."
            .formatted(folder.folder(), context.operator(), owner));
  }

  @Override
  public void recover(List<PendingFile> prepared) throws IOException {
    commit(prepared);
    Set<String> committed = new HashSet<>();
    prepared.forEach(file -> committed.add(file.pending()));
    for (String pending : folder.pending()) {
      if (!committed.contains(pending)) {
        Files.deleteIfExists(folder.pendingFolder().resolve(pending));
      }
    }
  }

  @Override
  public void commit(List<PendingFile> files) throws IOException {
    for (PendingFile file : files) {
      commit(file);
    }
    // Also what was renamed before a crash may not be durable yet.
    DurableFiles.syncDirectory(folder.folder());
    DurableFiles.syncDirectory(folder.pendingFolder());
  }

  private void commit(PendingFile file) throws IOException {
    Path pending = folder.pendingFolder().resolve(file.pending());
    Path target = folder.folder().resolve(file.target());
    if (Files.exists(pending)) {
      checkLength(pending, file);
      checkFree(target, pending);
      Files.move(pending, target, StandardCopyOption.ATOMIC_MOVE);
    } else if (Files.exists(target)) {
      checkLength(target, file);
    } else {
      throw new HeadraceException(
          ErrorCode.COMMIT_FAILED,
          "File "
              + pending
              + " is missing, and so is "
              + target
              + ": its lines are lost. Bring one of them back.");
    }
  }

  /** A rename replaces what is there. A crash within one may leave the file under both names. */
  private static void checkFree(Path target, Path pending) throws IOException {
    if (Files.exists(target) && !Files.isSameFile(target, pending)) {
      throw new HeadraceException(
          ErrorCode.COMMIT_FAILED,
          "File "
              + target
              + " is there already, and file "
              + pending
              + " is to get its name: lines of another run would be lost. Move it away.");
    }
  }

  private static void checkLength(Path path, PendingFile file) throws IOException {
    long length = Files.size(path);
    if (length != file.length()) {
      throw new HeadraceException(
          ErrorCode.COMMIT_FAILED,
          "File %s has %d bytes instead of %d: it was changed. Bring it back as it was."
              .formatted(path, length, file.length()));
    }
  }

  @Override
  public void close() {
    // Nothing is held open.
  }
}

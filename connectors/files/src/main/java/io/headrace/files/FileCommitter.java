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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Gives pending files their names in the folder. */
final class FileCommitter implements Committer<PendingFile> {

  /** Syncing some folders again costs little. */
  private static final int MOST_REMEMBERED = 10_000;

  private final SinkFolder folder;

  /** Folders within the folder that are durable, as far as they are remembered. */
  private final Set<Path> made = new HashSet<>();

  private final long attempt;

  private FileCommitter(SinkFolder folder, long attempt) {
    this.folder = folder;
    this.attempt = attempt;
  }

  /**
   * Takes the folder for a sink of a job; refuses if another job has a sink of that name there, or
   * the same job did from another directory, whose state is not that of this one, or if a later
   * attempt has taken it.
   */
  static FileCommitter open(SinkFolder folder, ConnectorContext context) throws IOException {
    folder.create();
    Path file = folder.ownerFile();
    Owner owner = new Owner(context.job(), context.lineage(), context.attempt());
    if (Files.exists(file)) {
      Owner before = Owner.read(file);
      if (!before.job().equals(owner.job())) {
        throw owned(
            folder, context, "job \"%s\", not of job \"%s\"".formatted(before.job(), owner.job()));
      }
      if (!before.lineage().equals(owner.lineage())) {
        throw owned(
            folder,
            context,
            "job \"%s\" started in another directory. To continue, use that one; to begin anew, remove the folder too, or take another"
                .formatted(owner.job()));
      }
      if (before.attempt() > owner.attempt()) {
        throw owned(
            folder,
            context,
            "attempt %d of job \"%s\", and this is attempt %d"
                .formatted(before.attempt(), owner.job(), owner.attempt()));
      }
    }
    DurableFiles.replace(file, owner.toString().getBytes(StandardCharsets.UTF_8));
    return new FileCommitter(folder, context.attempt());
  }

  /** Whom the files are of, as a file says it. */
  private record Owner(String job, String lineage, long attempt) {

    private static final Pattern TEXT = Pattern.compile("(?s)([0-9]{1,18}) ([^ ]{1,40}) (.*)");

    static Owner read(Path file) throws IOException {
      Matcher text = TEXT.matcher(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
      if (!text.matches()) {
        throw new HeadraceException(
            ErrorCode.DIRECTORY_UNUSABLE,
            "File %s does not say which job writes to its folder: it was changed. Bring it back as it was, or write to another folder."
                .formatted(file));
      }
      return new Owner(text.group(3), text.group(2), Long.parseLong(text.group(1)));
    }

    @Override
    public String toString() {
      return attempt + " " + lineage + " " + job;
    }
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
    // What a later attempt has begun is not of this one, which has lost the directory to it.
    for (String pending : folder.pendingBefore(attempt)) {
      if (!committed.contains(pending)) {
        Files.deleteIfExists(folder.pendingFolder().resolve(pending));
      }
    }
  }

  @Override
  public void commit(List<PendingFile> files) throws IOException {
    for (List<PendingFile> round : rounds(files)) {
      Set<Path> changed = new LinkedHashSet<>();
      for (PendingFile file : round) {
        commit(file);
        changed.add(DurableFiles.parent(folder.folder().resolve(file.target())));
      }
      // Also what was renamed before a crash may not be durable yet.
      for (Path each : changed) {
        DurableFiles.syncDirectory(each);
      }
    }
    DurableFiles.syncDirectory(folder.pendingFolder());
  }

  /**
   * The files in the order of their names, no two of one task and folder in a round: each is
   * durable before the next one is seen. So a crash leaves no gap in what a task wrote to a folder.
   */
  private static List<List<PendingFile>> rounds(List<PendingFile> files) {
    List<List<PendingFile>> rounds = new ArrayList<>();
    Map<String, Integer> next = new HashMap<>();
    files.stream()
        .sorted(Comparator.comparing(PendingFile::name))
        .forEach(
            file -> {
              int round = next.merge(file.writer(), 1, Integer::sum) - 1;
              if (round == rounds.size()) {
                rounds.add(new ArrayList<>());
              }
              rounds.get(round).add(file);
            });
    return rounds;
  }

  private void commit(PendingFile file) throws IOException {
    Path pending = folder.pendingFolder().resolve(file.pending());
    Path target = folder.folder().resolve(file.target());
    makeWay(target);
    refuseLink("File ", pending);
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

  /**
   * Makes the folders that a file goes to durable, before it goes there. None of them may lead out
   * of the sink's folder.
   */
  private void makeWay(Path target) throws IOException {
    List<Path> chain = folder.chain(target);
    chain.forEach(each -> refuseLink("Folder ", each));
    boolean isMade = chain.isEmpty() || made.contains(chain.get(0)) && Files.exists(chain.get(0));
    if (isMade) {
      return;
    }
    DurableFiles.createDirectories(chain.get(0));
    for (Path each : chain) {
      // One that was there may have been made right before a crash.
      DurableFiles.syncDirectory(DurableFiles.parent(each));
    }
    if (made.size() == MOST_REMEMBERED) {
      made.clear();
    }
    made.add(chain.get(0));
  }

  private static void refuseLink(String kind, Path path) {
    if (Files.isSymbolicLink(path)) {
      throw new HeadraceException(
          ErrorCode.COMMIT_FAILED,
          kind
              + path
              + " is a link, which may lead anywhere. Put what it stands for in its place.");
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

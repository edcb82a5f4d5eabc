package io.headrace.checkpoint;

import io.headrace.api.CheckpointId;
import io.headrace.api.HeadraceException;
import io.headrace.api.Invariant;
import io.headrace.api.connector.DurableFiles;
import io.headrace.codec.HashRange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The checkpoints in a job's directory.
 *
 * <pre>
 *   owner.lock, jvm.lock             locked by the owner
 *   owner, epoch-A                   who it is, and its attempt: see {@link Ownership}
 *   started                          a job has started here
 *   completed-N-A                    checkpoint N, taken by attempt A, was complete, and is kept
 *   committed-N                      transactions of checkpoint N may have been committed
 *   checkpoints/N-A/manifest.avro    checkpoint N, taken by attempt A, is complete
 *   checkpoints/N-A/*.state.avro     its state
 * </pre>
 *
 * <p>Only the owner of the directory writes. Threads that may block, one at a time; but beside the
 * other methods {@link #begin}, {@link #stateFile} and {@link #discard} may be called for
 * checkpoints that are not published.
 */
public final class CheckpointStore {

  private final Path root;
  private final Path checkpoints;
  private final String job;

  /** How many blocks were checked. Counted by the thread that inspects, read by who watches it. */
  private final AtomicInteger checked = new AtomicInteger();

  /** The checkpoints of a job in a directory. */
  public CheckpointStore(Path root, String job) {
    this.root = root;
    this.checkpoints = root.resolve(FileNames.CHECKPOINTS);
    this.job = job;
  }

  // Writing

  /**
   * Makes it durable that a job has started here.
   *
   * @param random what the directory gets its id from, if it has none
   * @return the id of the directory: the same at each start, whatever else is lost, and that of no
   *     other one
   */
  public String markStarted(long random) throws IOException {
    Links.refuse(checkpoints);
    DurableFiles.createDirectories(checkpoints);
    if (!Files.exists(root.resolve(FileNames.STARTED))) {
      DurableFiles.replace(root.resolve(FileNames.STARTED), job.getBytes(StandardCharsets.UTF_8));
    }
    if (id().isEmpty()) {
      DurableFiles.replace(root.resolve(FileNames.id(random)), new byte[0]);
    }
    return id().orElseThrow();
  }

  private Optional<String> id() throws IOException {
    try (Stream<Path> files = Files.list(root)) {
      return files
          .flatMap(file -> FileNames.id(file.getFileName().toString()).stream())
          .min(Comparator.naturalOrder());
    }
  }

  /** Makes the folder of a checkpoint, which must not be there. */
  public void begin(CheckpointId checkpoint, long attempt) throws IOException {
    Path folder = folder(checkpoint, attempt);
    Invariant.check(!Files.exists(folder), "checkpoint %s-%s began twice", checkpoint, attempt);
    DurableFiles.createDirectories(folder);
  }

  /** A file for one state of one task, in the folder of a checkpoint that has begun. */
  public StateFileWriter stateFile(StateFileId id) throws IOException {
    return new StateFileWriter(folder(id.place().checkpoint(), id.place().attempt()), id);
  }

  /** Makes a checkpoint complete; the content of all files that its manifest names is durable. */
  public void publish(Manifest manifest) throws IOException {
    Path folder = folder(manifest.id(), manifest.attempt());
    for (StateFile file : files(manifest)) {
      long length = Files.size(folder.resolve(file.name()));
      Invariant.check(
          length == file.length(),
          "%s has %s bytes instead of %s",
          file.name(),
          length,
          file.length());
    }
    DurableFiles.syncDirectory(folder);
    DurableFiles.replace(folder.resolve(FileNames.MANIFEST), ManifestFile.encode(manifest));
    DurableFiles.create(marker(manifest), new byte[0]);
  }

  /**
   * Makes a checkpoint that was found durable, before anything follows from it: a process that is
   * killed while it publishes leaves names behind which are there, and which a power failure takes
   * away. Names are all that can be missing: what the files hold was synced before the manifest got
   * its name.
   */
  public void secure(Manifest manifest) throws IOException {
    DurableFiles.syncDirectory(folder(manifest.id(), manifest.attempt()));
    DurableFiles.syncDirectory(checkpoints);
    if (Files.exists(marker(manifest))) {
      DurableFiles.syncDirectory(root);
    } else {
      DurableFiles.create(marker(manifest), new byte[0]);
    }
  }

  private Path marker(Manifest manifest) {
    return marker(new FileNames.Folder(manifest.id(), manifest.attempt()));
  }

  private Path marker(FileNames.Folder folder) {
    return root.resolve(FileNames.completed(folder));
  }

  /** Makes it durable that transactions of these sinks in a checkpoint may be committed. */
  public void markCommitted(CheckpointId checkpoint, Collection<String> sinks) throws IOException {
    Path marker = root.resolve(FileNames.committed(checkpoint));
    if (Files.exists(marker)) {
      DurableFiles.syncDirectory(root); // Whoever made it may have been killed before it did.
      return;
    }
    String names = String.join("\n", new TreeSet<>(sinks));
    DurableFiles.replace(marker, names.getBytes(StandardCharsets.UTF_8));
  }

  // Deleting

  /**
   * Deletes the complete checkpoints but the newest ones, what is left of damaged ones that are
   * older than the newest, and markers that say nothing any more.
   */
  public void retain(int keep) throws IOException {
    List<FileNames.Folder> complete = new ArrayList<>(folders());
    complete.removeIf(folder -> !hasManifest(folder));
    if (complete.isEmpty()) {
      return;
    }
    Set<FileNames.Folder> obsolete =
        new TreeSet<>(complete.subList(Math.min(keep, complete.size()), complete.size()));
    for (FileNames.Folder marked : completed()) {
      if (!hasManifest(marked) && marked.compareTo(complete.get(0)) < 0) {
        obsolete.add(marked);
      }
    }
    unmark(obsolete);
    for (FileNames.Folder old : obsolete) {
      delete(path(old));
    }
  }

  private boolean hasManifest(FileNames.Folder folder) {
    return !Files.isSymbolicLink(path(folder))
        && Files.exists(path(folder).resolve(FileNames.MANIFEST));
  }

  /** Durable before the manifests are deleted: else these would be missed. */
  private void unmark(Set<FileNames.Folder> obsolete) throws IOException {
    boolean isChanged = false;
    for (FileNames.Folder old : obsolete) {
      isChanged |= Files.deleteIfExists(marker(old));
    }
    List<CheckpointId> committed = markers();
    for (CheckpointId old : committed.subList(Math.min(1, committed.size()), committed.size())) {
      isChanged |= Files.deleteIfExists(root.resolve(FileNames.committed(old)));
    }
    if (isChanged) {
      DurableFiles.syncDirectory(root);
    }
  }

  /**
   * Deletes what there is of a checkpoint that was given up. If it was while it was published, and
   * its manifest has its name, it is as complete as any, and somebody who took the directory over
   * may have gone on from it: then it stays.
   */
  public void discard(CheckpointId checkpoint, long attempt) throws IOException {
    FileNames.Folder folder = new FileNames.Folder(checkpoint, attempt);
    if (!hasManifest(folder)) {
      delete(path(folder));
    }
  }

  /**
   * Deletes the folders of checkpoints that were never complete; only after a start was decided.
   *
   * @param attempt only what earlier attempts began; a later one is somebody else's, who took the
   *     directory from this run
   */
  public void collectGarbage(long attempt) throws IOException {
    Set<FileNames.Folder> completed = completed();
    for (FileNames.Folder folder : folders()) {
      if (folder.attempt() < attempt && !hasManifest(folder) && !completed.contains(folder)) {
        delete(path(folder));
      }
    }
    for (String name : list(root)) {
      if (name.endsWith(".tmp") && isOurs(name)) {
        Files.deleteIfExists(root.resolve(name));
      }
    }
  }

  private static boolean isOurs(String temporary) {
    String name = temporary.substring(0, temporary.length() - ".tmp".length());
    return name.equals(FileNames.OWNER)
        || name.equals(FileNames.STARTED)
        || FileNames.id(name).isPresent()
        || FileNames.committed(name).isPresent();
  }

  /** The manifest goes first, durably: what is left is an incomplete checkpoint. */
  private static void delete(Path folder) throws IOException {
    if (Files.isSymbolicLink(folder)) {
      Files.delete(folder); // Where it leads nothing is ours.
      return;
    }
    if (!Files.isDirectory(folder)) {
      return;
    }
    if (Links.deleteIfExists(folder.resolve(FileNames.MANIFEST))) {
      DurableFiles.syncDirectory(folder);
    }
    for (String name : list(folder)) {
      if (FileNames.isStateFile(name) || name.equals(FileNames.MANIFEST_BEING_WRITTEN)) {
        Links.deleteIfExists(folder.resolve(name));
      }
    }
    try {
      Files.delete(folder);
    } catch (DirectoryNotEmptyException notOurs) {
      // Somebody put a file of their own there: it is left alone, and so is its folder.
      DurableFiles.syncDirectory(folder);
    }
  }

  // Reading

  /**
   * What there is. Manifests are read; state files are checked from the newest checkpoint on, until
   * one is intact, and those of one more checkpoint if it is named.
   */
  public Facts inspect(Optional<CheckpointId> alsoChecked) throws IOException {
    Links.refuse(checkpoints);
    List<Facts.Found> found = new ArrayList<>();
    Set<FileNames.Folder> completed = completed();
    Set<FileNames.Folder> known = new TreeSet<>(Comparator.reverseOrder());
    known.addAll(folders());
    known.addAll(completed);
    boolean hasIntact = false;
    for (FileNames.Folder folder : known) {
      boolean isChecked =
          !hasIntact || alsoChecked.filter(id -> id.equals(folder.checkpoint())).isPresent();
      Facts.Found each = inspect(folder, isChecked, completed.contains(folder));
      hasIntact |= each instanceof Facts.Intact;
      found.add(each);
    }
    return new Facts(
        root.toString(), Files.exists(root.resolve(FileNames.STARTED)), committed(), found);
  }

  private Facts.Found inspect(FileNames.Folder folder, boolean isChecked, boolean wasComplete)
      throws IOException {
    Path file = path(folder).resolve(FileNames.MANIFEST);
    try {
      Links.check(path(folder));
      Manifest manifest = ManifestFile.read(file);
      if (!manifest.job().equals(job)
          || !manifest.id().equals(folder.checkpoint())
          || manifest.attempt() != folder.attempt()) {
        throw Damage.in(
            file,
            "it belongs to checkpoint %s-%s of job \"%s\""
                .formatted(manifest.checkpoint(), manifest.attempt(), manifest.job()));
      }
      if (isChecked) {
        check(manifest);
      }
      return new Facts.Intact(manifest);
    } catch (NoSuchFileException absent) {
      return wasComplete
          ? damaged(folder, Damage.in(file, "it is missing", absent))
          : new Facts.Incomplete(folder.checkpoint(), folder.attempt());
    } catch (HeadraceException damage) {
      return damaged(folder, damage);
    }
  }

  private static Facts.Damaged damaged(FileNames.Folder folder, HeadraceException damage) {
    return new Facts.Damaged(folder.checkpoint(), folder.attempt(), Damage.reason(damage));
  }

  private void check(Manifest manifest) throws IOException {
    for (Manifest.Operator operator : manifest.operators()) {
      for (Manifest.State state : operator.states()) {
        for (StateFile file : state.files()) {
          reader(manifest, operator, state, file)
              .read(HashRange.ALL, (entries, count) -> checked.incrementAndGet());
        }
      }
    }
  }

  /** Another number each time that {@link #inspect} got on. Any thread. */
  public int progress() {
    return checked.get();
  }

  /** A reader of a state file of a checkpoint. */
  public StateFileReader reader(
      Manifest manifest, Manifest.Operator operator, Manifest.State state, StateFile file) {
    StateFileId id =
        new StateFileId(
            new StateFileId.Place(manifest.job(), manifest.id(), manifest.attempt()),
            operator.name(),
            state.name(),
            state.entrySchema(),
            file.task());
    return new StateFileReader(folder(manifest.id(), manifest.attempt()), id, file);
  }

  private Optional<Facts.Committed> committed() throws IOException {
    List<CheckpointId> markers = markers();
    if (markers.isEmpty()) {
      return Optional.empty();
    }
    CheckpointId newest = markers.get(0);
    // Whatever it says: that sinks may have committed is known from the name.
    String sinks = Links.words(root.resolve(FileNames.committed(newest)));
    return Optional.of(new Facts.Committed(newest, List.of(sinks.split("\n", -1))));
  }

  /** The checkpoints that are marked as committed, the newest first. */
  private List<CheckpointId> markers() throws IOException {
    List<CheckpointId> markers = new ArrayList<>();
    for (String name : list(root)) {
      FileNames.committed(name).ifPresent(markers::add);
    }
    markers.sort(Comparator.reverseOrder());
    return markers;
  }

  /** The checkpoints that are marked as complete. */
  private Set<FileNames.Folder> completed() throws IOException {
    Set<FileNames.Folder> completed = new TreeSet<>();
    for (String name : list(root)) {
      FileNames.completed(name).ifPresent(completed::add);
    }
    return completed;
  }

  /** The folders of checkpoints, the newest first. */
  private List<FileNames.Folder> folders() throws IOException {
    List<FileNames.Folder> folders = new ArrayList<>();
    for (String name : list(checkpoints)) {
      FileNames.folder(name).ifPresent(folders::add);
    }
    folders.sort(Collections.reverseOrder());
    return folders;
  }

  private static List<String> list(Path folder) throws IOException {
    List<String> names = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
        for (Path file : files) {
          names.add(file.getFileName().toString());
        }
      }
    }
    Collections.sort(names);
    return names;
  }

  private static List<StateFile> files(Manifest manifest) {
    return manifest.operators().stream()
        .flatMap(operator -> operator.states().stream())
        .flatMap(state -> state.files().stream())
        .toList();
  }

  private Path folder(CheckpointId checkpoint, long attempt) {
    return path(new FileNames.Folder(checkpoint, attempt));
  }

  private Path path(FileNames.Folder folder) {
    return checkpoints.resolve(folder.toString());
  }
}

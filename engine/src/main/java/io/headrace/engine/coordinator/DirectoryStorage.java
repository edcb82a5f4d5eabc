package io.headrace.engine.coordinator;

import io.headrace.api.CheckpointId;
import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.Settings;
import io.headrace.api.plan.Plan;
import io.headrace.checkpoint.CheckpointStore;
import io.headrace.checkpoint.Decision;
import io.headrace.checkpoint.Facts;
import io.headrace.checkpoint.Manifest;
import io.headrace.checkpoint.Ownership;
import io.headrace.checkpoint.Recovery;
import io.headrace.checkpoint.StateFile;
import io.headrace.checkpoint.StateFileId;
import io.headrace.checkpoint.StateFileWriter;
import io.headrace.engine.task.Contribution;
import io.headrace.engine.task.Loggable;
import io.headrace.engine.task.StateFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps checkpoints in a directory that belongs to the job. */
public final class DirectoryStorage implements JobStorage {

  private static final Logger LOG = LoggerFactory.getLogger(DirectoryStorage.class);

  private final Plan plan;
  private final Settings settings;
  private final CheckpointStore store;
  private final Ownership ownership;
  private final ManifestBuilder manifests;

  /** Of which damage was told: it is found again at each start. */
  private final Set<Facts.Damaged> told = new HashSet<>();

  private boolean hasFailedToDelete;

  private DirectoryStorage(Path directory, Plan plan, Settings settings, Ownership ownership) {
    this.plan = plan;
    this.settings = settings;
    this.store = new CheckpointStore(directory, plan.job());
    this.ownership = ownership;
    this.manifests = new ManifestBuilder(plan);
  }

  /**
   * Takes the directory of a job.
   *
   * @param owner who takes it, in words
   * @throws HeadraceException with {@code DIRECTORY_OWNED} or {@code DIRECTORY_UNUSABLE}
   */
  public static DirectoryStorage open(Path directory, Plan plan, Settings settings, String owner) {
    return new DirectoryStorage(directory, plan, settings, Ownership.acquire(directory, owner));
  }

  @Override
  public StartPoint recover(long random) throws IOException {
    // Before anything is looked at: whoever had the directory publishes nothing from now on.
    long attempt = ownership.nextEpoch();
    Facts facts = store.inspect(settings.restoreBelowCommit());
    Decision decision = Recovery.decide(facts, settings.restoreBelowCommit());
    if (decision instanceof Decision.Refuse refusal) {
      throw new HeadraceException(
          ErrorCode.CHECKPOINT_DAMAGED,
          "Job \"" + plan.job() + "\" cannot start. " + refusal.message());
    }
    String lineage = store.markStarted(random);
    store.collectGarbage(attempt);
    if (decision instanceof Decision.Restore restore) {
      return restore(restore, lineage, attempt, facts.nextId());
    }
    if (((Decision.StartEmpty) decision).isFirst()) {
      LOG.info("Job \"{}\" starts empty: nothing is in {} yet.", plan.job(), facts.directory());
    }
    return new StartPoint(
        lineage,
        attempt,
        facts.nextId(),
        Optional.empty(),
        new EphemeralStorage.Nothing(),
        Map.of());
  }

  private StartPoint restore(
      Decision.Restore restore, String lineage, long attempt, CheckpointId next)
      throws IOException {
    Manifest manifest = restore.from();
    for (Facts.Damaged damaged : restore.passedOver()) {
      if (!told.add(damaged)) {
        continue;
      }
      LOG.warn(
          "Checkpoint {} is damaged and passed over{}. {}",
          damaged.id(),
          restore.isBelowCommit() ? " as told" : "; no sink has committed it",
          damaged.reason());
    }
    if (restore.isBelowCommit()) {
      LOG.warn(
          "Checkpoint {} is restored as told; what was committed after it is committed again.",
          manifest.id());
    }
    manifests.checkFits(manifest);
    store.secure(manifest);
    Map<String, List<byte[]>> prepared = new HashMap<>();
    for (Manifest.Sink sink : manifest.sinks()) {
      prepared.put(sink.name(), sink.committables());
    }
    if (!prepared.isEmpty()) {
      store.markCommitted(manifest.id(), prepared.keySet());
    }
    return new StartPoint(
        lineage,
        attempt,
        next,
        Optional.of(manifest.id()),
        new RestoredManifest(store, manifest),
        prepared);
  }

  @Override
  public int progress() {
    return store.progress();
  }

  @Override
  public void begin(CheckpointId checkpoint) throws IOException {
    ownership.check();
    store.begin(checkpoint, ownership.epoch());
  }

  @Override
  public StateFiles files(CheckpointId checkpoint) {
    long attempt = ownership.epoch();
    return (task, operator, state) -> {
      StateFileId.Place place = new StateFileId.Place(plan.job(), checkpoint, attempt);
      StateFileId id =
          new StateFileId(place, operator, state.name(), state.entrySchema().json(), task.index());
      try (StateFileWriter writer = store.stateFile(id)) {
        state.writeTo(writer::entry);
        StateFile file = writer.finish();
        return Optional.of(file);
      }
    };
  }

  @Override
  public void publish(CheckpointId checkpoint, List<Contribution> contributions)
      throws IOException {
    Manifest manifest = manifests.build(checkpoint, ownership.epoch(), contributions);
    ownership.check();
    store.publish(manifest);
  }

  @Override
  public void markCommitting(CheckpointId checkpoint, Set<String> sinks) throws IOException {
    ownership.check();
    store.markCommitted(checkpoint, sinks);
  }

  @Override
  public void retain() {
    try {
      store.retain(settings.checkpoints().retained());
      hasFailedToDelete = false;
    } catch (IOException failure) {
      if (!hasFailedToDelete) {
        LOG.warn(
            "Old checkpoints could not be deleted; it is tried again after each of the next.",
            Loggable.of(failure));
      }
      hasFailedToDelete = true;
    }
  }

  @Override
  public void discard(CheckpointId checkpoint) throws IOException {
    store.discard(checkpoint, ownership.epoch());
  }

  @Override
  public boolean isDurable() {
    return true;
  }

  @Override
  public void close() throws IOException {
    ownership.close();
  }
}

package io.headrace.engine;

import io.headrace.checkpoint.CheckpointStore;
import io.headrace.checkpoint.Facts;
import io.headrace.checkpoint.Manifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The complete checkpoints in the directory of a job that has no name of its own. */
final class StoredCheckpoints {

  private StoredCheckpoints() {}

  /** All of them, the newest first. */
  static List<Manifest> all(Path directory) throws IOException {
    return new CheckpointStore(directory, "job")
        .inspect(Optional.empty()).found().stream()
            .filter(Facts.Intact.class::isInstance)
            .map(found -> ((Facts.Intact) found).manifest())
            .toList();
  }

  /** The newest. */
  static Manifest newest(Path directory) throws IOException {
    return all(directory).get(0);
  }
}

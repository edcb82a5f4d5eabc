package io.headrace.simulation;

import io.headrace.simulation.disk.DiskOperation;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** I8 and I12: no name is used twice, and checkpoints are published in order, by one owner. */
final class Names {

  private static final Pattern OWN_NAME = Pattern.compile(".*/(checkpoints|\\.pending)/.*");
  private static final Pattern OWNER = Pattern.compile(".*\\.owner(\\.tmp)?");
  private static final Pattern MANIFEST =
      Pattern.compile(".*/checkpoints/(\\d+)-(\\d+)/manifest.*");

  private final Set<Path> created = new HashSet<>();
  private Published newest = new Published(0, 0);

  private record Published(long attempt, long checkpoint) {}

  void look(DiskOperation operation) {
    String path = operation.path().toString();
    if (operation.kind() == DiskOperation.Kind.CREATE
        && OWN_NAME.matcher(path).matches()
        && !OWNER.matcher(path).matches()) {
      Checks.check(created.add(operation.path()), "I8: %s is created again", path);
    }
    if (operation.kind() == DiskOperation.Kind.RENAME) {
      published(path).ifPresent(this::look);
    }
  }

  private void look(Published next) {
    boolean isNext =
        next.attempt == newest.attempt
            ? next.checkpoint > newest.checkpoint
            : next.attempt > newest.attempt;
    Checks.check(isNext, "I8, I12: after %s, %s is published", newest, next);
    newest = next;
  }

  private static Optional<Published> published(String path) {
    Matcher manifest = MANIFEST.matcher(path);
    return manifest.matches()
        ? Optional.of(
            new Published(Long.parseLong(manifest.group(2)), Long.parseLong(manifest.group(1))))
        : Optional.empty();
  }
}

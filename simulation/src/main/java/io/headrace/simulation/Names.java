package io.headrace.simulation;

import io.headrace.simulation.disk.DiskOperation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * I6, I8 and I12: nothing outside the folders of job and sinks is touched, no name is used twice,
 * attempts rise, and checkpoints are published in order, each by the process that began an attempt
 * last.
 */
final class Names {

  private static final Pattern MANIFEST =
      Pattern.compile(".*/checkpoints/(\\d+)-(\\d+)/manifest.*");

  private static final Pattern EPOCH = Pattern.compile(".*/epoch-(\\d+)");

  private final List<Path> allowed;
  private final Set<Path> created = new HashSet<>();
  private final List<AssertionError> violations = new ArrayList<>();
  private long attempt;
  private Published newest = new Published(0, 0);
  private boolean hasEverCompleted;

  /**
   * @param allowed the folders that may be touched
   */
  Names(List<Path> allowed) {
    this.allowed = List.copyOf(allowed);
  }

  /** A checkpoint is complete on the disk. */
  void completed() {
    hasEverCompleted = true;
  }

  /** Whether one ever was. */
  boolean hasEverCompleted() {
    return hasEverCompleted;
  }

  private record Published(long attempt, long checkpoint) {}

  /**
   * Looks at what happened. What is wrong is thrown, and again by {@link #check}: an engine may
   * take it for a failure and go on.
   */
  void look(DiskOperation operation) {
    try {
      lookAt(operation);
    } catch (AssertionError violation) {
      violations.add(violation);
      throw violation;
    }
  }

  /** Throws what was wrong first, if anything was. */
  void check() {
    if (!violations.isEmpty()) {
      throw violations.get(0);
    }
  }

  private void lookAt(DiskOperation operation) {
    checkAllowed(operation);
    String path = operation.path().toString();
    if (operation.kind() == DiskOperation.Kind.CREATE) {
      lookAtCreated(operation.path());
    } else if (operation.kind() == DiskOperation.Kind.RENAME) {
      published(path).ifPresent(this::look);
    }
  }

  private void lookAtCreated(Path file) {
    String path = file.toString();
    Matcher epoch = EPOCH.matcher(path);
    if (epoch.matches()) {
      long begun = Long.parseLong(epoch.group(1));
      Checks.check(begun >= attempt, "I8: attempt %s begins after attempt %s", begun, attempt);
      attempt = begun;
    }
    boolean isOwn = path.contains("/checkpoints/") || path.contains("/.pending/");
    if (isOwn && !path.endsWith(".owner") && !path.endsWith(".owner.tmp")) {
      Checks.check(created.add(file), "I8: %s is created again", path);
    }
  }

  private void checkAllowed(DiskOperation operation) {
    boolean isAbove =
        switch (operation.kind()) {
          case MAKE_DIRECTORY, FORCE_DIRECTORY ->
              allowed.stream().anyMatch(folder -> folder.startsWith(operation.path()));
          case CREATE, WRITE, FORCE, RENAME, DELETE, READ, LOCK -> false;
        };
    Checks.check(
        isAbove || allowed.stream().anyMatch(operation.path()::startsWith),
        "I6: %s is outside %s",
        operation,
        allowed);
  }

  private void look(Published next) {
    Checks.check(
        next.attempt == attempt, "I12: %s is published, yet attempt %s has begun", next, attempt);
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

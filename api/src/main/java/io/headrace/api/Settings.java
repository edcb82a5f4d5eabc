package io.headrace.api;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How a job is run. Immutable: each method returns settings that differ in one thing.
 *
 * <p>What the program does not say itself can come from outside: see {@link #orElse}. The names of
 * the settings there, their defaults and their meaning are listed in {@code docs/SETTINGS.md}.
 *
 * @param durability where state is kept
 * @param resources how much of the machine is used
 * @param checkpoints when checkpoints are taken and how many are kept
 * @param restarts what happens after a failure
 * @param restoreBelowCommit the one checkpoint that may be restored although a later one may have
 *     been committed, so that lines may come twice
 * @param requiredGuarantee what every path from a source to a sink must give at least
 * @param origins where each value that is no default comes from, by the name of the setting
 */
public record Settings(
    Durability durability,
    Resources resources,
    Checkpoints checkpoints,
    Restarts restarts,
    Optional<CheckpointId> restoreBelowCommit,
    Optional<Guarantee> requiredGuarantee,
    Map<String, Origin> origins) {

  /** Checks that nothing is missing, and copies the map. */
  public Settings {
    Objects.requireNonNull(durability, "durability");
    Objects.requireNonNull(resources, "resources");
    Objects.requireNonNull(checkpoints, "checkpoints");
    Objects.requireNonNull(restarts, "restarts");
    Objects.requireNonNull(restoreBelowCommit, "restoreBelowCommit");
    Objects.requireNonNull(requiredGuarantee, "requiredGuarantee");
    origins = Map.copyOf(origins);
  }

  /** The defaults, without a directory: enough for a job without state. */
  public static Settings defaults() {
    return new Settings(
        Durability.undecided(),
        Resources.defaults(),
        Checkpoints.defaults(),
        Restarts.defaults(),
        Optional.empty(),
        Optional.empty(),
        Map.of());
  }

  /** The defaults, with checkpoints in a directory that belongs to the job alone. */
  public static Settings in(Path directory) {
    return defaults().withDurability(Durability.in(directory));
  }

  /** The defaults, with state that ends with the process. */
  public static Settings ephemeral() {
    return defaults().withDurability(Durability.ephemeral());
  }

  /**
   * These settings, and what the program left open taken from outside: what it said itself is
   * stronger than the file, and the file is stronger than the environment, whatever is called
   * first.
   *
   * @throws HeadraceException with {@code INVALID_JOB} and every problem: unknown names with the
   *     nearest one that exists, values that cannot be read, and those that contradict each other
   */
  public Settings orElse(SettingsSources sources) {
    return Catalogue.complete(this, sources);
  }

  /** Every setting on a line of its own, with its value and where that comes from. */
  public String explained() {
    return Catalogue.explain(this);
  }

  /** These settings with another number of tasks for each operator that does not set its own. */
  public Settings parallelism(int parallelism) {
    return withResources(
        new Resources(parallelism, resources.workers(), resources.stateBytes()), "parallelism");
  }

  /** These settings with another number of worker threads. */
  public Settings workers(int workers) {
    return withResources(
        new Resources(resources.parallelism(), workers, resources.stateBytes()), "workers");
  }

  /** These settings with another limit on the memory of all keyed state, in bytes. */
  public Settings stateBytes(long stateBytes) {
    return withResources(
        new Resources(resources.parallelism(), resources.workers(), stateBytes), "state.bytes");
  }

  /** These settings with another time from the start of one checkpoint to that of the next. */
  public Settings checkpointInterval(Duration interval) {
    return withCheckpoints(
        new Checkpoints(
            interval, checkpoints.timeout(), checkpoints.minPause(), checkpoints.retained()),
        "checkpoint.interval");
  }

  /** These settings with other checkpoints. */
  public Settings withCheckpoints(Checkpoints checkpoints) {
    return withCheckpoints(checkpoints, "checkpoint.");
  }

  private Settings withCheckpoints(Checkpoints checkpoints, String said) {
    return new Settings(
        durability,
        resources,
        checkpoints,
        restarts,
        restoreBelowCommit,
        requiredGuarantee,
        said(said));
  }

  /** These settings with other restarts. */
  public Settings withRestarts(Restarts restarts) {
    return new Settings(
        durability,
        resources,
        checkpoints,
        restarts,
        restoreBelowCommit,
        requiredGuarantee,
        said("restart-strategy."));
  }

  /**
   * These settings with leave to restore exactly this checkpoint although results after it may have
   * been committed: they are then written again.
   */
  public Settings restoreBelowCommit(CheckpointId checkpoint) {
    return new Settings(
        durability,
        resources,
        checkpoints,
        restarts,
        Optional.of(checkpoint),
        requiredGuarantee,
        said("restore-below-commit"));
  }

  /**
   * These settings with the demand that every path from a source to a sink gives at least this:
   * otherwise the job does not start, and is told which path does not and why.
   */
  public Settings requireGuarantee(Guarantee guarantee) {
    return new Settings(
        durability,
        resources,
        checkpoints,
        restarts,
        restoreBelowCommit,
        Optional.of(guarantee),
        said("required-guarantee"));
  }

  private Settings withDurability(Durability durability) {
    return new Settings(
        durability,
        resources,
        checkpoints,
        restarts,
        restoreBelowCommit,
        requiredGuarantee,
        said("directory", "ephemeral"));
  }

  private Settings withResources(Resources resources, String said) {
    return new Settings(
        durability,
        resources,
        checkpoints,
        restarts,
        restoreBelowCommit,
        requiredGuarantee,
        said(said));
  }

  /** The origins, with the settings that these names begin now said by the program. */
  private Map<String, Origin> said(String... prefixes) {
    Map<String, Origin> after = new HashMap<>(origins);
    for (String prefix : prefixes) {
      Catalogue.names(prefix).forEach(name -> after.put(name, Origin.PROGRAM));
    }
    return after;
  }

  /**
   * Where state is kept.
   *
   * @param directory the directory of the job, if it is kept
   * @param isEphemeral whether it was said that state may end with the process
   */
  public record Durability(Optional<Path> directory, boolean isEphemeral) {

    /** Checks that both are not said at once. */
    public Durability {
      if (directory.isPresent() && isEphemeral) {
        throw new IllegalArgumentException("Settings are ephemeral or in a directory, not both.");
      }
    }

    static Durability in(Path directory) {
      return new Durability(Optional.of(directory), false);
    }

    static Durability ephemeral() {
      return new Durability(Optional.empty(), true);
    }

    static Durability undecided() {
      return new Durability(Optional.empty(), false);
    }
  }

  /**
   * How much of the machine is used.
   *
   * @param parallelism how many tasks an operator runs as; default: the processors of the machine
   * @param workers how many threads run the tasks; default: the processors of the machine
   * @param stateBytes the limit on the memory of all keyed state; default: half of the heap
   */
  public record Resources(int parallelism, int workers, long stateBytes) {

    /** Checks the numbers. */
    public Resources {
      Problems problems = new Problems();
      problems.unless(parallelism >= 1, "parallelism must be at least 1, but is %s", parallelism);
      problems.unless(workers >= 1, "workers must be at least 1, but is %s", workers);
      problems.unless(stateBytes >= 1, "stateBytes must be at least 1, but is %s", stateBytes);
      problems.throwIfAny();
    }

    static Resources defaults() {
      Runtime runtime = Runtime.getRuntime();
      int processors = runtime.availableProcessors();
      return new Resources(processors, processors, runtime.maxMemory() / 2);
    }
  }

  /**
   * When checkpoints are taken and how many are kept. While a job reads nothing, it takes none:
   * another one would hold what the last one does.
   *
   * @param interval from the start of one to the start of the next; default 1 s
   * @param timeout how long one may take before it is given up; default 10 min
   * @param minPause from the end of one to the start of the next; default none
   * @param retained how many complete ones are kept; default 3
   */
  public record Checkpoints(Duration interval, Duration timeout, Duration minPause, int retained) {

    /** Checks the numbers. */
    public Checkpoints {
      Problems problems = new Problems();
      problems.unless(
          interval.compareTo(Duration.ofMillis(1)) >= 0,
          "checkpoint interval must be at least 1 ms, but is %s",
          interval);
      problems.unless(
          timeout.compareTo(Duration.ofMillis(1)) >= 0,
          "checkpoint timeout must be at least 1 ms, but is %s",
          timeout);
      problems.unless(
          !minPause.isNegative(), "checkpoint minPause must not be negative, but is %s", minPause);
      problems.unless(retained >= 1, "checkpoint retained must be at least 1, but is %s", retained);
      problems.throwIfAny();
    }

    static Checkpoints defaults() {
      return new Checkpoints(Duration.ofSeconds(1), Duration.ofMinutes(10), Duration.ZERO, 3);
    }
  }

  /**
   * What happens after a failure: the job is started again from its last complete checkpoint after
   * a delay that grows from one failure to the next (exponential delay).
   *
   * @param initialDelay the delay after the first failure; default 1 s
   * @param maxDelay the longest delay; default 1 min
   * @param backoffMultiplier how much longer each delay is than the one before; default 1.5
   * @param resetAfter after this long without a failure the delay is the initial one again; default
   *     1 h
   * @param attempts how many restarts in a row there are before the job fails for good; default
   *     {@link Integer#MAX_VALUE}, and 0 for none
   */
  public record Restarts(
      Duration initialDelay,
      Duration maxDelay,
      double backoffMultiplier,
      Duration resetAfter,
      int attempts) {

    /** Checks the numbers. */
    public Restarts {
      Problems problems = new Problems();
      problems.unless(
          !initialDelay.isNegative(), "initialDelay must not be negative, but is %s", initialDelay);
      problems.unless(
          maxDelay.compareTo(initialDelay) >= 0,
          "maxDelay must be at least initialDelay, but is %s",
          maxDelay);
      problems.unless(
          backoffMultiplier >= 1,
          "backoffMultiplier must be at least 1, but is %s",
          backoffMultiplier);
      problems.unless(
          !resetAfter.isNegative(), "resetAfter must not be negative, but is %s", resetAfter);
      problems.unless(attempts >= 0, "attempts must not be negative, but is %s", attempts);
      problems.throwIfAny();
    }

    /** The defaults. */
    public static Restarts defaults() {
      return new Restarts(
          Duration.ofSeconds(1),
          Duration.ofMinutes(1),
          1.5,
          Duration.ofHours(1),
          Integer.MAX_VALUE);
    }

    /** No restart: the first failure is the end. */
    public static Restarts none() {
      return new Restarts(Duration.ZERO, Duration.ZERO, 1, Duration.ZERO, 0);
    }
  }
}

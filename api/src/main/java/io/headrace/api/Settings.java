package io.headrace.api;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How a job is run. Immutable: each method returns settings that differ in one thing.
 *
 * <p>Each checks itself, and refuses with {@code INVALID_JOB} what contradicts what was said
 * before.
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
 * @param watchdog what is done about an operator that holds its worker too long
 * @param drainOnShutdown how long the JVM may take to drain the job when it is told to end, if it
 *     is to drain it
 * @param origins where each value that is no default comes from, by the name of the setting
 */
public record Settings(
    Durability durability,
    Resources resources,
    CheckpointSettings checkpoints,
    RestartStrategy restarts,
    Optional<CheckpointId> restoreBelowCommit,
    Optional<Guarantee> requiredGuarantee,
    WatchdogSettings watchdog,
    Optional<Duration> drainOnShutdown,
    Map<String, Origin> origins) {

  /** Checks that nothing is missing, and copies the map. */
  public Settings {
    Objects.requireNonNull(durability, "durability");
    Objects.requireNonNull(resources, "resources");
    Objects.requireNonNull(checkpoints, "checkpoints");
    Objects.requireNonNull(restarts, "restarts");
    Objects.requireNonNull(restoreBelowCommit, "restoreBelowCommit");
    Objects.requireNonNull(requiredGuarantee, "requiredGuarantee");
    Objects.requireNonNull(watchdog, "watchdog");
    drainOnShutdown = limit(drainOnShutdown);
    origins = Map.copyOf(origins);
  }

  /** The defaults, without a directory: enough for a job without state. */
  public static Settings defaults() {
    return new Settings(
        Durability.undecided(),
        Resources.defaults(),
        CheckpointSettings.defaults(),
        RestartStrategy.exponentialDelay(),
        Optional.empty(),
        Optional.empty(),
        WatchdogSettings.defaults(),
        Optional.empty(),
        Map.of());
  }

  /** The defaults, with checkpoints in a directory that belongs to the job alone. */
  public static Settings in(Path directory) {
    return defaults()
        .with(copy -> copy.durability = Durability.in(directory), "directory", "ephemeral");
  }

  /** The defaults, with state that ends with the process. */
  public static Settings ephemeral() {
    return defaults()
        .with(copy -> copy.durability = Durability.ephemeral(), "directory", "ephemeral");
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
    return with(
        copy ->
            copy.resources =
                new Resources(parallelism, resources.workers(), resources.stateBytes()),
        "parallelism");
  }

  /** These settings with another number of worker threads. */
  public Settings workers(int workers) {
    return with(
        copy ->
            copy.resources =
                new Resources(resources.parallelism(), workers, resources.stateBytes()),
        "workers");
  }

  /** These settings with another limit on the memory of all keyed state, in bytes. */
  public Settings stateBytes(long stateBytes) {
    return with(
        copy ->
            copy.resources =
                new Resources(resources.parallelism(), resources.workers(), stateBytes),
        "state.bytes");
  }

  /** These settings with another time from the start of one checkpoint to that of the next. */
  public Settings checkpointInterval(Duration interval) {
    return with(copy -> copy.checkpoints = checkpoints.interval(interval), "checkpoint.interval");
  }

  /** These settings with other checkpoints. */
  public Settings withCheckpoints(CheckpointSettings checkpoints) {
    return with(copy -> copy.checkpoints = checkpoints, "checkpoint.");
  }

  /** These settings with other restarts. */
  public Settings withRestarts(RestartStrategy restarts) {
    return with(copy -> copy.restarts = restarts, "restart-strategy.");
  }

  /**
   * These settings with leave to restore exactly this checkpoint although results after it may have
   * been committed: they are then written again.
   */
  public Settings restoreBelowCommit(CheckpointId checkpoint) {
    return with(copy -> copy.restoreBelowCommit = Optional.of(checkpoint), "restore-below-commit");
  }

  /**
   * These settings with the demand that every path from a source to a sink gives at least this:
   * otherwise the job does not start, and is told which path does not and why.
   */
  public Settings requireGuarantee(Guarantee guarantee) {
    return with(copy -> copy.requiredGuarantee = Optional.of(guarantee), "required-guarantee");
  }

  /** These settings with other limits for operators that hold their worker too long. */
  public Settings withWatchdog(WatchdogSettings watchdog) {
    return with(copy -> copy.watchdog = watchdog, "watchdog.");
  }

  /**
   * These settings for a process that is told to end (by SIGTERM, say, or {@link System#exit}): a
   * shutdown hook drains the job as {@code Run.stop()} does, so that nothing is repeated when it
   * starts again, and lets the process end at the latest after the limit. The hook is removed when
   * the run ends. Default: no hook; then a job goes on from its last complete checkpoint.
   */
  public Settings drainOnShutdown(Duration limit) {
    return with(copy -> copy.drainOnShutdown = Optional.of(limit), "drain-on-shutdown");
  }

  static Optional<Duration> limit(Optional<Duration> drainOnShutdown) {
    Problems problems = new Problems();
    drainOnShutdown.ifPresent(
        limit -> problems.duration("drainOnShutdown", limit, Duration.ofMillis(1)));
    problems.throwIfAny();
    return drainOnShutdown;
  }

  /**
   * These settings but for a change.
   *
   * @param said what the names of the settings begin with that the program says with it
   */
  private Settings with(Consumer<Copy> change, String... said) {
    Copy copy = new Copy(this);
    change.accept(copy);
    Map<String, Origin> after = new HashMap<>(origins);
    for (String prefix : said) {
      Catalogue.names(prefix).forEach(name -> after.put(name, Origin.PROGRAM));
    }
    return Catalogue.checked(copy.settings(after));
  }

  /** Settings that are being changed. */
  private static final class Copy {

    private Durability durability;
    private Resources resources;
    private CheckpointSettings checkpoints;
    private RestartStrategy restarts;
    private Optional<CheckpointId> restoreBelowCommit;
    private Optional<Guarantee> requiredGuarantee;
    private WatchdogSettings watchdog;
    private Optional<Duration> drainOnShutdown;

    Copy(Settings settings) {
      durability = settings.durability;
      resources = settings.resources;
      checkpoints = settings.checkpoints;
      restarts = settings.restarts;
      restoreBelowCommit = settings.restoreBelowCommit;
      requiredGuarantee = settings.requiredGuarantee;
      watchdog = settings.watchdog;
      drainOnShutdown = settings.drainOnShutdown;
    }

    Settings settings(Map<String, Origin> origins) {
      return new Settings(
          durability,
          resources,
          checkpoints,
          restarts,
          restoreBelowCommit,
          requiredGuarantee,
          watchdog,
          drainOnShutdown,
          origins);
    }
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
        throw new HeadraceException(
            ErrorCode.INVALID_JOB,
            "Settings are ephemeral or in a directory, not both: take one of them out.");
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
}

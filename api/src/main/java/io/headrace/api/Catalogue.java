package io.headrace.api;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Every setting there is. What is read from files and environments, what is logged at the start and
 * what {@code docs/SETTINGS.md} says follows from it; a new setting is a line here and its place in
 * {@link #assemble}.
 */
final class Catalogue {

  static final Setting<Optional<Path>> DIRECTORY =
      Setting.of(
          "directory",
          Format.optional(Format.PATH),
          settings -> settings.durability().directory(),
          "Where the job keeps its checkpoints: a directory that belongs to it alone.");

  static final Setting<Boolean> EPHEMERAL =
      Setting.of(
          "ephemeral",
          Format.YES_NO,
          settings -> settings.durability().isEphemeral(),
          "Whether state may end with the process, so that a job with state needs no directory.");

  static final Setting<Integer> PARALLELISM =
      Setting.of(
              "parallelism",
              Format.COUNT,
              settings -> settings.resources().parallelism(),
              "How many tasks an operator runs as that does not set its own number.")
          .standard("the processors of the machine");

  static final Setting<Integer> WORKERS =
      Setting.of(
              "workers",
              Format.COUNT,
              settings -> settings.resources().workers(),
              "How many threads run the tasks.")
          .standard("the processors of the machine");

  static final Setting<Long> STATE_BYTES =
      Setting.of(
              "state.bytes",
              Format.SIZE,
              settings -> settings.resources().stateBytes(),
              "The limit on the memory of all keyed state; at it, the job stops and says so.")
          .standard("half of the heap");

  static final Setting<Duration> CHECKPOINT_INTERVAL =
      Setting.of(
          "checkpoint.interval",
          Format.DURATION,
          settings -> settings.checkpoints().interval(),
          "The time from the start of one checkpoint to the start of the next.");

  static final Setting<Duration> CHECKPOINT_TIMEOUT =
      Setting.of(
          "checkpoint.timeout",
          Format.DURATION,
          settings -> settings.checkpoints().timeout(),
          "How long a checkpoint may take before it is given up.");

  static final Setting<Duration> CHECKPOINT_MIN_PAUSE =
      Setting.of(
          "checkpoint.min-pause",
          Format.DURATION,
          settings -> settings.checkpoints().minPause(),
          "The least time from the end of one checkpoint to the start of the next. With such a"
              + " pause one is under way at a time: more than 1 as `checkpoint.max-concurrent` is"
              + " refused.");

  static final Setting<CheckpointingMode> CHECKPOINT_MODE =
      Setting.of(
          "checkpoint.mode",
          Format.oneOf(
              List.of(CheckpointingMode.values()),
              mode -> mode.name().toLowerCase(Locale.ROOT).replace('_', '-')),
          settings -> settings.checkpoints().mode(),
          "Whether values around a barrier may be counted twice after a failure.");

  static final Setting<Integer> CHECKPOINT_MAX_CONCURRENT =
      Setting.of(
          "checkpoint.max-concurrent",
          Format.COUNT,
          settings -> settings.checkpoints().maxConcurrent(),
          "How many checkpoints may be under way at once; no more than 1 with a"
              + " `checkpoint.min-pause`.");

  static final Setting<Integer> CHECKPOINT_TOLERABLE_FAILURES =
      Setting.of(
          "checkpoint.tolerable-failures",
          Format.LIMIT,
          settings -> settings.checkpoints().tolerableFailures(),
          "How many checkpoints may fail in a row; one more fails the attempt.");

  static final Setting<Integer> CHECKPOINT_RETAINED =
      Setting.of(
          "checkpoint.retained",
          Format.COUNT,
          settings -> settings.checkpoints().retained(),
          "How many complete checkpoints are kept.");

  static final Setting<Optional<CheckpointId>> RESTORE_BELOW_COMMIT =
      Setting.of(
          "restore-below-commit",
          Format.optional(Format.CHECKPOINT),
          Settings::restoreBelowCommit,
          "The one checkpoint that may be restored although results after it may have been"
              + " committed: they are then written again. Not for a job that is `ephemeral`.");

  static final Setting<Optional<Guarantee>> REQUIRED_GUARANTEE =
      Setting.of(
          "required-guarantee",
          Format.optional(
              Format.oneOf(List.of(Guarantee.values()), each -> each.words().replace(' ', '-'))),
          Settings::requiredGuarantee,
          "What every path from a source to a sink must give at least for the job to start.");

  static final Setting<Duration> WATCHDOG_WARN_AFTER =
      Setting.of(
              "watchdog.warn-after",
              Format.DURATION,
              settings -> settings.watchdog().namedAfter(),
              "How long an operator may hold its worker before it is named and the job is"
                  + " degraded.")
          .standard("1 s, or `watchdog.fail-after` if that is less");

  static final Setting<Optional<Duration>> WATCHDOG_FAIL_AFTER =
      Setting.of(
          "watchdog.fail-after",
          Format.optional(Format.DURATION),
          settings -> settings.watchdog().failAfter(),
          "How long an operator may take to return before the attempt fails; no less than"
              + " `watchdog.warn-after`, where that is set.");

  static final Setting<Duration> WATCHDOG_GIVE_UP_AFTER =
      Setting.of(
          "watchdog.give-up-after",
          Format.DURATION,
          settings -> settings.watchdog().giveUpAfter(),
          "How long a call to a sink or to the storage may take, to publish, commit or recover,"
              + " before it is interrupted and the attempt fails; after a tenth of it the job is"
              + " degraded. What a task writes for a checkpoint, lists or closes may take that and"
              + " checkpoint.timeout. Also how long an attempt that ends waits for what does not"
              + " return; then the run fails.");

  static final Setting<Optional<Duration>> DRAIN_ON_SHUTDOWN =
      Setting.of(
          "drain-on-shutdown",
          Format.optional(Format.DURATION),
          Settings::drainOnShutdown,
          "How long the JVM may take to drain the job when it is told to end; none: it is not"
              + " drained, and goes on from its last checkpoint.");

  /** In the order of the page. */
  static final List<Setting<?>> ALL =
      Stream.of(
              List.of(DIRECTORY, EPHEMERAL, PARALLELISM, WORKERS, STATE_BYTES),
              List.of(
                  CHECKPOINT_MODE,
                  CHECKPOINT_INTERVAL,
                  CHECKPOINT_TIMEOUT,
                  CHECKPOINT_MIN_PAUSE,
                  CHECKPOINT_MAX_CONCURRENT,
                  CHECKPOINT_TOLERABLE_FAILURES,
                  CHECKPOINT_RETAINED),
              RestartCatalogue.ALL,
              List.of(RESTORE_BELOW_COMMIT, REQUIRED_GUARANTEE),
              List.of(
                  WATCHDOG_WARN_AFTER,
                  WATCHDOG_FAIL_AFTER,
                  WATCHDOG_GIVE_UP_AFTER,
                  DRAIN_ON_SHUTDOWN))
          .<Setting<?>>flatMap(List::stream)
          .toList();

  private Catalogue() {}

  /** The names that begin like this. */
  static List<String> names(String prefix) {
    return ALL.stream().map(Setting::name).filter(name -> name.startsWith(prefix)).toList();
  }

  /** Settings of a program, with what it left open taken from outside. */
  static Settings complete(Settings built, SettingsSources sources) {
    SettingsProblems problems = new SettingsProblems();
    Values values = Values.of(built, OutsideSettings.read(sources, problems), problems);
    Settings assembled = assemble(values, problems);
    contradictions(assembled, problems);
    problems.throwIfAny();
    return assembled;
  }

  /**
   * These settings.
   *
   * @throws HeadraceException with {@code INVALID_JOB} if they contradict each other
   */
  static Settings checked(Settings settings) {
    SettingsProblems problems = new SettingsProblems();
    contradictions(settings, problems);
    problems.throwIfAny();
    return settings;
  }

  private static void contradictions(Settings settings, SettingsProblems problems) {
    withoutEffect(settings, problems);
    warningsThatComeTooLate(settings, problems);
  }

  private static void warningsThatComeTooLate(Settings settings, SettingsProblems problems) {
    WatchdogSettings watchdog = settings.watchdog();
    Duration warn = watchdog.namedAfter();
    if (watchdog.failAfter().filter(time -> time.compareTo(warn) < 0).isPresent()) {
      problems.add(
          ("%s (%s) is %s, which is less than %s (%s), %s: the attempt would fail before anybody is"
                  + " warned. Give them the same time, or the warning the shorter one.")
              .formatted(
                  WATCHDOG_FAIL_AFTER.name(),
                  origin(WATCHDOG_FAIL_AFTER, settings),
                  WATCHDOG_FAIL_AFTER.text(settings),
                  WATCHDOG_WARN_AFTER.name(),
                  origin(WATCHDOG_WARN_AFTER, settings),
                  WATCHDOG_WARN_AFTER.text(settings)));
    }
  }

  private static Origin origin(Setting<?> setting, Settings settings) {
    return settings.origins().getOrDefault(setting.name(), Origin.DEFAULT);
  }

  /** What is said although a job that keeps nothing never starts again, and restores nothing. */
  private static void withoutEffect(Settings settings, SettingsProblems problems) {
    if (!settings.durability().isEphemeral()) {
      return;
    }
    boolean mayStartAgain = !(settings.restarts() instanceof RestartStrategy.None);
    List<String> strategy = mayStartAgain ? names(RestartCatalogue.PREFIX) : List.of();
    Stream.concat(strategy.stream(), Stream.of(RESTORE_BELOW_COMMIT.name()))
        .filter(settings.origins()::containsKey)
        .filter(name -> isSaidByItself(name, settings.origins()))
        .forEach(
            name ->
                problems.add(
                    ("%s (%s) has no effect, since %s (%s) is true: the job keeps nothing that it"
                            + " could start again from. Take it out, or give the job a directory"
                            + " instead.")
                        .formatted(
                            name,
                            settings.origins().get(name),
                            EPHEMERAL.name(),
                            settings.origins().get(EPHEMERAL.name()))));
  }

  /** Not a part of a strategy that the program chose as a whole. */
  private static boolean isSaidByItself(String name, Map<String, Origin> origins) {
    return !name.startsWith(RestartCatalogue.PREFIX)
        || name.equals(RestartCatalogue.TYPE.name())
        || !Origin.PROGRAM.equals(origins.get(name));
  }

  private static Settings assemble(Values values, SettingsProblems problems) {
    return new Settings(
        problems.check(
            values.from("directory", "ephemeral"),
            () -> new Settings.Durability(values.of(DIRECTORY), values.of(EPHEMERAL)),
            Settings.Durability.undecided()),
        problems.check(
            values.from("parallelism", "workers", "state."),
            () ->
                new Settings.Resources(
                    values.of(PARALLELISM), values.of(WORKERS), values.of(STATE_BYTES)),
            Settings.Resources.defaults()),
        problems.check(
            values.from("checkpoint."),
            () ->
                new CheckpointSettings(
                    values.of(CHECKPOINT_MODE),
                    values.of(CHECKPOINT_INTERVAL),
                    values.of(CHECKPOINT_TIMEOUT),
                    values.of(CHECKPOINT_MIN_PAUSE),
                    values.of(CHECKPOINT_MAX_CONCURRENT),
                    values.of(CHECKPOINT_TOLERABLE_FAILURES),
                    values.of(CHECKPOINT_RETAINED)),
            CheckpointSettings.defaults()),
        RestartCatalogue.assemble(values, problems),
        values.of(RESTORE_BELOW_COMMIT),
        values.of(REQUIRED_GUARANTEE),
        problems.check(
            values.from("watchdog."),
            () ->
                new WatchdogSettings(
                    values.isSaid(WATCHDOG_WARN_AFTER)
                        ? Optional.of(values.of(WATCHDOG_WARN_AFTER))
                        : values.built().watchdog().warnAfter(),
                    values.of(WATCHDOG_FAIL_AFTER),
                    values.of(WATCHDOG_GIVE_UP_AFTER)),
            WatchdogSettings.defaults()),
        problems.check(
            values.from(DRAIN_ON_SHUTDOWN.name()),
            () -> Settings.limit(values.of(DRAIN_ON_SHUTDOWN)),
            Optional.empty()),
        values.origins());
  }

  /** Each setting on a line, with its value and where that comes from. */
  static String explain(Settings settings) {
    return ALL.stream()
        .map(
            setting ->
                "  %s = %s   (%s)"
                    .formatted(setting.name(), setting.text(settings), origin(setting, settings)))
        .collect(Collectors.joining("\n"));
  }

  /** The table of {@code docs/SETTINGS.md}. */
  static String table() {
    Settings defaults = Settings.defaults();
    return ALL.stream()
        .map(
            setting ->
                "| `%s` | %s | %s | %s |"
                    .formatted(
                        setting.name(),
                        setting.format().type(),
                        setting.standard().orElseGet(() -> setting.text(defaults)),
                        setting.meaning()))
        .collect(
            Collectors.joining(
                "\n", "| name | value | default | meaning |\n| --- | --- | --- | --- |\n", "\n"));
  }

  /** The values of all settings, of whatever strength. */
  record Values(Settings built, Map<Setting<?>, Object> said, Map<String, Origin> origins) {

    static Values of(
        Settings built,
        Map<String, List<OutsideSettings.Text>> outside,
        SettingsProblems problems) {
      Map<Setting<?>, Object> said = new HashMap<>();
      Map<String, Origin> origins = new HashMap<>(built.origins());
      for (Setting<?> setting : ALL) {
        for (OutsideSettings.Text text : outside.getOrDefault(setting.name(), List.of())) {
          Optional<?> value = value(setting, text, problems);
          Origin before = origins.getOrDefault(setting.name(), Origin.DEFAULT);
          if (value.isPresent() && !before.isStrongerThan(text.origin())) {
            said.put(setting, value.get());
            origins.put(setting.name(), text.origin());
          }
        }
      }
      return new Values(built, said, origins);
    }

    private static Optional<?> value(
        Setting<?> setting, OutsideSettings.Text text, SettingsProblems problems) {
      Optional<?> value = setting.format().parse(text.value());
      if (value.isEmpty()) {
        problems.add(
            "%s in %s is \"%s\", which is not %s: write something like %s."
                .formatted(
                    setting.name(),
                    text.origin(),
                    Printable.of(text.value()),
                    setting.format().type(),
                    setting.format().example()));
      }
      return value;
    }

    @SuppressWarnings("unchecked") // The value was parsed by the setting's own format.
    <T> T of(Setting<T> setting) {
      return said.containsKey(setting) ? (T) said.get(setting) : setting.read().apply(built);
    }

    boolean isSaid(Setting<?> setting) {
      return said.containsKey(setting);
    }

    /** The settings that begin like one of these and come from outside, and from where. */
    List<String> from(String... prefixes) {
      return ALL.stream()
          .filter(this::isSaid)
          .map(Setting::name)
          .filter(name -> Arrays.stream(prefixes).anyMatch(name::startsWith))
          .map(name -> name + " in " + origins.get(name))
          .toList();
    }
  }
}

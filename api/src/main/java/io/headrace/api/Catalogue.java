package io.headrace.api;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Every setting there is. What is read from files and environments, what is logged at the start and
 * what {@code docs/SETTINGS.md} says follows from it; a new setting is a line here and its place in
 * {@link #assemble}.
 */
final class Catalogue {

  private static final String RESTART = "restart-strategy.";
  private static final String EXPONENTIAL = RESTART + "exponential-delay.";

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
          "The least time from the end of one checkpoint to the start of the next.");

  static final Setting<Integer> CHECKPOINT_RETAINED =
      Setting.of(
          "checkpoint.retained",
          Format.COUNT,
          settings -> settings.checkpoints().retained(),
          "How many complete checkpoints are kept.");

  static final Setting<Strategy> RESTART_TYPE =
      Setting.of(
          RESTART + "type",
          Format.oneOf(List.of(Strategy.values()), Strategy::word),
          settings -> Strategy.of(settings.restarts()),
          "What happens after a failure.");

  static final Setting<Duration> RESTART_INITIAL =
      Setting.of(
          EXPONENTIAL + "initial-backoff",
          Format.DURATION,
          settings -> settings.restarts().initialDelay(),
          "The delay after the first failure.");

  static final Setting<Duration> RESTART_MAX =
      Setting.of(
          EXPONENTIAL + "max-backoff",
          Format.DURATION,
          settings -> settings.restarts().maxDelay(),
          "The longest delay.");

  static final Setting<Double> RESTART_MULTIPLIER =
      Setting.of(
          EXPONENTIAL + "backoff-multiplier",
          Format.NUMBER,
          settings -> settings.restarts().backoffMultiplier(),
          "How much longer each delay is than the one before.");

  static final Setting<Duration> RESTART_RESET =
      Setting.of(
          EXPONENTIAL + "reset-backoff-threshold",
          Format.DURATION,
          settings -> settings.restarts().resetAfter(),
          "After this long without a failure the delay is the initial one again.");

  static final Setting<Integer> RESTART_ATTEMPTS =
      Setting.of(
          EXPONENTIAL + "attempts-before-reset-backoff",
          Format.LIMIT,
          settings -> settings.restarts().attempts(),
          "How many restarts in a row there are before the job fails for good.");

  static final Setting<Optional<CheckpointId>> RESTORE_BELOW_COMMIT =
      Setting.of(
          "restore-below-commit",
          Format.optional(Format.CHECKPOINT),
          Settings::restoreBelowCommit,
          "The one checkpoint that may be restored although results after it may have been"
              + " committed: they are then written again.");

  static final Setting<Optional<Guarantee>> REQUIRED_GUARANTEE =
      Setting.of(
          "required-guarantee",
          Format.optional(
              Format.oneOf(List.of(Guarantee.values()), each -> each.words().replace(' ', '-'))),
          Settings::requiredGuarantee,
          "What every path from a source to a sink must give at least for the job to start.");

  /** In the order of the page. */
  static final List<Setting<?>> ALL =
      List.of(
          DIRECTORY,
          EPHEMERAL,
          PARALLELISM,
          WORKERS,
          STATE_BYTES,
          CHECKPOINT_INTERVAL,
          CHECKPOINT_TIMEOUT,
          CHECKPOINT_MIN_PAUSE,
          CHECKPOINT_RETAINED,
          RESTART_TYPE,
          RESTART_INITIAL,
          RESTART_MAX,
          RESTART_MULTIPLIER,
          RESTART_RESET,
          RESTART_ATTEMPTS,
          RESTORE_BELOW_COMMIT,
          REQUIRED_GUARANTEE);

  private Catalogue() {}

  /** What happens after a failure. */
  enum Strategy {
    EXPONENTIAL_DELAY("exponential-delay"),
    NONE("none");

    private final String word;

    Strategy(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }

    static Strategy of(Settings.Restarts restarts) {
      return restarts.attempts() == 0 ? NONE : EXPONENTIAL_DELAY;
    }
  }

  /** The names that begin like this. */
  static List<String> names(String prefix) {
    return ALL.stream().map(Setting::name).filter(name -> name.startsWith(prefix)).toList();
  }

  /** Settings of a program, with what it left open taken from outside. */
  static Settings complete(Settings built, SettingsSources sources) {
    SettingsProblems problems = new SettingsProblems();
    Values values = Values.of(built, OutsideSettings.read(sources, problems), problems);
    Settings assembled = assemble(values, problems);
    problems.throwIfAny();
    return assembled;
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
                new Settings.Checkpoints(
                    values.of(CHECKPOINT_INTERVAL),
                    values.of(CHECKPOINT_TIMEOUT),
                    values.of(CHECKPOINT_MIN_PAUSE),
                    values.of(CHECKPOINT_RETAINED)),
            Settings.Checkpoints.defaults()),
        restarts(values, problems),
        values.of(RESTORE_BELOW_COMMIT),
        values.of(REQUIRED_GUARANTEE),
        values.origins());
  }

  private static Settings.Restarts restarts(Values values, SettingsProblems problems) {
    if (values.of(RESTART_TYPE) == Strategy.NONE) {
      values
          .from(EXPONENTIAL)
          .forEach(
              place ->
                  problems.add(
                      "%s has no effect, since %s is none: take one of them out."
                          .formatted(place, RESTART_TYPE.name())));
      return values.isSaid(RESTART_TYPE) ? Settings.Restarts.none() : values.built().restarts();
    }
    return problems.check(
        values.from(RESTART),
        () ->
            new Settings.Restarts(
                values.of(RESTART_INITIAL),
                values.of(RESTART_MAX),
                values.of(RESTART_MULTIPLIER),
                values.of(RESTART_RESET),
                values.of(RESTART_ATTEMPTS)),
        Settings.Restarts.defaults());
  }

  /** Each setting on a line, with its value and where that comes from. */
  static String explain(Settings settings) {
    return ALL.stream()
        .map(
            setting ->
                "  %s = %s   (%s)"
                    .formatted(
                        setting.name(),
                        setting.text(settings),
                        settings.origins().getOrDefault(setting.name(), Origin.DEFAULT)))
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
  private record Values(Settings built, Map<Setting<?>, Object> said, Map<String, Origin> origins) {

    static Values of(
        Settings built, Map<String, OutsideSettings.Text> outside, SettingsProblems problems) {
      Map<Setting<?>, Object> said = new HashMap<>();
      Map<String, Origin> origins = new HashMap<>(built.origins());
      for (Setting<?> setting : ALL) {
        OutsideSettings.Text text = outside.get(setting.name());
        Origin before = origins.getOrDefault(setting.name(), Origin.DEFAULT);
        if (text == null || before.isStrongerThan(text.origin())) {
          continue;
        }
        Optional<?> value = setting.format().parse(text.value());
        if (value.isPresent()) {
          said.put(setting, value.get());
          origins.put(setting.name(), text.origin());
        } else {
          problems.add(
              "%s in %s is \"%s\", which is not %s: write something like %s."
                  .formatted(
                      setting.name(),
                      text.origin(),
                      SettingsProblems.printable(text.value()),
                      setting.format().type(),
                      setting.format().example()));
        }
      }
      return new Values(built, said, origins);
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

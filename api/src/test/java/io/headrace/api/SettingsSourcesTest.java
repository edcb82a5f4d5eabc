package io.headrace.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings from outside: which source is the stronger, and what is refused. */
@Tag("R30")
class SettingsSourcesTest {

  private final Path file;

  SettingsSourcesTest(@TempDir Path folder) {
    this.file = folder.resolve("job.properties");
  }

  private SettingsSources file(String... lines) throws IOException {
    Files.writeString(file, String.join("\n", lines));
    return SettingsSources.file(file);
  }

  private SettingsSources both(Map<String, String> environment, String... lines)
      throws IOException {
    return new SettingsSources(file(lines).file(), environment);
  }

  private static SettingsSources environment(String variable, String value) {
    return new SettingsSources(Optional.empty(), Map.of(variable, value));
  }

  private static String refusal(SettingsSources sources) {
    HeadraceException refused =
        catchThrowableOfType(HeadraceException.class, () -> Settings.defaults().orElse(sources));
    assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_JOB);
    return String.valueOf(refused.getMessage());
  }

  @Test
  void whatTheProgramSaysIsStrongerThanTheFileAndTheFileThanTheEnvironment() throws IOException {
    SettingsSources sources =
        both(
            Map.of(
                "HEADRACE_PARALLELISM", "5",
                "HEADRACE_WORKERS", "5",
                "HEADRACE_CHECKPOINT_INTERVAL", "5 s",
                "PATH", "/bin"),
            "parallelism = 6",
            "workers = 6");

    Settings before = Settings.defaults().parallelism(7).orElse(sources);
    Settings after = Settings.defaults().orElse(sources).parallelism(7);

    assertThat(before.resources().parallelism()).isEqualTo(7);
    assertThat(before.resources().workers()).isEqualTo(6);
    assertThat(before.checkpoints().interval()).isEqualTo(Duration.ofSeconds(5));
    assertThat(before.checkpoints().retained()).isEqualTo(3);
    assertThat(after).isEqualTo(before);
  }

  @Test
  void whatTheProgramSaysIsStrongerAlsoWhenItIsTheDefault() throws IOException {
    Settings settings =
        Settings.defaults()
            .checkpointInterval(Duration.ofSeconds(1))
            .orElse(file("checkpoint.interval = 9 s"));

    assertThat(settings.checkpoints().interval()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void whereTheProgramKeepsStateIsNotContradictedFromOutside() throws IOException {
    assertThat(
            Settings.in(Path.of("mine"))
                .orElse(environment("HEADRACE_EPHEMERAL", "true"))
                .durability())
        .isEqualTo(Settings.in(Path.of("mine")).durability());
    assertThat(Settings.ephemeral().orElse(file("directory = other")).durability())
        .isEqualTo(Settings.ephemeral().durability());
  }

  @Test
  void theOrderOfTheSourcesDoesNotMatter() throws IOException {
    SettingsSources stronger = file("workers = 6");
    SettingsSources weaker = environment("HEADRACE_WORKERS", "5");

    assertThat(Settings.defaults().orElse(weaker).orElse(stronger))
        .isEqualTo(Settings.defaults().orElse(stronger).orElse(weaker));
  }

  @Test
  void everySettingCanBeSaidInAFile() throws IOException {
    Settings settings =
        Settings.defaults()
            .orElse(
                file(
                    "directory = /var/lib/orders",
                    "parallelism = 3",
                    "workers = 2",
                    "state.bytes = 512 mb",
                    "checkpoint.mode = at-least-once",
                    "checkpoint.max-concurrent = 1",
                    "checkpoint.tolerable-failures = 7",
                    "checkpoint.interval = 200 ms",
                    "checkpoint.timeout = 1 min",
                    "checkpoint.min-pause = PT0.5S",
                    "checkpoint.retained = 5",
                    "restart-strategy.type = exponential-delay",
                    "restart-strategy.exponential-delay.initial-backoff = 10 ms",
                    "restart-strategy.exponential-delay.max-backoff = 20 ms",
                    "restart-strategy.exponential-delay.backoff-multiplier = 2.5",
                    "restart-strategy.exponential-delay.jitter-factor = 0.2",
                    "restart-strategy.exponential-delay.reset-backoff-threshold = 2 h",
                    "restart-strategy.exponential-delay.attempts-before-reset-backoff = 4",
                    "restore-below-commit = 41",
                    "required-guarantee = at-least-once"));

    assertThat(settings.durability().directory()).contains(Path.of("/var/lib/orders"));
    assertThat(settings.resources()).isEqualTo(new Settings.Resources(3, 2, 512L * 1024 * 1024));
    assertThat(settings.checkpoints())
        .isEqualTo(
            new CheckpointSettings(
                CheckpointingMode.AT_LEAST_ONCE,
                Duration.ofMillis(200),
                Duration.ofMinutes(1),
                Duration.ofMillis(500),
                1,
                7,
                5));
    assertThat(settings.restarts())
        .isEqualTo(
            new RestartStrategy.ExponentialDelay(
                Duration.ofMillis(10), Duration.ofMillis(20), 2.5, 0.2, Duration.ofHours(2), 4));
    assertThat(settings.restoreBelowCommit()).contains(new CheckpointId(41));
    assertThat(settings.requiredGuarantee()).contains(Guarantee.AT_LEAST_ONCE);
  }

  @Test
  void everySettingIsWrittenInTheWayThatItIsRead() {
    Settings settings = Settings.in(Path.of("state")).requireGuarantee(Guarantee.EXACTLY_ONCE);

    assertThat(Catalogue.ALL)
        .filteredOn(setting -> !setting.text(settings).equals("none"))
        .allSatisfy(setting -> assertReadsWhatItWrites(setting, settings));
  }

  private static <T> void assertReadsWhatItWrites(Setting<T> setting, Settings settings) {
    assertThat(setting.format().parse(setting.text(settings)))
        .contains(setting.read().apply(settings));
  }

  @Test
  void everyMistakeIsToldAtOnceWithItsPlaceAndTheNearestName() throws IOException {
    SettingsSources sources =
        both(
            Map.of("HEADRACE_CHECKPOINT_INTERVALL", "1 s", "HEADRACE_WORKERS", "many"),
            "# the job of orders",
            "chekpoint.interval = 1 s",
            "",
            "checkpoint.timeout = 10",
            "checkpoint.retained = 0",
            "paralelism = 3",
            "parallelism = 2",
            "parallelism = 3");

    assertThat(refusal(sources).lines())
        .containsExactly(
            "The settings cannot be used, for 7 reasons:",
            "  - Environment variable HEADRACE_CHECKPOINT_INTERVALL is no setting, as all that"
                + " begin with HEADRACE_ must be. Did you mean HEADRACE_CHECKPOINT_INTERVAL?",
            "  - chekpoint.interval in "
                + file
                + ":2 is no setting. Did you mean checkpoint.interval?",
            "  - paralelism in " + file + ":6 is no setting. Did you mean parallelism?",
            "  - parallelism stands twice, in "
                + file
                + ":7 and in "
                + file
                + ":8: take one of them out.",
            "  - workers in environment variable HEADRACE_WORKERS is \"many\", which is not a whole"
                + " number: write something like 4.",
            "  - checkpoint.timeout in "
                + file
                + ":4 is \"10\", which is not a duration: write something like 10 s, 200 ms, 1 min,"
                + " 2 h or PT10S.",
            "  - checkpoint retained must be at least 1, but is 0. See checkpoint.retained in "
                + file
                + ":5.",
            "   [INVALID_JOB, user error]");
  }

  @Test
  void whatSomethingStrongerOverridesIsCheckedAllTheSame() throws IOException {
    SettingsSources sources =
        both(
            Map.of("HEADRACE_WORKERS", "many", "HEADRACE_PARALLELISM", "2"),
            "workers = 2",
            "checkpoint.timeout = 10",
            "parallelism = two");
    Settings program =
        Settings.defaults()
            .parallelism(4)
            .withCheckpoints(CheckpointSettings.defaults().timeout(Duration.ofMinutes(1)));

    HeadraceException refused =
        catchThrowableOfType(HeadraceException.class, () -> program.orElse(sources));

    assertThat(refused)
        .hasMessageContaining("for 3 reasons")
        .hasMessageContaining("workers in environment variable HEADRACE_WORKERS is \"many\"")
        .hasMessageContaining("checkpoint.timeout in " + file + ":2 is \"10\"")
        .hasMessageContaining("parallelism in " + file + ":3 is \"two\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"HEADRACE_HOME", "HEADRACE_PORT", "HEADRACE_SERVICE_HOST", "HEADRACE_"})
  void aVariableThatIsLikeNoSettingIsNotTakenForOne(String variable) {
    assertThat(refusal(environment(variable, "1")))
        .contains(
            "Environment variable "
                + variable
                + " is no setting, as all that begin with HEADRACE_ must be. Give it another name;"
                + " docs/SETTINGS.md lists the settings.");
  }

  @Test
  void whatContradictsItselfIsRefusedWithBothPlaces() throws IOException {
    SettingsSources sources =
        both(
            Map.of("HEADRACE_EPHEMERAL", "true"),
            "directory = state",
            "restart-strategy.type = none",
            "restart-strategy.exponential-delay.max-backoff = 1 min");

    assertThat(refusal(sources))
        .contains("2 reasons")
        .contains(
            "Settings are ephemeral or in a directory, not both: take one of them out."
                + " See directory in "
                + file
                + ":1, ephemeral in environment variable HEADRACE_EPHEMERAL.")
        .contains(
            "restart-strategy.exponential-delay.max-backoff in "
                + file
                + ":3 has no effect, since restart-strategy.type is none");
  }

  @Test
  void contradictionsOfCheckpointsAndOfTheWatchdogAreToldTogether() throws IOException {
    SettingsSources sources =
        both(
            Map.of("HEADRACE_WATCHDOG_FAIL_AFTER", "1 s"),
            "checkpoint.min-pause = 2 s",
            "checkpoint.max-concurrent = 3",
            "watchdog.warn-after = 2 s");

    assertThat(refusal(sources).lines())
        .containsExactly(
            "The settings cannot be used, for 2 reasons:",
            "  - checkpoint minPause is 2 s and maxConcurrent is 3, but with a pause there is one"
                + " at a time: leave one of them out. See checkpoint.min-pause in "
                + file
                + ":1, checkpoint.max-concurrent in "
                + file
                + ":2.",
            "  - watchdog.fail-after (environment variable HEADRACE_WATCHDOG_FAIL_AFTER) is 1 s,"
                + " which is less than watchdog.warn-after ("
                + file
                + ":3), 2 s: the attempt would fail before anybody is warned. Give them the same"
                + " time, or the warning the shorter one.",
            "   [INVALID_JOB, user error]");
    assertThat(Settings.defaults().orElse(file("checkpoint.max-concurrent = 3")).checkpoints())
        .isEqualTo(CheckpointSettings.defaults().maxConcurrent(3));
  }

  @Test
  void whatAJobWithoutADirectoryCannotDoIsRefusedWithEverythingElse() throws IOException {
    SettingsSources sources =
        both(
            Map.of("HEADRACE_EPHEMERAL", "true", "HEADRACE_RESTORE_BELOW_COMMIT", "41"),
            "restart-strategy.type = fixed-delay",
            "restart-strategy.fixed-delay.attempts = 3",
            "paralelism = 3");

    assertThat(refusal(sources).lines())
        .contains(
            "The settings cannot be used, for 4 reasons:",
            "  - paralelism in " + file + ":3 is no setting. Did you mean parallelism?",
            "  - restart-strategy.type ("
                + file
                + ":1) has no effect, since ephemeral (environment variable HEADRACE_EPHEMERAL) is"
                + " true: the job keeps nothing that it could start again from. Take it out, or"
                + " give the job a directory instead.")
        .anyMatch(line -> line.startsWith("  - restart-strategy.fixed-delay.attempts (" + file))
        .anyMatch(line -> line.startsWith("  - restore-below-commit (environment variable"));
  }

  @Test
  void aProgramThatContradictsItselfIsRefusedInEitherOrder() throws IOException {
    String both = "restart-strategy.type (program) has no effect, since ephemeral (%s) is true";
    Settings restarted = Settings.defaults().withRestarts(RestartStrategy.fixedDelay());

    assertThatThrownBy(() -> Settings.ephemeral().withRestarts(RestartStrategy.fixedDelay()))
        .isInstanceOf(HeadraceException.class)
        .hasMessageContaining("for 1 reason:\n  - " + both.formatted("program"));
    assertThatThrownBy(() -> Settings.ephemeral().restoreBelowCommit(new CheckpointId(41)))
        .hasMessageContaining("restore-below-commit (program) has no effect");
    SettingsSources ephemeral = file("ephemeral = true");
    assertThatThrownBy(() -> restarted.orElse(ephemeral))
        .hasMessageContaining("for 1 reason:\n  - " + both.formatted(file + ":1"));
  }

  @Test
  void aJobWithoutADirectoryMayBeToldNotToStartAgain() throws IOException {
    Settings settings = Settings.ephemeral().orElse(file("restart-strategy.type = none"));

    assertThat(settings.restarts()).isEqualTo(RestartStrategy.none());
    assertThat(settings.withRestarts(RestartStrategy.none())).isNotNull();
  }

  @Test
  void whatHoldsOnlyTogetherIsCheckedTogether() throws IOException {
    String prefix = "restart-strategy.exponential-delay.";
    Settings settings =
        Settings.defaults()
            .orElse(file(prefix + "max-backoff = 20 ms", prefix + "initial-backoff = 10 ms"));

    assertThat(((RestartStrategy.ExponentialDelay) settings.restarts()).maxBackoff())
        .isEqualTo(Duration.ofMillis(20));
    assertThat(refusal(file(prefix + "max-backoff = 20 ms")))
        .contains("restart maxBackoff must be at least")
        .contains(prefix + "max-backoff in " + file + ":1");
  }

  @Test
  void aFileThatIsMissingIsAProblem() {
    assertThat(refusal(SettingsSources.file(file)))
        .contains("File " + file + " cannot be read: java.nio.file.NoSuchFileException");
  }

  @Test
  @Tag("S16")
  void theValueOfAnUnknownSettingIsNotTold() throws IOException {
    assertThat(refusal(file("kafka.password = hunter2")))
        .contains("kafka.password in " + file + ":1 is no setting")
        .doesNotContain("hunter2");
    assertThat(refusal(environment("HEADRACE_TOKEN", "hunter2"))).doesNotContain("hunter2");
  }

  @ParameterizedTest
  @Tag("S8")
  @ValueSource(
      strings = {
        "http://169.254.169.254/latest",
        "https:host",
        "s3://other/state",
        "file:///etc",
        "jar:file:a.jar!/state",
        "FTP://host/state"
      })
  void aDirectoryIsAPathAndNoUrl(String url) throws IOException {
    assertThat(refusal(file("directory = " + url)))
        .contains("directory in " + file + ":1 is \"" + url + "\", which is not a path");
  }

  @Test
  @Tag("S15")
  void whatIsWrittenCannotForgeLinesOfALog() throws IOException {
    assertThat(refusal(file("workers = 1\\nINFO all is well", "x\\ny = 1")))
        .contains("is \"1?INFO all is well\"")
        .contains("x?y in");
  }

  @Test
  void linesAreCountedAcrossCommentsAndContinuedLines() throws IOException {
    assertThat(
            refusal(file("! a comment \\", "workers = \\", "   2", "#another", "", "wrkers : 2")))
        .contains("for 1 reason")
        .contains("wrkers in " + file + ":6 is no setting. Did you mean workers?");
  }

  @Test
  void aNameThatIsLikeNoOtherIsNotGuessed() throws IOException {
    assertThat(refusal(file("zzz = 2")))
        .contains(
            "zzz in " + file + ":1 is no setting. docs/SETTINGS.md lists those that there are.");
  }

  @ParameterizedTest
  @CsvSource({
    "10 s, 10000",
    "10s, 10000",
    "200 ms, 200",
    "1 MIN, 60000",
    "2 h, 7200000",
    "1 d, 86400000",
    "PT1.5S, 1500",
  })
  void aDurationIsANumberWithAUnit(String text, long millis) {
    assertThat(Format.DURATION.parse(text)).contains(Duration.ofMillis(millis));
  }

  @Test
  void noTimeIsLongerThanALongHasNanoseconds() throws IOException {
    List<String> times =
        Catalogue.ALL.stream()
            .filter(setting -> setting.format().type().equals(Format.DURATION.type()))
            .map(Setting::name)
            .toList();

    assertThat(times).contains("watchdog.fail-after", "drain-on-shutdown");
    for (String time : times) {
      String type =
          time.startsWith("restart-strategy.")
              ? "restart-strategy.type = " + time.split("\\.", -1)[1]
              : "";
      assertThat(refusal(file(time + " = 300000 d", type)))
          .contains("must be at most 36525 d, but is 300000 d")
          .contains(time + " in " + file + ":1");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "10", "s", "-1 s", "1.5 s", "10 parsecs", "9999999999999999 d", "P"})
  void whatIsNoDurationIsNotGuessed(String text) {
    assertThat(Format.DURATION.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"512 mb, 536870912", "2gb, 2147483648", "65536 b, 65536", "1 kb, 1024"})
  void aSizeIsANumberWithAUnit(String text, long bytes) {
    assertThat(Format.SIZE.parse(text)).contains(bytes);
    assertThat(Format.SIZE.parse(Format.SIZE.print(bytes))).contains(bytes);
  }

  @Test
  void theSettingsAreExplainedWithTheirOrigins() throws IOException {
    Settings settings =
        Settings.in(Path.of("state"))
            .orElse(both(Map.of("HEADRACE_CHECKPOINT_INTERVAL", "250ms"), "workers = 2"));

    assertThat(settings.explained().lines())
        .hasSameSizeAs(Catalogue.ALL)
        .contains(
            "  directory = state   (program)",
            "  workers = 2   (" + file + ":1)",
            "  checkpoint.interval = 250 ms   (environment variable HEADRACE_CHECKPOINT_INTERVAL)",
            "  checkpoint.timeout = 10 min   (default)");
  }

  @Test
  void theProgramIsCheckedAtOnce() {
    assertThatThrownBy(() -> Settings.defaults().workers(0))
        .isInstanceOf(HeadraceException.class)
        .hasMessageContaining("workers must be at least 1");
  }
}

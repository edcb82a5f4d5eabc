package io.headrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.headrace.api.ErrorCode;
import io.headrace.api.Guarantee;
import io.headrace.api.HeadraceException;
import io.headrace.api.Job;
import io.headrace.api.Settings;
import io.headrace.api.SettingsSources;
import io.headrace.api.Stream;
import io.headrace.api.connector.Sinks;
import io.headrace.api.connector.Sources;
import io.headrace.api.plan.Guarantees;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a job says when it starts, and when it must not. */
@Timeout(60)
class StartMessagesTest {

  @TempDir Path directory;

  private static final Job JOB =
      pipeline -> {
        Stream<Long> numbers =
            pipeline.source("numbers", Sources.generate(Long.class, 10, index -> index));
        numbers.sink("all", Sinks.collect());
        numbers.sink("console", Sinks.print());
      };

  @Test
  @Tag("R30")
  @Tag("DG-2")
  @Tag("N16c")
  void theSettingsAndTheirOriginsAndTheGuaranteesAreLoggedOnce() {
    Settings settings =
        Settings.in(directory)
            .orElse(new SettingsSources(Optional.empty(), Map.of("HEADRACE_WORKERS", "2")));

    List<String> log = Log.of(() -> Headrace.run(JOB, settings));

    assertThat(log)
        .contains(settings.explained().lines().toArray(String[]::new))
        .containsOnlyOnce(
            "  workers = 2   (environment variable HEADRACE_WORKERS)",
            "  directory = " + directory + "   (program)",
            "  checkpoint.interval = 1 s   (default)",
            "  numbers -> all: exactly once");
    assertThat(log).filteredOn(line -> line.contains("starts with the settings")).hasSize(1);
    assertThat(log).filteredOn(line -> line.contains("guarantees from source to sink")).hasSize(1);
  }

  @Test
  @Tag("N16c")
  void aRunTellsItsGuarantees() {
    try (Run run = Headrace.start(JOB, Settings.in(directory))) {
      assertThat(run.guarantees().paths())
          .extracting(Guarantees.Path::name, Guarantees.Path::guarantee)
          .containsExactly(
              tuple("numbers -> all", Guarantee.EXACTLY_ONCE),
              tuple("numbers -> console", Guarantee.AT_LEAST_ONCE));
      run.await();
    }
  }

  @Test
  @Tag("DG-2")
  @Tag("FAULT-50")
  @Tag("FAULT-51")
  void aJobThatGivesLessThanIsRequiredDoesNotStart() {
    Settings settings = Settings.in(directory).requireGuarantee(Guarantee.EXACTLY_ONCE);

    assertThatThrownBy(() -> Headrace.run(JOB, settings))
        .isInstanceOfSatisfying(
            HeadraceException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_JOB))
        .hasMessageContaining("for 1 reason")
        .hasMessageContaining(
            "path numbers -> console: It gives at least once, but exactly once is required")
        .hasMessageContaining("Write to a transactional or idempotent sink");
    assertThat(directory).isEmptyDirectory();
    Headrace.run(JOB, settings.requireGuarantee(Guarantee.AT_LEAST_ONCE));
  }

  @Test
  @Tag("DG-1")
  void anEphemeralJobGivesAtMostOnce() {
    Settings settings = Settings.ephemeral().requireGuarantee(Guarantee.AT_LEAST_ONCE);

    assertThatThrownBy(() -> Headrace.run(JOB, settings))
        .hasMessageContaining("positions and state end with the process")
        .hasMessageContaining("Give the job a directory with Settings.in(directory).");
  }
}

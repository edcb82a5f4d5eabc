package io.headrace.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the times of the watchdog go together. */
@Tag("R30")
class WatchdogSettingsTest {

  private final Path file;

  WatchdogSettingsTest(@TempDir Path folder) {
    this.file = folder.resolve("job.properties");
  }

  private SettingsSources file(String text) throws IOException {
    Files.writeString(file, text);
    return SettingsSources.file(file);
  }

  @Test
  void aProgramMayNotFailWhatItHasNotWarnedOf() {
    WatchdogSettings watchdog = WatchdogSettings.defaults();
    Duration time = Duration.ofMillis(20);
    Duration longer = Duration.ofMillis(21);

    assertThat(Settings.defaults().withWatchdog(watchdog.failAfter(time).warnAfter(time)))
        .isNotNull();
    assertThatThrownBy(
            () -> Settings.defaults().withWatchdog(watchdog.warnAfter(longer).failAfter(time)))
        .isInstanceOf(HeadraceException.class)
        .hasMessageContaining("watchdog.fail-after (program) is 20 ms, which is less than");
  }

  @Test
  void aWarningThatNobodySetFollowsAFailureThatIsSooner() throws IOException {
    WatchdogSettings watchdog = WatchdogSettings.defaults();
    Duration soon = Duration.ofMillis(500);

    WatchdogSettings program =
        Settings.defaults().withWatchdog(watchdog.failAfter(soon)).watchdog();
    Settings outside = Settings.defaults().orElse(file("watchdog.fail-after = 500 ms"));

    assertThat(program).isEqualTo(outside.watchdog());
    assertThat(program.namedAfter()).isEqualTo(soon);
    assertThat(program.deadAfter()).isEqualTo(soon);
    assertThat(program.failAfter(Duration.ofSeconds(3)).namedAfter())
        .isEqualTo(watchdog.namedAfter());
    assertThat(program.warnAfter(Duration.ofMillis(20)).namedAfter())
        .isEqualTo(Duration.ofMillis(20));
    assertThat(outside.explained().lines()).contains("  watchdog.warn-after = 500 ms   (default)");
    assertThatThrownBy(
            () ->
                Settings.defaults()
                    .orElse(file("watchdog.fail-after = 500 ms\nwatchdog.warn-after = 1 s")))
        .isInstanceOf(HeadraceException.class)
        .hasMessageContaining("which is less than watchdog.warn-after (" + file + ":2), 1 s");
  }
}

package io.headrace.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The page on settings says what the catalogue says. */
@Tag("R30")
class SettingsPageTest {

  @Test
  void thePageHasTheTableOfTheCatalogue() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "SETTINGS.md"));

    assertThat(page.substring(page.indexOf("| name |"), page.indexOf("\n\n## Files")))
        .as("docs/SETTINGS.md; the table is to be:\n" + Catalogue.table())
        .isEqualToNormalizingNewlines(Catalogue.table().stripTrailing());
  }

  @Test
  void namesAreOfOneKindAndVariablesDiffer() {
    assertThat(Catalogue.ALL)
        .extracting(Setting::name)
        .allMatch(name -> name.matches("[a-z]+([.-][a-z]+)*"))
        .doesNotHaveDuplicates();
    assertThat(Catalogue.ALL).extracting(Setting::variable).doesNotHaveDuplicates();
    assertThat(Catalogue.CHECKPOINT_MIN_PAUSE.variable())
        .isEqualTo("HEADRACE_CHECKPOINT_MIN_PAUSE");
  }
}

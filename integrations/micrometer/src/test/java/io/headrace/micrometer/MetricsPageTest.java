package io.headrace.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The page on metrics says what the catalogue says. */
@Tag("R22")
class MetricsPageTest {

  @Test
  void thePageHasTheTableOfTheCatalogue() throws IOException {
    String page = Files.readString(Path.of("..", "..", "docs", "METRICS.md"));

    assertThat(page.substring(page.indexOf("| meter |"), page.indexOf("\n\nRegistries")))
        .as("docs/METRICS.md; the table is to be:\n" + Catalogue.table())
        .isEqualToNormalizingNewlines(Catalogue.table().stripTrailing());
  }

  @Test
  void namesAreOfOneKindAndDiffer() {
    List<Measure<?>> all = new ArrayList<>(Catalogue.OF_JOB);
    all.addAll(Catalogue.OF_TASK);

    assertThat(all)
        .extracting(Measure::name)
        .allMatch(name -> name.matches("headrace(\\.[a-z]+)+"))
        .doesNotHaveDuplicates();
  }
}

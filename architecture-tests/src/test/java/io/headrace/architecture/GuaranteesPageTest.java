package io.headrace.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.CheckpointingMode;
import io.headrace.api.Guarantee;
import io.headrace.api.Job;
import io.headrace.api.Sink;
import io.headrace.api.Source;
import io.headrace.api.connector.Sinks;
import io.headrace.api.connector.Sources;
import io.headrace.api.plan.Guarantees;
import io.headrace.api.plan.Plan;
import io.headrace.files.JsonLines;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page on guarantees says what the plan says. */
final class GuaranteesPageTest {

  private static final Map<String, Source<Long, ?>> SOURCES = new LinkedHashMap<>();
  private static final Map<String, Sink<Object, ?>> SINKS = new LinkedHashMap<>();

  static {
    Source<Long, Long> numbers = Sources.generate(Long.class, 1, index -> index);
    SOURCES.put("`Sources.generate`, `Sources.of`", numbers);
    SOURCES.put("`Sources.paced` of a source that can be read again", Sources.paced(numbers, 1));
    SOURCES.put("`JsonLines.read`, `JsonArray.read`", JsonLines.read(Path.of("in"), Long.class));
    SINKS.put("`JsonLines.write`", JsonLines.write(Path.of("out"), Object.class));
    SINKS.put("`Sinks.collect`", Sinks.collect());
    SINKS.put("`Sinks.print`", Sinks.print());
  }

  private static Guarantee guarantee(
      Source<Long, ?> source, Sink<Object, ?> sink, Guarantees.Terms terms) {
    Job job =
        pipeline ->
            pipeline
                .source("in", source)
                .keyBy(number -> number)
                .aggregate("sums", Long.class, 0L, (sum, number) -> sum + number)
                .sink("out", sink);
    return Guarantees.of(Plan.of(job), terms).weakest();
  }

  private static String table() {
    StringBuilder table =
        new StringBuilder(
            "| source | checkpoints | " + String.join(" | ", SINKS.keySet()) + " |\n");
    table.append("| --- ".repeat(2 + SINKS.size())).append("|\n");
    SOURCES.forEach(
        (name, source) -> {
          row(table, name + " | in a directory", source, true);
          row(table, name + " | ephemeral", source, false);
        });
    return table.toString();
  }

  private static void row(
      StringBuilder table, String name, Source<Long, ?> source, boolean isDurable) {
    Guarantees.Terms terms =
        new Guarantees.Terms(CheckpointingMode.EXACTLY_ONCE, isDurable, Optional.empty());
    table.append(
        SINKS.values().stream()
            .map(sink -> guarantee(source, sink, terms).words())
            .collect(Collectors.joining(" | ", "| " + name + " | ", " |\n")));
  }

  @Test
  @Tag("DG-2")
  void theTableOfConnectorsIsWhatTheirPlansGive() {
    String page = text("docs/GUARANTEES.md");

    assertThat(page).as("docs/GUARANTEES.md; the table is to be:\n%s", table()).contains(table());
  }

  @Test
  @Tag("DG-3")
  void thePageSaysOfEverythingThatMustBeDeterministicWhatItMustKeepTheSame() {
    String section = section("What must be deterministic");

    assertThat(section.lines().filter(line -> line.startsWith("- ")))
        .satisfiesExactly(
            keys ->
                assertThat(keys)
                    .startsWith("- **Key selectors**: ")
                    .contains("the same value must have the same key each time"),
            sources ->
                assertThat(sources)
                    .startsWith("- **Sources**: ")
                    .contains("must be the same each time it is read, in the same order"),
            results ->
                assertThat(results)
                    .startsWith("- **What goes to an idempotent sink**")
                    .contains("if a value that is processed again has another result"));
    assertThat(section).contains("Everything else may be as it likes");
  }

  @ParameterizedTest
  @Tag("DG-3")
  @CsvSource(
      delimiter = '|',
      value = {
        "KeySelector | must return equal keys for equal values, whenever and wherever it is called",
        "Source | What a split delivers from a position on must be the same each time it is read",
        "Sink | so what is written must be the same when a value is processed again",
      })
  void whoWritesWhatMustBeDeterministicIsToldSoWhereItIsDeclared(String type, String told) {
    String source = text("api/src/main/java/io/headrace/api/" + type + ".java");

    assertThat(source.replaceAll("\\s+(\\* )?", " ")).contains(told);
  }

  @Test
  @Tag("DG-5")
  void thePageSaysThatSideEffectsOfFunctionsAreNotCoveredAndWhatToDo() {
    assertThat(section("What is not covered"))
        .startsWith("Side effects of functions: ")
        .contains("They are **at least once**", "What is to happen once is written by a sink");
  }

  /** What the page says under a heading. */
  private static String section(String heading) {
    String page = text("docs/GUARANTEES.md");
    String begin = "\n## " + heading + "\n\n";
    assertThat(page).contains(begin);
    String rest = page.substring(page.indexOf(begin) + begin.length());
    int end = rest.indexOf("\n## ");
    return end < 0 ? rest : rest.substring(0, end);
  }

  private static String text(String file) {
    return Repository.text(Repository.found().root().resolve(file));
  }

  @Test
  @Tag("DG-4")
  void thePageSaysHowMuchLaterATransactionalSinkShowsItsResults() {
    String page = Repository.text(Repository.found().root().resolve("docs/GUARANTEES.md"));

    assertThat(page.replaceAll("\\s+", " "))
        .contains(
            "A transactional sink makes results visible when the checkpoint that covers them is"
                + " complete, so they come later: by half of the checkpoint interval on average,"
                + " and by about one interval at most, plus the time that a checkpoint takes.");
  }
}

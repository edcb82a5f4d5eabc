package io.headrace.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.CheckpointingMode;
import io.headrace.api.Guarantee;
import io.headrace.api.Job;
import io.headrace.api.KeyValue;
import io.headrace.api.Pipeline;
import io.headrace.api.Sink;
import io.headrace.api.Source;
import io.headrace.api.Stream;
import io.headrace.api.connector.Sinks;
import io.headrace.api.connector.Sources;
import io.headrace.api.plan.Guarantees;
import io.headrace.api.plan.Plan;
import io.headrace.files.CsvFiles;
import io.headrace.files.FileSink;
import io.headrace.files.JsonArray;
import io.headrace.files.JsonLines;
import io.headrace.files.TextFiles;
import io.headrace.files.WatchedFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page on guarantees says what the plan says. */
final class GuaranteesPageTest {

  private static final Map<String, List<Function<Pipeline, Stream<Long>>>> SOURCES =
      new LinkedHashMap<>();
  private static final Map<String, List<Consumer<Stream<Long>>>> SINKS = new LinkedHashMap<>();

  private static final Path IN = Path.of("in");
  private static final Path OUT = Path.of("out");

  /** A record of a CSV file. */
  record Row(long number) {}

  static {
    Source<Long, Long> numbers = Sources.generate(Long.class, 1, index -> index);
    WatchedFolder folder = WatchedFolder.of(IN, "*", Duration.ofSeconds(1));
    SOURCES.put(
        "`Sources.generate`, `Sources.of`",
        List.of(from(numbers), from(Sources.of(Long.class, List.of(1L)))));
    SOURCES.put(
        "`Sources.paced` of a source that can be read again",
        List.of(from(Sources.paced(numbers, 1))));
    SOURCES.put(
        "`JsonLines.read`, `JsonArray.read`, `CsvFiles.read`, `TextFiles.read`",
        List.of(
            from(JsonLines.read(IN, Long.class)),
            from(JsonArray.read(IN, Long.class)),
            fromRows(CsvFiles.read(IN, Row.class)),
            fromText(TextFiles.read(IN))));
    SOURCES.put(
        "the same of a `WatchedFolder`",
        List.of(
            from(JsonLines.read(folder, Long.class)),
            from(JsonArray.read(folder, Long.class)),
            fromRows(CsvFiles.read(folder, Row.class)),
            fromText(TextFiles.read(folder))));
    SINKS.put(
        "`JsonLines.write`, `CsvFiles.write`, `TextFiles.write`",
        List.of(
            to(JsonLines.write(OUT, Long.class)),
            toRows(CsvFiles.write(OUT, Row.class)),
            toText(TextFiles.write(OUT))));
    SINKS.put(
        "the same with `gzip`, `rollAt`, `rollAfter`, `partitionedBy`",
        List.of(
            to(of(JsonLines.write(OUT, Long.class))),
            toRows(of(CsvFiles.write(OUT, Row.class))),
            toText(of(TextFiles.write(OUT)))));
    SINKS.put("`Sinks.collect`", List.of(to(Sinks.collect())));
    SINKS.put("`Sinks.print`", List.of(to(Sinks.print())));
  }

  private static Function<Pipeline, Stream<Long>> from(Source<Long, ?> source) {
    return pipeline -> pipeline.source("in", source);
  }

  private static Function<Pipeline, Stream<Long>> fromRows(Source<Row, ?> source) {
    return pipeline -> pipeline.source("in", source).map(Row::number).as(Long.class);
  }

  private static Function<Pipeline, Stream<Long>> fromText(Source<String, ?> source) {
    return pipeline -> pipeline.source("in", source).map(Long::valueOf).as(Long.class);
  }

  private static <T> FileSink<T> of(FileSink<T> sink) {
    return sink.gzip().rollAt(1).rollAfter(Duration.ofSeconds(1)).partitionedBy(each -> "all");
  }

  private static Consumer<Stream<Long>> to(Sink<? super Long, ?> sink) {
    return sums -> sums.sink("out", sink);
  }

  private static Consumer<Stream<Long>> toRows(Sink<Row, ?> sink) {
    return sums -> sums.map(Row::new).as(Row.class).sink("out", sink);
  }

  private static Consumer<Stream<Long>> toText(Sink<String, ?> sink) {
    return sums -> sums.map(String::valueOf).as(String.class).sink("out", sink);
  }

  /** What all of these sources give with all of these sinks; several, if they differ. */
  private static String guarantees(
      List<Function<Pipeline, Stream<Long>>> sources,
      List<Consumer<Stream<Long>>> sinks,
      Guarantees.Terms terms) {
    return sources.stream()
        .flatMap(source -> sinks.stream().map(sink -> guarantee(source, sink, terms).words()))
        .distinct()
        .collect(Collectors.joining(" or "));
  }

  private static Guarantee guarantee(
      Function<Pipeline, Stream<Long>> source,
      Consumer<Stream<Long>> sink,
      Guarantees.Terms terms) {
    Job job =
        pipeline ->
            sink.accept(
                source
                    .apply(pipeline)
                    .keyBy(number -> number)
                    .aggregate("sums", Long.class, 0L, (sum, number) -> sum + number)
                    .map(KeyValue::value)
                    .as(Long.class));
    return Guarantees.of(Plan.of(job), terms).weakest();
  }

  private static String table() {
    StringBuilder table =
        new StringBuilder(
            "| source | checkpoints | " + String.join(" | ", SINKS.keySet()) + " |\n");
    table.append("| --- ".repeat(2 + SINKS.size())).append("|\n");
    SOURCES.forEach(
        (name, sources) -> {
          row(table, name + " | in a directory", sources, true);
          row(table, name + " | ephemeral", sources, false);
        });
    return table.toString();
  }

  private static void row(
      StringBuilder table,
      String name,
      List<Function<Pipeline, Stream<Long>>> sources,
      boolean isDurable) {
    Guarantees.Terms terms =
        new Guarantees.Terms(CheckpointingMode.EXACTLY_ONCE, isDurable, Optional.empty());
    table.append(
        SINKS.values().stream()
            .map(sinks -> guarantees(sources, sinks, terms))
            .collect(Collectors.joining(" | ", "| " + name + " | ", " |\n")));
  }

  @Test
  @Tag("DG-2")
  void theTableOfConnectorsIsWhatTheirPlansGive() {
    String page = text("docs/GUARANTEES.md");

    assertThat(page).as("docs/GUARANTEES.md; the table is to be:\n%s", table()).contains(table());
  }

  /** How a program gets a source or a sink, and another sink from one. */
  private static final Pattern CONNECTOR =
      Pattern.compile(
          "public static (?:<[\\w, ]+> )?\\w*(?:Source|Sink)<[^>]+> (\\w+)\\("
              + "|public \\w+Sink<T> (\\w+)\\(");

  @Test
  @Tag("DG-2")
  void everyConnectorIsInTheTable() {
    Set<String> names = new TreeSet<>();
    for (Path file : Repository.found().files(GuaranteesPageTest::mayHoldConnectors)) {
      Matcher each = CONNECTOR.matcher(Repository.text(file));
      String type = file.getFileName().toString().replace(".java", "");
      while (each.find()) {
        names.add(
            each.group(1) == null
                ? "`" + each.group(2) + "`"
                : "`" + type + "." + each.group(1) + "`");
      }
    }

    assertThat(names).contains("`Sources.paced`", "`CsvFiles.write`", "`gzip`");
    assertThat(names).allSatisfy(name -> assertThat(table()).contains(name));
  }

  private static boolean mayHoldConnectors(Path file) {
    String path = file.toString();
    return path.endsWith(".java")
        && path.contains("/src/main/")
        && (path.contains("/connectors/") || path.contains("/api/connector/"));
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

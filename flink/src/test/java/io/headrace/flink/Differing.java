package io.headrace.flink;

import io.headrace.api.Job;
import io.headrace.api.MapFunction;
import io.headrace.api.Pipeline;
import io.headrace.api.Services;
import io.headrace.api.Stream;
import io.headrace.api.connector.Sinks;
import io.headrace.api.connector.Sources;
import io.headrace.files.TextFiles;
import java.io.Closeable;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/**
 * A job whose plan is another one wherever it is made again, an operator for each reason, of which
 * it has the name.
 */
public final class Differing implements Job {

  /** A text of which not all should be told. */
  static final String SECRET = "s".repeat(59) + "tail";

  private static int made;
  private static String greeting = "";

  private String given = "";

  /** As the tasks make it. */
  public Differing() {}

  /** Says what it is not told by settings: to the class, and to this one. */
  Differing greetingWith(String text) {
    greeting = text;
    given = text;
    return this;
  }

  @Override
  public Services services() {
    boolean isHere = System.getenv("PATH") != null;
    long opened = System.nanoTime();
    Services services = Services.none().opening(Closeable.class, () -> () -> told(opened));
    return isHere ? services.with(Random.class, new Random()) : services;
  }

  private static void told(long time) {
    throw new IllegalStateException("opened at " + time);
  }

  @Override
  public void define(Pipeline pipeline) {
    Stream<String> words = pipeline.source("words", Sources.of(String.class, List.of("a", "b")));
    words.deadLetters().sink("letters", Sinks.print());
    ofTheMoment(words);
    ofTheEnvironment(words);
    ofTheForm(words);
  }

  private void ofTheMoment(Stream<String> words) {
    captured(words, "clock", Instant.now());
    captured(words, "nanoseconds", Map.of("starts", List.of(1L, System.nanoTime())));
    captured(words, "beside", List.of(Collections.nCopies(200_000, "a"), System.nanoTime()));
    captured(words, "count", ++made);
    captured(words, "given", given);
    captured(words, "secret", SECRET + System.nanoTime());
    words.map(new Tagged()).sink("chance", Sinks.print());
  }

  private static void ofTheEnvironment(Stream<String> words) {
    captured(words, "static", greeting);
    captured(words, "variable", System.getenv("PATH"));
    captured(words, "property", System.getProperty("differing"));
    captured(words, "file", Files.exists(Path.of("pom.xml")));
    captured(words, "relative", Path.of("pom.xml"));
    captured(words, "zone", ZoneId.systemDefault());
    captured(words, "date", LocalDate.now(ZoneId.systemDefault()));
    captured(words, "locale", Locale.getDefault());
    captured(words, "format", DateTimeFormatter.ofPattern("dd MMMM"));
    captured(words, "charset", Charset.defaultCharset());
    captured(words, "order", List.copyOf(Set.of("one", "two")));
    words.sink("temporary", TextFiles.write(Path.of(System.getProperty("java.io.tmpdir"), "out")));
    words.sink("home", TextFiles.write(Path.of(System.getProperty("user.home"), "out")));
  }

  private static void ofTheForm(Stream<String> words) {
    boolean isHere = System.getenv("PATH") != null;
    words
        .keyBy(word -> word)
        .aggregate("parallelism", String.class, "", (all, word) -> all + word)
        .parallelism(isHere ? 2 : 1)
        .sink("of-parallelism", Sinks.print());
    Stream<String> ends = words.map(isHere ? word -> word + "!" : word -> word + "?");
    ends.sink("function", Sinks.print());
    if (isHere) {
      words.sink("only-here", Sinks.print());
    }
  }

  private static void captured(Stream<String> words, String name, Object value) {
    words
        .keyBy(word -> word)
        .aggregate(name, String.class, "", (all, word) -> all + word + value)
        .sink("of-" + name, Sinks.print());
  }

  private static final class Tagged implements MapFunction<String, String> {

    private final UUID tag = UUID.randomUUID();

    @Override
    public String map(String word) {
      return word + tag;
    }
  }
}

package io.headrace.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.Job;
import io.headrace.api.KeyedProcess;
import io.headrace.api.MapFunction;
import io.headrace.api.Pipeline;
import io.headrace.api.Service;
import io.headrace.api.States;
import io.headrace.api.connector.Sinks;
import io.headrace.api.connector.Sources;
import io.headrace.examples.FlightDelays;
import io.headrace.simulation.RandomJob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What {@link DifferencesTest} is not about. Public, as the jobs in it must be. */
@Tag("R23")
public final class PortableJobsTest {

  private static final Path FOLDER = Path.of("data").toAbsolutePath();

  @Test
  void delaysTravel() {
    PortableJobs.verifyPortable(
        new FlightDelays(Path.of("/data/flights.json"), 100, Path.of("/data/updates")));
  }

  @Test
  void theCodeOfTheGuideIsCompiled() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "FLINK.md"));
    Path examples = Path.of("..", "examples", "src", "main", "java", "io", "headrace", "examples");
    String sources =
        Files.readString(Path.of("src/test/java/io/headrace/flink/PortableJobsTest.java"))
                .replace("\n  ", "\n")
            + Files.readString(examples.resolve("FlightDelays.java"));

    assertThat(Pattern.compile("(?s)```java\n(.*?)```").matcher(page).results())
        .extracting(block -> block.group(1))
        .hasSize(2)
        .allMatch(sources::contains);
  }

  @Test
  void everyKindOfOperatorOfTheSameSettingsIsTheSame() {
    assertThatCode(() -> PortableJobs.verifyPortable(new RandomJob(7, FOLDER.toString())))
        .doesNotThrowAnyException();
  }

  @Test
  void aJobIsCheckedByItsClassAndItsSettings() {
    assertThatCode(
            () ->
                PortableJobs.verifyPortable(
                    CountWords.class, "{\"in\": \"/data/in\", \"out\": \"/data/out\"}"))
        .doesNotThrowAnyException();
  }

  private static void mapped(Pipeline pipeline, MapFunction<String, String> function) {
    pipeline
        .source("words", Sources.of(String.class, List.of("a", "b")))
        .map(function)
        .sink("out", Sinks.print());
  }

  /** Has what is large, in a circle, without content or order. */
  public record Same(Path folder) implements Job {

    @Override
    public void define(Pipeline pipeline) {
      Map<Object, Object> circle = new HashMap<>();
      circle.put(new Object(), circle);
      circle.put("folder", folder);
      Set<String> order = Set.of("one", "two", "three");
      Map<List<String>, Set<Object>> nested =
          Map.of(List.of("a"), Set.of(1, List.of(2)), List.of("b"), Set.of());
      Map<Object, String> identities = new IdentityHashMap<>();
      for (int i = 0; i < 100; i++) {
        identities.put(List.of(i), "number " + i);
      }
      List<List<Integer>> large = new ArrayList<>();
      for (int i = 0; i < 20_000; i++) {
        large.add(List.of(i));
      }
      Thread thread = Thread.currentThread();
      mapped(pipeline, word -> word + circle + order + nested + identities + large + thread);
    }
  }

  @Test
  void whatIsInACircleOrWithoutContentOrOrderIsNoDifference() {
    assertThatCode(() -> PortableJobs.verifyPortable(new Same(FOLDER))).doesNotThrowAnyException();
  }

  /** Reads a file of the working directory when it is planned. */
  public record OfFile() implements Job {

    @Override
    public void define(Pipeline pipeline) {
      try {
        String text = Files.readString(Path.of("pom.xml"));
        mapped(pipeline, word -> word + text);
      } catch (IOException missing) {
        throw new UncheckedIOException(missing);
      }
    }
  }

  @Test
  void aPlanThatCannotBeMadeElsewhereIsToldWithTheReason() {
    assertThatThrownBy(() -> PortableJobs.verifyPortable(new OfFile()))
        .hasMessageContaining(
            "the plan: It cannot be made again in another JVM: java.io.UncheckedIOException:"
                + " java.nio.file.NoSuchFileException: pom.xml at ")
        .hasMessageContaining("PortableJobsTest$OfFile.define(PortableJobsTest.java:");
  }

  /** Asks for what it does not give. */
  public record Asking() implements Job {

    @Override
    public void define(Pipeline pipeline) {
      pipeline
          .source("words", Sources.of(String.class, List.of("a", "b")))
          .keyBy(word -> word)
          .process("greetings", Asking::greetings)
          .sink("out", Sinks.print());
    }

    private static KeyedProcess<String, String, String> greetings(States states) {
      Service<StringBuilder> greeting = states.service(StringBuilder.class);
      return (word, at) -> at.emit(greeting.get() + word);
    }
  }

  @Test
  void aJobThatAsksForAServiceThatItDoesNotGiveIsRefused() {
    assertThatThrownBy(() -> PortableJobs.verifyPortable(new Asking()))
        .hasMessageContaining(
            "operator \"greetings\": It asks for a service of java.lang.StringBuilder, and the job"
                + " gives none.");
  }

  @Test
  void aJobWithServicesOfItsSettingsIsTheSame() {
    assertThatCode(() -> PortableJobs.verifyPortable(new Cases.Lookups("/data/out", "hello")))
        .doesNotThrowAnyException();
  }

  /** Nobody else may make it. */
  record NotPublic() implements Job {

    @Override
    public void define(Pipeline pipeline) {
      mapped(pipeline, word -> word);
    }
  }

  @Test
  void aJobThatNobodyElseCanMakeIsRefused() {
    assertThatThrownBy(() -> PortableJobs.verifyPortable(new NotPublic()))
        .hasMessageContaining("NotPublic cannot be made again in the tasks of a cluster");
  }
}

package io.headrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.headrace.api.HeadraceException;
import io.headrace.api.Job;
import io.headrace.api.RestartStrategy;
import io.headrace.api.Settings;
import io.headrace.api.connector.Sinks;
import io.headrace.api.connector.Sources;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What input and systems outside say writes no line of its own in a log. */
@Tag("S15")
@Timeout(60)
class LogInjectionTest {

  private static final String FORGED = "2000-01-01 ERROR all is lost";
  private static final String HOSTILE = "x\r\n" + FORGED + "\u2028" + FORGED + "\u001b[2J";

  @TempDir Path directory;

  private static HookedSink failing(HookedSink.Step when) {
    return new HookedSink(
        step -> {
          if (step == when) {
            throw new IOException(HOSTILE, new IllegalStateException(HOSTILE));
          }
        });
  }

  private void assertForgesNothing(Job job) {
    List<HeadraceException> failures = new ArrayList<>();
    List<String> states = new ArrayList<>();
    Settings once = Settings.in(directory).withRestarts(RestartStrategy.none());

    String log =
        Log.textOf(
            () -> {
              try (Run run = Headrace.start(job, once, state -> states.add(state.toString()))) {
                failures.add(catchThrowableOfType(HeadraceException.class, run::await));
              }
            });

    assertThat(log).contains(FORGED).doesNotContain("\u001b", "\r", "\u2028");
    assertThat(log.lines()).noneMatch(line -> line.startsWith(FORGED));
    assertThat(failures.get(0).getMessage()).contains("x??" + FORGED + "?" + FORGED + "?[2J");
    assertThat(states).isNotEmpty().noneMatch(state -> state.contains("\u001b"));
  }

  @Test
  void whatASourceThrowsForgesNoLine() {
    assertForgesNothing(
        pipeline ->
            pipeline
                .source(
                    "numbers",
                    Sources.generate(
                        Long.class,
                        10,
                        index -> {
                          throw new IOException(HOSTILE);
                        }))
                .sink("out", Sinks.collect()));
  }

  @Test
  void whatASinkThrowsForgesNoLine() {
    for (HookedSink.Step step : List.of(HookedSink.Step.OPEN, HookedSink.Step.COMMIT)) {
      assertForgesNothing(writing(failing(step)));
    }
  }

  private static Job writing(HookedSink sink) {
    return pipeline ->
        pipeline
            .source("numbers", Sources.generate(Long.class, 10, index -> index))
            .sink("out", sink);
  }

  @Test
  void whatAFunctionThrowsForgesNoLine() {
    assertForgesNothing(
        pipeline ->
            pipeline
                .source("numbers", Sources.generate(Long.class, 10, index -> index))
                .map(LogInjectionTest::fail)
                .as(Long.class)
                .sink("out", Sinks.collect()));
  }

  private static Long fail(Long number) {
    throw new IllegalArgumentException(HOSTILE, new IllegalStateException(HOSTILE + number));
  }

  @Test
  void whatAListenerOrAnActionAtTheEndThrowsForgesNoLine() {
    Job job =
        pipeline ->
            pipeline
                .source("numbers", Sources.generate(Long.class, 10, index -> index))
                .sink("out", Sinks.collect());

    String log =
        Log.textOf(
            () -> {
              try (Run run = Headrace.start(job, Settings.in(directory), state -> throwHostile())) {
                run.whenEnded(LogInjectionTest::throwHostile);
                run.await();
              }
            });

    assertThat(log)
        .contains("The listener of states threw")
        .contains("What was to be done at the end of job \"job\" threw.");
    assertThat(log).contains(FORGED).doesNotContain("\u001b", "\r", "\u2028");
    assertThat(log.lines()).noneMatch(line -> line.startsWith(FORGED));
  }

  private static void throwHostile() {
    throw new IllegalStateException(HOSTILE);
  }

  @Test
  void namesThatDoNotShowAreRefused() {
    Job job =
        pipeline ->
            pipeline
                .source("numbers", Sources.generate(Long.class, 10, index -> index))
                .sink("out" + HOSTILE, Sinks.collect());

    HeadraceException refusal =
        catchThrowableOfType(
            HeadraceException.class, () -> Headrace.run(job, Settings.in(directory)));

    assertThat(refusal.getMessage())
        .contains("operator \"outx??" + FORGED)
        .contains("Its name has a character in it that does not show.");
  }
}

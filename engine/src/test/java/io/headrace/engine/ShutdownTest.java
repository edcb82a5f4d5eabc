package io.headrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.HeadraceException;
import io.headrace.api.Job;
import io.headrace.api.Settings;
import io.headrace.api.connector.Sinks;
import io.headrace.api.connector.Sources;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A JVM that is told to end. */
@Timeout(120)
class ShutdownTest {

  private static final int ALL = 300_000;

  /** Told to end at once, it is not near its end, however busy the machine is. */
  private static final String SLOWLY = "3000";

  private static final String FAST = "1e9";

  @TempDir Path folder;

  @Test
  @Tag("R21")
  @Tag("FAULT-24")
  void aProcessThatIsToldToEndDrainsItsJobAndTheNextRepeatsNothing() throws Exception {
    Process child = numbers(SLOWLY);
    List<String> said = new ArrayList<>();
    try (BufferedReader output =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
      String line;
      while ((line = output.readLine()) != null) {
        said.add(line);
        if (line.equals("Running[]")) {
          child.toHandle().destroy();
        }
      }
    }

    assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(said).contains("Draining[]", "Stopped[]");
    int drained = ChildJob.lines(folder).size();
    assertThat(drained).isLessThan(ALL);

    Process next = numbers(FAST);

    assertThat(ChildJob.said(next)).contains("Restoring[").contains("Finished[]");
    assertThat(next.waitFor()).isZero();
    assertThat(ChildJob.lines(folder)).hasSize(ALL).doesNotHaveDuplicates();
  }

  private Process numbers(String perSecond) throws IOException {
    List<String> arguments = List.of(folder.toString(), "" + ALL, perSecond);
    return ChildJob.start(ChildJob.class, List.of(), arguments);
  }

  @Test
  @Tag("R29")
  void thereIsAHookOnlyWhenAskedForAndUntilTheRunEnds() throws Exception {
    Process child =
        ChildJob.start(
            Hooks.class,
            List.of("--add-opens=java.base/java.lang=ALL-UNNAMED"),
            List.of(folder.toString()));

    assertThat(ChildJob.said(child).lines().filter(line -> line.startsWith("hooks ")))
        .containsExactly(
            "hooks before: []",
            "hooks unasked: []",
            "hooks while it runs: [headrace-job-shutdown]",
            "hooks at the end: []",
            "hooks after a refusal: []");
    assertThat(child.waitFor()).isZero();
  }

  @Test
  @Tag("R21")
  @Tag("FAULT-23")
  void aProcessWhoseJobIsNotDrainedWithinItsLimitEndsAllTheSameAndTheNextGoesOn() throws Exception {
    Process child = ChildJob.start(Stuck.class, List.of(), List.of(folder.toString()));
    List<String> said = new ArrayList<>();
    try (BufferedReader output =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
      String line;
      while ((line = output.readLine()) != null) {
        said.add(line);
        if (line.equals("commits")) {
          child.toHandle().destroy();
        }
      }
    }

    assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(said)
        .contains("Draining[]")
        .doesNotContain("Stopped[]")
        .anyMatch(line -> line.contains("Job \"job\" was not drained within 300 ms"));

    HookedSink sink = new HookedSink(step -> {});
    try (Run next = Headrace.start(Stuck.job(sink), Settings.in(folder).parallelism(1))) {
      while (!next.isReady()) {
        LockSupport.parkNanos(1_000);
      }
      assertThat(next.status().restoredFrom()).isPresent();
      next.stop();
    }
  }

  /** Does not come to the end of its first commit, whatever happens. */
  static final class Stuck {

    private Stuck() {}

    static Job job(HookedSink sink) {
      return pipeline ->
          pipeline
              .source("numbers", Sources.generate(Long.class, Long.MAX_VALUE / 4, index -> index))
              .sink("out", sink);
    }

    public static void main(String[] arguments) {
      HookedSink sink =
          new HookedSink(
              step -> {
                if (step == HookedSink.Step.COMMIT) {
                  System.out.println("commits");
                  while (true) {
                    LockSupport.park();
                  }
                }
              });
      Settings settings =
          Settings.in(Path.of(arguments[0]))
              .parallelism(1)
              .checkpointInterval(Duration.ofMillis(5))
              .drainOnShutdown(Duration.ofMillis(300));
      try (Run run = Headrace.start(job(sink), settings, state -> System.out.println(state))) {
        run.await();
      }
    }
  }

  @Test
  @Tag("R21")
  void aLimitOfNothingIsRefused() {
    assertThatThrownBy(() -> Settings.defaults().drainOnShutdown(Duration.ZERO))
        .hasMessageContaining("drainOnShutdown must be at least 1 ms, but is 0 ms");
  }

  /** Says which hooks of ours there are. */
  static final class Hooks {

    private Hooks() {}

    public static void main(String[] arguments) throws Exception {
      Job job =
          pipeline ->
              pipeline
                  .source("numbers", Sources.generate(Long.class, Long.MAX_VALUE, index -> index))
                  .sink("out", Sinks.collect());
      Settings unasked = Settings.in(Path.of(arguments[0]));
      Settings asked = unasked.drainOnShutdown(Duration.ofSeconds(30));

      say("before");
      try (Run run = Headrace.start(job, unasked)) {
        say("unasked");
      }
      try (Run run = Headrace.start(job, asked)) {
        say("while it runs");
      }
      say("at the end");
      try (Run run = Headrace.start(job, unasked)) {
        refused(job, asked);
        say("after a refusal");
      }
    }

    private static void refused(Job job, Settings settings) {
      try {
        Headrace.start(job, settings).close();
      } catch (HeadraceException owned) {
        return;
      }
      throw new AssertionError("it was not refused");
    }

    private static void say(String when) throws ReflectiveOperationException {
      Field hooks = Class.forName("java.lang.ApplicationShutdownHooks").getDeclaredField("hooks");
      hooks.setAccessible(true);
      System.out.println(
          "hooks "
              + when
              + ": "
              + ((Map<?, ?>) hooks.get(null))
                  .keySet().stream()
                      .map(hook -> ((Thread) hook).getName())
                      .filter(name -> name.startsWith("headrace"))
                      .toList());
    }
  }
}

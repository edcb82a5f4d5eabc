package io.headrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.Job;
import io.headrace.api.KeyValue;
import io.headrace.api.Pipeline;
import io.headrace.api.Settings;
import io.headrace.api.connector.Sources;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.MDC;
import org.slf4j.helpers.BasicMDCAdapter;
import org.slf4j.simple.SimpleServiceProvider;
import org.slf4j.spi.MDCAdapter;

/** Who is named in log lines, in a process with a logger that keeps names. */
@Timeout(60)
class LogNamesTest {

  @TempDir Path folder;

  @Test
  @Tag("S38")
  void functionsAndConnectorsLogWithJobOperatorAndTask() throws Exception {
    Process child =
        ChildJob.start(
            Named.class,
            List.of("-Dslf4j.provider=" + Provider.class.getName()),
            List.of(folder.toString()));

    assertThat(ChildJob.said(child).lines().filter(line -> line.startsWith("names ")))
        .containsExactly(
            "names of commit: {job=orders, operator=out}",
            "names of make_durable: {job=orders, operator=map-2 -> out, task=1}",
            "names of map: {job=orders, operator=map-2 -> out, task=1}",
            "names of open: {job=orders, operator=out, task=1}",
            "names of process: {job=orders, operator=count, task=0}",
            "names of source: {job=orders, operator=numbers, task=0}",
            "names of the listener: {job=orders}");
    assertThat(child.waitFor()).isZero();
  }

  /** Names are put for batches, not for values: at most four for each that a task takes. */
  @Test
  @Tag("S38")
  void namesCostNothingForEachValue() throws Exception {
    Process child =
        ChildJob.start(
            Counted.class,
            List.of("-Dslf4j.provider=" + Provider.class.getName()),
            List.of(folder.toString()));

    String said = ChildJob.said(child);
    assertThat(child.waitFor()).describedAs(said).isZero();
    long puts =
        said.lines()
            .filter(line -> line.startsWith("puts "))
            .mapToLong(line -> Long.parseLong(line.substring(5)))
            .sum();
    assertThat(puts).isBetween(1L, Counted.VALUES / 10);
  }

  /** Counts how often names are put. */
  static final class Counted {

    static final long VALUES = 1_000_000;

    private Counted() {}

    public static void main(String[] arguments) {
      try (Run run =
          Headrace.start(
              pipeline ->
                  pipeline
                      .source("numbers", Sources.generate(Long.class, VALUES, index -> index))
                      .keyBy(number -> number % 1_000)
                      .aggregate("sums", Long.class, 0L, (sum, number) -> sum + number)
                      .filter(sum -> sum.value() < 0)
                      .map(KeyValue::value)
                      .as(Long.class)
                      .sink("out", new HookedSink(step -> {})),
              Settings.in(Path.of(arguments[0])).parallelism(2).workers(1))) {
        run.await();
      }
      System.out.println("puts " + Provider.PUTS.sum());
    }
  }

  /** A logger that keeps names, and counts how often they are put. */
  public static final class Provider extends SimpleServiceProvider {

    private static final LongAdder PUTS = new LongAdder();

    private final MDCAdapter names =
        new BasicMDCAdapter() {
          @Override
          public void put(String key, String value) {
            PUTS.increment();
            super.put(key, value);
          }
        };

    @Override
    public MDCAdapter getMDCAdapter() {
      return names;
    }
  }

  /** Says by which names its functions would log. */
  static final class Named {

    private static final TreeSet<String> SAID = new TreeSet<>();

    private Named() {}

    public static void main(String[] arguments) {
      HookedSink sink = new HookedSink(step -> say(step.name().toLowerCase(Locale.ROOT)));
      try (Run run =
          Headrace.start(
              job(sink),
              Settings.in(Path.of(arguments[0])).checkpointInterval(Duration.ofMillis(5)),
              state -> say("the listener"))) {
        run.await();
      }
      new ArrayList<>(SAID).forEach(System.out::println);
    }

    private static Job job(HookedSink sink) {
      return new Job() {
        @Override
        public String name() {
          return "orders";
        }

        @Override
        public void define(Pipeline pipeline) {
          pipeline
              .source(
                  "numbers", Sources.generate(Long.class, 10_000, index -> say("source", index)))
              .parallelism(1)
              .keyBy(number -> number % 10)
              .aggregate("count", Long.class, 0L, (sum, number) -> say("process", sum))
              .parallelism(1)
              .map(each -> say("map", each.value()))
              .as(Long.class)
              .parallelism(2)
              .sink("out", sink);
        }
      };
    }

    private static Long say(String who, Long value) {
      say(who);
      return value;
    }

    private static synchronized void say(String who) {
      Map<String, String> names = new TreeMap<>(MDC.getCopyOfContextMap());
      boolean isOfTheFirst = "0".equals(names.get("task")) && isParallel(names);
      if (!isOfTheFirst && !List.of("prepare", "write", "close", "recover").contains(who)) {
        SAID.add("names of " + who + ": " + names);
      }
    }

    private static boolean isParallel(Map<String, String> names) {
      return names.getOrDefault("operator", "").endsWith("out");
    }
  }
}

package io.headrace.engine;

import io.headrace.api.CheckpointId;
import io.headrace.api.Committer;
import io.headrace.api.ConnectorContext;
import io.headrace.api.Job;
import io.headrace.api.Settings;
import io.headrace.api.Sink;
import io.headrace.api.SinkWriter;
import io.headrace.api.TypeToken;
import io.headrace.api.connector.Sources;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A job in a process of its own, and how to start one. */
final class ChildJob {

  private ChildJob() {}

  /** Starts a class of the tests in a JVM of its own; what it says comes with its errors. */
  static Process start(Class<?> main, List<String> options, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(options);
    command.add(main.getName());
    command.addAll(arguments);
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  /** All that a process says until it ends. */
  static String said(Process process) throws IOException {
    try (InputStream output = process.getInputStream()) {
      return new String(output.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /**
   * Runs until it is told to end, or to its end. Arguments: the folder to work in, how many numbers
   * to write, and how many in a second.
   */
  public static void main(String[] arguments) {
    Path folder = Path.of(arguments[0]);
    Settings settings =
        Settings.in(folder.resolve("state"))
            .parallelism(2)
            .checkpointInterval(Duration.ofMinutes(10))
            .drainOnShutdown(Duration.ofSeconds(30));
    try (Run run =
        Headrace.start(
            job(folder, Long.parseLong(arguments[1]), Double.parseDouble(arguments[2])),
            settings,
            state -> System.out.println(state))) {
      run.await();
    }
  }

  private static Job job(Path folder, long count, double perSecond) {
    return pipeline ->
        pipeline
            .source(
                "numbers",
                Sources.paced(
                    Sources.generate(Long.class, count, index -> index).splits(2), perSecond))
            .keyBy(number -> number % 100)
            .aggregate("count", Long.class, 0L, (seen, number) -> seen + 1)
            .map(each -> each.key() + " " + each.value())
            .sink("out", new Lines(folder));
  }

  /** Writes each line at once: what is written again after a restart is there twice. */
  private record Lines(Path folder) implements Sink<String, String> {

    @Override
    public TypeToken<String> committableType() {
      return TypeToken.of(String.class);
    }

    @Override
    public Delivery delivery() {
      return Delivery.AT_LEAST_ONCE;
    }

    @Override
    public SinkWriter<String, String> openWriter(ConnectorContext context) throws IOException {
      BufferedWriter lines =
          Files.newBufferedWriter(
              folder.resolve("lines-" + context.task()),
              StandardOpenOption.CREATE,
              StandardOpenOption.APPEND);
      return new SinkWriter<>() {
        @Override
        public void write(String value) throws IOException {
          lines.write(value + "\n");
        }

        @Override
        public Prepared<String> prepare(CheckpointId checkpoint) throws IOException {
          lines.flush();
          return Prepared.nothing();
        }

        @Override
        public void close() throws IOException {
          lines.close();
        }
      };
    }

    @Override
    public Committer<String> openCommitter(ConnectorContext context) {
      return Committer.ofNothing();
    }
  }

  /** The lines of both tasks. */
  static List<String> lines(Path folder) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String name : List.of("lines-0", "lines-1")) {
      lines.addAll(Files.readAllLines(folder.resolve(name)));
    }
    return lines;
  }
}

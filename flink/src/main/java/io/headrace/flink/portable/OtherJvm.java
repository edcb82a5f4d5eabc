package io.headrace.flink.portable;

import io.headrace.api.Clock;
import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.Printable;
import io.headrace.flink.recipe.JobRecipe;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Has a plan made in a JVM with the same classes, and as much else as can be otherwise: no
 * environment, another working directory, home and folder for temporary files, another time zone
 * with another date, another locale and charset, another order of sets.
 */
final class OtherJvm implements AutoCloseable {

  /** Half of all JVMs have the other order of sets: among so many there is surely one. */
  private static final int MOST_TRIALS = 30;

  private static final Duration LONGEST = Duration.ofMinutes(2);

  /** What is read of a result, in bytes: thousands of operators with all that they captured. */
  private static final int LARGEST = 1 << 26;

  private final JobRecipe recipe;
  private final Path folder;

  private OtherJvm(JobRecipe recipe, Path folder) {
    this.recipe = recipe;
    this.folder = folder;
  }

  /** Adds how the plan that the recipe makes there differs. */
  static void compare(JobRecipe recipe, Differences differences) {
    try {
      compare(recipe, differences, Files.createTempDirectory("headrace-portable"));
    } catch (IOException broken) {
      throw new UncheckedIOException(
          "The plan of " + recipe.jobClass() + " could not be made in another JVM.", broken);
    }
  }

  /** The same in an empty folder, which is gone after it. */
  static void compare(JobRecipe recipe, Differences differences, Path folder) throws IOException {
    try (OtherJvm jvm = new OtherJvm(recipe, folder)) {
      jvm.prepare();
      jvm.addTo(differences);
    }
  }

  private void prepare() throws IOException {
    for (String name : List.of("work", "home", "temporary")) {
      Files.createDirectory(folder.resolve(name));
    }
    Files.writeString(folder.resolve(Remaking.SETTINGS), recipe.settings());
    // In a file, since class paths may be too long for a command.
    Files.writeString(
        folder.resolve("options"),
        options().map(OtherJvm::quoted).collect(Collectors.joining("\n")),
        Charset.forName(System.getProperty("native.encoding", "UTF-8")));
  }

  private void addTo(Differences differences) throws IOException {
    int status = Remaking.SAME_ORDER;
    for (int trial = 0; trial < MOST_TRIALS && status == Remaking.SAME_ORDER; trial++) {
      status = status();
    }
    switch (status) {
      case Remaking.MADE ->
          differences.add(
              Place.OTHER_JVM, PlanDescription.parse(text(folder.resolve(Remaking.RESULT))));
      case Remaking.FAILED ->
          differences.addFailure(Place.OTHER_JVM, text(folder.resolve(Remaking.RESULT)));
      default ->
          differences.addFailure(
              Place.OTHER_JVM,
              "it ended with status %d: %s"
                  .formatted(status, Printable.of(text(folder.resolve("errors")))));
    }
  }

  /** What a file says that the other JVM has written. */
  static String text(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] text = in.readNBytes(LARGEST);
      if (in.read() >= 0) {
        throw new IOException("%s has more than %d bytes.".formatted(file, LARGEST));
      }
      return new String(text, StandardCharsets.UTF_8);
    }
  }

  private int status() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "@" + folder.resolve("options"),
            Remaking.class.getName(),
            recipe.jobClass(),
            folder.toString(),
            Remaking.orderOfSets());
    builder.environment().clear();
    locale(System.getenv()).ifPresent(locale -> builder.environment().put("LC_ALL", locale));
    return status(
        builder
            .directory(folder.resolve("work").toFile())
            .redirectOutput(Redirect.DISCARD)
            .redirectError(folder.resolve("errors").toFile())
            .start(),
        recipe.jobClass());
  }

  /**
   * The locale by which a JVM encodes names of files and reads its options: the other one has to
   * read what this one writes. By nothing else is it the same there.
   */
  static Optional<String> locale(Map<String, String> environment) {
    return Stream.of("LC_ALL", "LC_CTYPE", "LANG")
        .map(name -> environment.getOrDefault(name, ""))
        .filter(locale -> !locale.isEmpty())
        .findFirst();
  }

  /** How a process ends that makes the plan of a job. */
  static int status(Process process, String jobClass) {
    try {
      if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
        throw new HeadraceException(
            ErrorCode.INVALID_JOB,
            "Job %s has not described its plan in another JVM within %s. Have define(...) wait for nothing."
                .formatted(jobClass, LONGEST));
      }
      return process.exitValue();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new HeadraceException(
          ErrorCode.WAIT_INTERRUPTED,
          "The thread was interrupted while job %s was made again.".formatted(jobClass),
          interrupted);
    } finally {
      // Until it has ended it may write into the folder that is deleted next.
      process.destroyForcibly().onExit().join();
    }
  }

  private Stream<String> options() {
    boolean isTurkish = Locale.getDefault().getLanguage().equals("tr");
    boolean isUtf = Charset.defaultCharset().equals(StandardCharsets.UTF_8);
    return Stream.of(
        "-XX:TieredStopAtLevel=1", // It starts sooner.
        "-Duser.timezone=" + zone(Clock.system().instant()),
        "-Duser.language=" + (isTurkish ? "de" : "tr"),
        "-Duser.country=" + (isTurkish ? "DE" : "TR"),
        "-Dfile.encoding=" + (isUtf ? "ISO-8859-1" : "UTF-8"),
        "-Djava.io.tmpdir=" + folder.resolve("temporary"),
        "-Duser.home=" + folder.resolve("home"),
        "-cp",
        classPath());
  }

  /** One of two that are never at the same date: one that is at another date than here. */
  private static String zone(Instant now) {
    String first = "Pacific/Kiritimati";
    return LocalDate.ofInstant(now, ZoneId.of(first))
            .equals(LocalDate.ofInstant(now, ZoneId.systemDefault()))
        ? "Etc/GMT+12"
        : first;
  }

  /** Where classes come from here, from anywhere: what was on the path of modules, too. */
  private static String classPath() {
    String between = System.getProperty("path.separator", ":");
    return Stream.of("java.class.path", "jdk.module.path")
        .flatMap(
            path -> Arrays.stream(System.getProperty(path, "").split(Pattern.quote(between), -1)))
        .filter(entry -> !entry.isEmpty())
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(between));
  }

  private static String quoted(String option) {
    return '"' + option.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** Deletes the folder. */
  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}

package io.headrace.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.examples.Flights;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Programs run without a flag for the JVM and without a warning of it, on the class path and on the
 * module path: with the JDK that runs the tests and, in the long build, with each that is found.
 */
@Tag("R12")
@Timeout(180)
final class NoFlagsTest {

  private static final List<String> LIBRARIES = List.of("slf4j-", "jspecify-", "jackson-");

  private static final String APP =
      """
      package app;

      import io.headrace.api.Settings;
      import io.headrace.api.connector.Sinks;
      import io.headrace.api.connector.Sources;
      import io.headrace.engine.Headrace;

      public final class Main {
        private record Word(String text, int length) {}

        public static void main(String[] arguments) {
          Headrace.run(
              pipeline ->
                  pipeline
                      .source("words", Sources.generate(Long.class, 100, index -> index))
                      .map(index -> new Word("word" + index % 3, 5))
                      .keyBy(Word::text)
                      .aggregate("letters", Long.class, 0L, (sum, word) -> sum + word.length())
                      .sink("out", Sinks.print()),
              Settings.ephemeral());
        }
      }
      """;

  /** Only the user's own package is opened, and only since it has a private record in it. */
  private static final String MODULE =
      """
      module app {
        requires io.headrace.engine;
        requires org.slf4j;

        opens app;
      }
      """;

  @TempDir Path folder;

  private ModuleJars jars() throws IOException {
    return ModuleJars.onClassPath(folder, LIBRARIES);
  }

  /** Where the jars are. */
  enum Where {
    CLASS_PATH {
      @Override
      List<String> arguments(ModuleJars jars, String main) {
        return List.of("-cp", jars.path(), main);
      }
    },
    MODULE_PATH {
      @Override
      List<String> arguments(ModuleJars jars, String main) {
        return List.of(
            "-p",
            jars.path(),
            "--add-modules",
            "ALL-MODULE-PATH",
            "-m",
            "io.headrace.examples/" + main);
      }
    };

    abstract List<String> arguments(ModuleJars jars, String main);
  }

  /** A job with files, JSON, keyed state, checkpoints and lambdas. */
  @ParameterizedTest
  @EnumSource
  @Tag("R9")
  void theExampleRunsWithoutAWarningOrATemporaryFile(Where where) throws Exception {
    assertThatTheExampleRuns(where, Jvm.ofTheTests());
  }

  @ParameterizedTest
  @MethodSource("jdks")
  @Tag("full")
  void theExampleRunsWithEachJdkThatIsFound(Path jdk, Where where) throws Exception {
    assertThatTheExampleRuns(where, jdk);
  }

  static List<Arguments> jdks() throws IOException {
    return Jvm.jdks().stream()
        .flatMap(jdk -> Stream.of(Where.values()).map(where -> Arguments.of(jdk, where)))
        .toList();
  }

  private void assertThatTheExampleRuns(Where where, Path jdk) throws Exception {
    Path flights = Flights.copyTo(folder);
    Path temporary = Files.createDirectory(folder.resolve("temporary"));
    List<String> arguments =
        Stream.of(
                Stream.of(Jvm.LOGGING, "-Djava.io.tmpdir=" + temporary),
                where.arguments(jars(), "io.headrace.examples.FlightDelaysMain").stream(),
                Stream.of(flights.toString(), folder.resolve("job").toString(), "0"))
            .flatMap(each -> each)
            .toList();

    Jvm ran = Jvm.run(jdk, folder, arguments);

    assertThat(ran.status()).as(ran.err()).isZero();
    assertThat(ran.out().lines()).last().isEqualTo("finished");
    assertThat(ran.err())
        .as("the log, which shows that it is read")
        .containsIgnoringCase("flightdelays");
    assertThat(ran.warnings()).isEmpty();
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void aProgramThatIsAModuleRequiresTheEngineAndTheLogOnly() throws Exception {
    ModuleJars jars = jars();
    Path app = compiled(jars);

    Jvm ran = Jvm.run(folder, List.of("-p", jars.path(app), "-m", "app/app.Main"));

    assertThat(ran.status()).as(ran.err()).isZero();
    assertThat(ran.out().lines()).hasSize(100).contains("KeyValue[key=word0, value=170]");
    assertThat(ran.warnings()).isEmpty();
  }

  private Path compiled(ModuleJars jars) throws IOException {
    Path sources = Files.createDirectories(folder.resolve("sources/app"));
    Path main = Files.writeString(sources.resolve("Main.java"), APP);
    Path module = Files.writeString(sources.resolveSibling("module-info.java"), MODULE);
    Path classes = folder.resolve("classes");
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-p",
                jars.path(),
                "-proc:none",
                "-d",
                classes.toString(),
                main.toString(),
                module.toString());
    assertThat(status).isZero();
    return classes;
  }

  /** A warning would be seen: the JVM is told to say something that begins as its warnings do. */
  @Test
  void aWarningIsSeen() {
    for (String line :
        List.of(
            "WARNING: A terminally deprecated method in sun.misc.Unsafe has been called",
            "WARNING: An illegal reflective access operation has occurred",
            "module java.base does not \"opens java.lang\"; use --add-opens")) {
      assertThat(new Jvm(0, "", "[main] INFO log\n" + line + "\n").warnings())
          .containsExactly(line);
    }
    assertThat(new Jvm(0, "", "[main] WARN log - a warning of ours\n").warnings()).isEmpty();
  }

  @Test
  void eachJarHasItsNameAsAModuleWhateverItsFileIsCalled() throws IOException {
    ModuleJars jars = jars();
    Map<String, String> names = Poms.moduleNames(Repository.found().root());

    List<String> found =
        jars.ours().stream()
            .flatMap(jar -> ModuleFinder.of(jar).findAll().stream())
            .map(module -> module.descriptor())
            .map(ModuleDescriptor::name)
            .toList();

    assertThat(found)
        .containsExactlyInAnyOrderElementsOf(
            names.values().stream().filter(name -> !name.endsWith(".architecture")).toList());
  }

  @Test
  void aModuleIsNamedAfterThePackageThatItHolds() throws IOException {
    Path root = Repository.found().root();

    Poms.moduleNames(root)
        .forEach(
            (module, name) ->
                assertThat(packageRoots(root.resolve(module)))
                    .as(module)
                    .anyMatch(folder -> Files.isDirectory(folder.resolve(name.replace('.', '/')))));
  }

  private static List<Path> packageRoots(Path module) {
    return List.of(module.resolve("src/main/java"), module.resolve("src/test/java"));
  }
}

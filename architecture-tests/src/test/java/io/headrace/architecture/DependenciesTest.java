package io.headrace.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.examples.Flights;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What we bring into a program, and that a program may have other versions of it.
 *
 * <p>The core brings SLF4J and annotations, so Guava, Netty, Kafka or anything else of a program
 * cannot conflict with it: nothing of ours knows them, which the long build tries. What is checked
 * is that this list is all there is, that no jar of ours has other people's classes in it, that
 * users see no type of theirs, and that an example runs with SLF4J 1.7.36 and Jackson 2.15.0, the
 * oldest versions that are supported, as it does with the newest, those of the parent pom.
 */
@Tag("R13")
@Timeout(180)
final class DependenciesTest {

  private static final List<String> LIBRARIES = List.of("slf4j-", "jspecify-", "jackson-");

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "api, ''",
    "codec, ''",
    "checkpoint, ''",
    "state, ''",
    "engine, org.slf4j:slf4j-api",
    "connectors/files, com.fasterxml.jackson.core:jackson-databind"
        + " com.fasterxml.jackson.datatype:jackson-datatype-jdk8"
        + " com.fasterxml.jackson.datatype:jackson-datatype-jsr310",
    "integrations/micrometer, io.micrometer:micrometer-core",
    "flink, com.fasterxml.jackson.core:jackson-databind"
        + " com.fasterxml.jackson.datatype:jackson-datatype-jdk8"
        + " com.fasterxml.jackson.datatype:jackson-datatype-jsr310"
  })
  void aModuleBringsTheseLibrariesAndAnnotations(String module, String libraries) {
    Path root = Repository.found().root();

    assertThat(String.join(" ", Poms.brought(Repository.text(root.resolve(module + "/pom.xml")))))
        .isEqualTo(libraries);
    assertThat(Poms.brought(Repository.text(root.resolve("pom.xml"))))
        .containsExactly("org.jspecify:jspecify");
  }

  @Test
  void eachModuleThatUsersGetIsInThatList() {
    assertThat(PomsTest.released())
        .containsExactlyInAnyOrder(
            "api",
            "codec",
            "checkpoint",
            "state",
            "engine",
            "connectors/files",
            "integrations/micrometer",
            "flink");
  }

  @Test
  void noJarOfOursHasClassesOfOthers() throws IOException {
    List<String> entries = new ArrayList<>();
    for (Path jar : ModuleJars.onClassPath(folder, LIBRARIES).ours()) {
      try (JarFile content = new JarFile(jar.toFile())) {
        content.stream()
            .map(ZipEntry::getName)
            .filter(entry -> entry.endsWith(".class"))
            .forEach(entries::add);
      }
    }

    assertThat(entries).hasSizeGreaterThan(100).allMatch(entry -> entry.startsWith("io/headrace/"));
  }

  @Test
  void usersSeeNoTypeOfALibrary() {
    assertThat(Signatures.problems(Bytecode.ofMain())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          public org.slf4j.Logger log; | org.slf4j.Logger
          public org.slf4j.Logger log() { return null; } | org.slf4j.Logger
          protected void log(org.slf4j.Logger log) {} | org.slf4j.Logger
          public java.util.List<org.slf4j.Logger[]> logs() { return null; } | org.slf4j.Logger
          public abstract static class Sub implements org.slf4j.event.LoggingEvent {} | org.slf4j.event.LoggingEvent
          """)
  void aTypeOfALibraryThatUsersSeeIsFound(String member, String type) {
    String source = "package io.headrace.engine;\npublic abstract class Seen { %s }";

    assertThat(Signatures.problems(Bytecode.of(source.formatted(member))))
        .singleElement()
        .asString()
        .contains(" shows ", type);
  }

  @Test
  void aTypeOfALibraryThatUsersDoNotSeeIsFine() {
    String source =
        "package io.headrace.engine;\npublic class Seen { private org.slf4j.Logger log;"
            + " void log(org.slf4j.Logger log) {} }";

    assertThat(Signatures.problems(Bytecode.of(source))).isEmpty();
  }

  @Test
  void anExampleDoesTheSameWithTheOldestLibrariesAsWithTheNewest() throws Exception {
    ModuleJars jars = ModuleJars.onClassPath(folder, LIBRARIES);
    Path flights = Flights.copyTo(folder);
    ModuleJars oldest = new ModuleJars(jars.ours(), list("oldest-libraries"));
    assertThat(oldest.others()).hasSize(7).doesNotContainAnyElementsOf(jars.others());

    List<String> expected = updates(jars, flights, folder.resolve("newest"));
    List<String> updates = updates(oldest, flights, folder.resolve("oldest"));

    assertThat(updates).hasSize(Flights.COUNT).isEqualTo(expected);
  }

  /** Each of two old and two new versions comes first on the class path, and is used. */
  @Test
  @Tag("full")
  @Timeout(1_200)
  void aProgramMayHaveOtherVersionsOfCommonLibraries() throws Exception {
    ModuleJars jars = ModuleJars.onClassPath(folder, LIBRARIES);
    Path flights = Flights.copyTo(folder);
    List<String> expected = updates(jars, flights, folder.resolve("alone"));
    List<Path> versions = list("other-libraries");
    assertThat(versions).hasSize(16);

    for (Path version : versions) {
      List<Path> classPath = new ArrayList<>(list("other-libraries/" + version.getFileName()));
      classPath.add(classesOfTheseTests());
      classPath.addAll(jars.ours());
      classPath.addAll(jars.others());
      Path job = folder.resolve(version.getFileName().toString());
      Jvm ran =
          Jvm.run(
              folder,
              List.of(
                  Jvm.LOGGING,
                  "-cp",
                  joined(classPath),
                  BesideALibrary.class.getName(),
                  version.getFileName().toString().split("-", 2)[0],
                  flights.toString(),
                  job.toString(),
                  "0"));

      assertThat(ran.status()).as("%s: %s", version, ran.err()).isZero();
      assertThat(ran.out()).as("where what it used is from").contains(" of " + version + "/");
      assertThat(committed(job)).as("%s", version).isEqualTo(expected);
    }
  }

  private static Path classesOfTheseTests() throws URISyntaxException {
    return Path.of(
        BesideALibrary.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private static String joined(List<Path> classPath) {
    return classPath.stream()
        .map(Path::toString)
        .collect(Collectors.joining(System.getProperty("path.separator")));
  }

  /** Maven has put them there. */
  private static List<Path> list(String folderOfTarget) throws IOException {
    Path target = Repository.found().root().resolve("architecture-tests/target");
    try (Stream<Path> files = Files.list(target.resolve(folderOfTarget))) {
      return files.sorted().toList();
    }
  }

  /** What a job commits. */
  private List<String> updates(ModuleJars jars, Path flights, Path job) throws Exception {
    Jvm ran =
        Jvm.run(
            folder,
            List.of(
                Jvm.LOGGING,
                "-cp",
                jars.path(),
                "io.headrace.examples.FlightDelaysMain",
                flights.toString(),
                job.toString(),
                "0"));
    assertThat(ran.status()).as(ran.err()).isZero();
    assertThat(ran.err()).containsIgnoringCase("flightdelays");
    return committed(job);
  }

  private static List<String> committed(Path job) throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(job.resolve("updates"))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".jsonl")).toList()) {
        lines.addAll(Files.readAllLines(file));
      }
    }
    return lines.stream().sorted().toList();
  }
}

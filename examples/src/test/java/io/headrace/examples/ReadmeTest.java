package io.headrace.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The way from the README to a count that was restored. */
@Tag("R16")
@Timeout(120)
class ReadmeTest {

  private static final int MOST_LINES = 30;
  private static final int MOST_COMMANDS = 5;
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern BALANCE =
      Pattern.compile("KeyValue\\[key=(account-\\d), value=(\\d+)]");

  @TempDir Path folder;

  private static String readme() throws IOException {
    return Files.readString(ROOT.resolve("README.md"));
  }

  @Test
  void theJobInTheReadmeIsTheOneThatIsCompiledAndIsShort() throws IOException {
    String source = Files.readString(Path.of("src/main/java/io/headrace/examples/Balances.java"));

    assertThat(readme()).contains("```java\n" + source + "```");
    assertThat(source.lines()).hasSizeLessThanOrEqualTo(MOST_LINES);
  }

  /** The commands that follow the job, one a line. */
  private static List<String> commands() throws IOException {
    Matcher block = Pattern.compile("(?s)```java\n.*?```.*?```\n(.*?)```").matcher(readme());
    assertThat(block.find()).isTrue();
    return block.group(1).lines().toList();
  }

  @Test
  void itsCommandsAreFewAndTheBuildIsTheFirst() throws IOException {
    assertThat(commands()).hasSizeBetween(3, MOST_COMMANDS);
    assertThat(commands().get(0))
        .isEqualTo("mvn -B -q package -pl examples -am -Dmaven.test.skip=true");
    assertThat(commands().subList(1, commands().size()))
        .allMatch(command -> command.startsWith("java -cp \"examples/target/lib/*\" "));
  }

  /** Kills the first run, as the README says, and sees the second one go on. */
  @Test
  void thoseCommandsEndInACountThatWasRestored() throws Exception {
    List<String> commands = commands().subList(1, commands().size());
    Map<String, Long> killed = new HashMap<>();
    try (Running first = new Running(commands.get(0))) {
      while (!isCheckpointed()) {
        first.next().orElseThrow().takenInto(killed);
      }
      first.kill();
      for (Optional<Balance> last = first.next(); last.isPresent(); last = first.next()) {
        last.get().takenInto(killed);
      }
    }

    Map<String, Long> restored = new HashMap<>();
    try (Running second = new Running(commands.get(1))) {
      for (int line = 0; line < 300; line++) {
        Balance next = second.next().orElseThrow();
        long before = next.takenInto(restored);
        if (before == 0) {
          assertThat(next.cents()).isBetween(2L, killed.getOrDefault(next.account(), 0L) + 1);
        } else {
          assertThat(next.cents()).isEqualTo(before + 1);
        }
      }
    }
    assertThat(restored).hasSize(3);
  }

  private boolean isCheckpointed() throws IOException {
    Path checkpoints = folder.resolve("balances/checkpoints");
    if (!Files.isDirectory(checkpoints)) {
      return false;
    }
    try (Stream<Path> files = Files.list(checkpoints)) {
      return files.anyMatch(each -> Files.exists(each.resolve("manifest.avro")));
    }
  }

  private record Balance(String account, long cents) {

    /** Replaces the last balance of the account, which is returned; 0 if there was none. */
    long takenInto(Map<String, Long> balances) {
      return Optional.ofNullable(balances.put(account, cents)).orElse(0L);
    }
  }

  /** A command in a process of its own, which is killed in the end. */
  private final class Running implements AutoCloseable {

    private final Process process;
    private final BufferedReader output;

    Running(String command) throws IOException {
      process =
          new ProcessBuilder(words(command))
              .directory(folder.toFile())
              .redirectError(folder.resolve("log").toFile())
              .start();
      output = process.inputReader(StandardCharsets.UTF_8);
    }

    /** The command with the classes and jars of this build, wherever Maven has put them. */
    private static List<String> words(String command) {
      String[] words = command.replace("\"", "").split(" ");
      assertThat(words).hasSize(4);
      String classPath =
          Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
              .filter(entry -> !entry.startsWith(ROOT.resolve("examples").toString()))
              .collect(Collectors.joining(File.pathSeparator));
      List<String> mine = new ArrayList<>();
      mine.add(Path.of(System.getProperty("java.home"), "bin", words[0]).toString());
      mine.addAll(List.of(words[1], classPath, ROOT.resolve(words[3]).toString()));
      return mine;
    }

    /** The balance in the next line; empty when there is no further whole line. */
    Optional<Balance> next() throws IOException {
      String line = output.readLine();
      Matcher balance = BALANCE.matcher(line == null ? "" : line);
      return balance.matches()
          ? Optional.of(new Balance(balance.group(1), Long.parseLong(balance.group(2))))
          : Optional.empty();
    }

    /** Ends it with SIGKILL; what it has said can still be read. */
    void kill() throws InterruptedException {
      process.toHandle().destroyForcibly();
      process.waitFor();
    }

    @Override
    public void close() throws IOException, InterruptedException {
      kill();
      output.close();
    }
  }
}

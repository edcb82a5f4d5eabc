package io.headrace.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadmeTest {

  @TempDir Path directory;

  @Test
  void theJobInTheReadmeIsTheOneThatIsCompiled() throws IOException {
    String source = Files.readString(Path.of("src/main/java/io/headrace/examples/Balances.java"));
    String region =
        source
            .substring(
                source.indexOf("// readme:begin\n") + "// readme:begin\n".length(),
                source.indexOf("  // readme:end"))
            .lines()
            .map(line -> line.startsWith("  ") ? line.substring(2) : line)
            .collect(Collectors.joining("\n"))
            .strip();

    assertThat(Files.readString(Path.of("../README.md"))).contains("```java\n" + region + "\n```");
  }

  @Test
  void theJobInTheReadmePrintsTheBalanceAfterEachDeposit() throws Exception {
    Process job =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Balances.class.getName())
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(job.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(job.waitFor()).isZero();
    assertThat(output.lines())
        .hasSize(1_000)
        .contains("KeyValue[key=account-0, value=166833]")
        .contains("KeyValue[key=account-1, value=166167]")
        .contains("KeyValue[key=account-2, value=166500]");
  }
}

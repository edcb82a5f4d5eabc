package io.headrace.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints that somebody has forged cost neither memory nor time, and load no code. */
@Timeout(120)
final class HostileCheckpointTest {

  /** Of the JDK, and nothing that reads a checkpoint needs. */
  private static final List<String> CLASSES =
      List.of(
          "javax.swing.JFrame",
          "javax.naming.InitialContext",
          "javax.script.ScriptEngineManager",
          "java.rmi.server.UnicastRemoteObject",
          "java.beans.XMLDecoder",
          "java.util.logging.FileHandler",
          "java.sql.DriverManager",
          "java.net.http.HttpClient",
          "javax.management.loading.MLet",
          "java.util.prefs.Preferences");

  @TempDir Path root;

  private static Process start(List<String> options, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(HostileReads.class.getName());
    command.addAll(arguments);
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static List<String> said(Process process) throws Exception {
    byte[] output = process.getInputStream().readAllBytes();
    List<String> said = new String(output, StandardCharsets.UTF_8).lines().toList();
    assertThat(process.waitFor()).as("%s", said).isZero();
    return said;
  }

  /** What the JVM says when it loads a class that was compiled, and not one that it makes. */
  private static boolean isOfAClass(String line) {
    return line.matches(".*\\[class,load] .* source: (jrt:|file:|shared objects).*");
  }

  /** Others may be loaded at any time: those that the JDK has not needed before. */
  private static boolean isOfANamedClass(String line) {
    return CLASSES.stream().anyMatch(name -> line.contains("[class,load] " + name + " source: "));
  }

  /** As many forgeries as the build says, with digests and checksums that match them. */
  @Test
  @Tag("S4")
  @Timeout(3_600)
  void lengthsThatAreForgedNeedNoMemory() throws Exception {
    String forgeries = System.getProperty("hostile.files", "10000");
    Process child =
        start(
            List.of("-Xmx64m", "-XX:+ExitOnOutOfMemoryError"), List.of(root.toString(), forgeries));

    assertThat(said(child)).containsExactly("read all");
  }

  @Test
  @Tag("S3")
  void classesThatACheckpointNamesAreNotLoaded() throws Exception {
    List<String> arguments = new ArrayList<>(List.of(root.toString()));
    arguments.addAll(CLASSES);

    List<String> said = said(start(List.of("-Xlog:class+load"), arguments));

    int begin = said.indexOf("hostile names begin");
    assertThat(said.subList(0, begin)).anyMatch(HostileCheckpointTest::isOfAClass);
    assertThat(said.subList(begin, said.indexOf("hostile names end")))
        .noneMatch(HostileCheckpointTest::isOfANamedClass);
  }
}

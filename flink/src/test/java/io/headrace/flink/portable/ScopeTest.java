package io.headrace.flink.portable;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.Job;
import io.headrace.api.connector.Sinks;
import io.headrace.api.connector.Sources;
import io.headrace.api.plan.Plan;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("R23")
class ScopeTest {

  private static final Job NUMBERS =
      pipeline ->
          pipeline
              .source("numbers", Sources.generate(Long.class, 1, number -> number))
              .sink("out", Sinks.print());

  @TempDir static Path folder;

  private static URLClassLoader loader = new URLClassLoader(new URL[0]);

  @BeforeAll
  static void compile() throws IOException {
    List<String> files = new ArrayList<>();
    for (String name :
        List.of(
            "MyJob",
            "Fn",
            "demo.MyJob",
            "demo.Fn",
            "com.acme.jobs.MyJob",
            "com.acme.functions.Fn",
            "com.other.Fn")) {
      files.add(write(name).toString());
    }
    String[] arguments = files.toArray(String[]::new);
    assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments)).isZero();
    loader = new URLClassLoader(new URL[] {folder.toUri().toURL()});
  }

  private static Path write(String name) throws IOException {
    int dot = name.lastIndexOf('.');
    Path file = folder.resolve(name.replace('.', '/') + ".java");
    Files.createDirectories(file.getParent());
    return Files.writeString(
        file,
        (dot < 0 ? "" : "package " + name.substring(0, dot) + "; ")
            + "public class %s { public static class Inner {} }"
                .formatted(name.substring(dot + 1)));
  }

  @AfterAll
  static void close() throws IOException {
    loader.close();
  }

  private static boolean looksInto(String job, String type) throws ClassNotFoundException {
    Scope scope = new Scope(loader.loadClass(job), Plan.of(NUMBERS));
    return scope.looksInto(loader.loadClass(type));
  }

  @Test
  void aPackageOfOneWordIsLookedInto() throws Exception {
    assertThat(looksInto("demo.MyJob", "demo.Fn")).isTrue();
    assertThat(looksInto("demo.MyJob", "demo.MyJob$Inner")).isTrue();
    assertThat(looksInto("demo.MyJob", "com.other.Fn")).isFalse();
    assertThat(looksInto("demo.MyJob", "Fn")).isFalse();
  }

  @Test
  void theNamelessPackageIsLookedInto() throws Exception {
    assertThat(looksInto("MyJob", "Fn")).isTrue();
    assertThat(looksInto("MyJob", "MyJob$Inner")).isTrue();
    assertThat(looksInto("MyJob", "demo.Fn")).isFalse();
    assertThat(looksInto("MyJob", "com.other.Fn")).isFalse();
  }

  @Test
  void packagesThatShareTwoWordsAreLookedInto() throws Exception {
    assertThat(looksInto("com.acme.jobs.MyJob", "com.acme.functions.Fn")).isTrue();
    assertThat(looksInto("com.acme.jobs.MyJob", "com.other.Fn")).isFalse();
    assertThat(looksInto("com.acme.jobs.MyJob", "demo.Fn")).isFalse();
  }
}

package io.headrace.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Where compiled classes come from: the class path, or a few lines of source. */
final class Bytecode {

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.headrace");

  private Bytecode() {}

  /** The main classes of all modules this one depends on. */
  static JavaClasses ofMain() {
    return MAIN;
  }

  /** The classes of sources that were written down in a test. */
  static JavaClasses of(String... sources) {
    try {
      Path folder = Files.createTempDirectory("headrace-architecture");
      try {
        compile(folder, sources);
        return new ClassFileImporter().importPath(folder);
      } finally {
        delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void compile(Path folder, String... sources) {
    StringWriter complaints = new StringWriter();
    boolean compiled =
        ToolProvider.getSystemJavaCompiler()
            .getTask(
                complaints,
                null,
                null,
                List.of("-proc:none", "-Xlint:none", "-d", folder.toString()),
                null,
                Stream.of(sources).map(SourceText::named).toList())
            .call();
    if (!compiled) {
      throw new IllegalArgumentException("The source in the test does not compile: " + complaints);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}

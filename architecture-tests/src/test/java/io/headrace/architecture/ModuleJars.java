package io.headrace.architecture;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The jars that a program with all our modules has. Where Maven has not packed a module yet, since
 * it was told to test only, its classes are packed here, with the manifest that its pom asks for.
 *
 * @param ours those of our modules
 * @param others those of the libraries that they use, and of a provider of SLF4J
 */
record ModuleJars(List<Path> ours, List<Path> others) {

  /** Copies the lists. */
  ModuleJars {
    ours = List.copyOf(ours);
    others = List.copyOf(others);
  }

  /**
   * Those on the class path of these tests.
   *
   * @param folder where to put what is packed here
   * @param libraries how the file names of the libraries begin that the program uses
   */
  static ModuleJars onClassPath(Path folder, List<String> libraries) throws IOException {
    List<Path> classPath =
        Stream.of(System.getProperty("java.class.path").split(System.getProperty("path.separator")))
            .map(Path::of)
            .filter(Files::exists) // Some modules have tests only, and no classes.
            .toList();
    List<Path> ours = new ArrayList<>();
    Path root = Repository.found().root();
    for (Map.Entry<String, String> module : Poms.moduleNames(root).entrySet()) {
      Path target = root.resolve(module.getKey()).resolve("target");
      for (Path entry : classPath) {
        if (entry.equals(target.resolve("classes"))) {
          ours.add(packed(entry, folder.resolve(module.getValue() + ".jar"), module.getValue()));
        } else if (entry.startsWith(target) && entry.toString().endsWith(".jar")) {
          ours.add(entry);
        }
      }
    }
    List<Path> others =
        classPath.stream()
            .filter(
                entry -> libraries.stream().anyMatch(entry.getFileName().toString()::startsWith))
            .toList();
    return new ModuleJars(ours, others);
  }

  private static Path packed(Path classes, Path jar, String moduleName) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Automatic-Module-Name", moduleName);
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest);
        Stream<Path> files = Files.walk(classes)) {
      for (Path each : files.filter(Files::isRegularFile).sorted().toList()) {
        out.putNextEntry(new JarEntry(classes.relativize(each).toString().replace('\\', '/')));
        Files.copy(each, out);
        out.closeEntry();
      }
    }
    return jar;
  }

  /** All of them, as a class path or a module path. */
  String path(Path... more) {
    return Stream.of(Stream.of(more), ours.stream(), others.stream())
        .flatMap(each -> each)
        .map(Path::toString)
        .collect(Collectors.joining(System.getProperty("path.separator")));
  }
}

package io.headrace.flink;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.headrace.api.Job;
import io.headrace.codec.Codec;
import io.headrace.examples.FlightDelays;
import io.headrace.files.JsonLines;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** The jar that a user submits: jobs and all that they use but Flink. */
final class AppJar {

  /** One class of each part. */
  private static final List<Class<?>> PARTS =
      List.of(
          Job.class,
          Codec.class,
          JsonLines.class,
          Launcher.class,
          FlightDelays.class,
          FlightsOnFlink.class,
          JsonFactory.class,
          JsonProperty.class,
          JsonMapper.class,
          Jdk8Module.class,
          JavaTimeModule.class);

  private final JarOutputStream out;
  private final Set<String> names = new HashSet<>();

  private AppJar(JarOutputStream out) {
    this.out = out;
  }

  /** The jars and folders of the class path of the tests that it is made of. */
  static Set<Path> parts() {
    Set<Path> parts = new LinkedHashSet<>();
    for (Class<?> part : PARTS) {
      parts.add(
          Path.of(URI.create(part.getProtectionDomain().getCodeSource().getLocation().toString())));
    }
    return parts;
  }

  /** Makes the jar. */
  static Path in(Path folder) throws IOException {
    Path file = folder.resolve("app.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(file))) {
      AppJar jar = new AppJar(out);
      for (Path part : parts()) {
        jar.add(part);
      }
    }
    return file;
  }

  private void add(Path part) throws IOException {
    if (Files.isDirectory(part)) {
      addFolder(part);
    } else {
      addJar(part);
    }
  }

  private void addFolder(Path part) throws IOException {
    try (Stream<Path> files = Files.walk(part)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        try (InputStream content = Files.newInputStream(file)) {
          add(part.relativize(file).toString(), content);
        }
      }
    }
  }

  private void addJar(Path part) throws IOException {
    try (JarFile jar = new JarFile(part.toFile())) {
      for (JarEntry entry : jar.stream().filter(each -> !each.isDirectory()).toList()) {
        try (InputStream content = jar.getInputStream(entry)) {
          add(entry.getName(), content);
        }
      }
    }
  }

  /** Manifests, licenses and lists of services, which we look up none of, are in several parts. */
  private void add(String name, InputStream content) throws IOException {
    if (names.add(name)) {
      out.putNextEntry(new JarEntry(name));
      content.transferTo(out);
      out.closeEntry();
    }
  }
}

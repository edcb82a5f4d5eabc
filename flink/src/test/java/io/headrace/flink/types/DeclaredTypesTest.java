package io.headrace.flink.types;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.TypeToken;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.apache.flink.util.FlinkUserCodeClassLoaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeclaredTypesTest {

  /** A type of a job. */
  record Total(long value) {}

  /** The loader that Flink hands out for the classes of a job that are in a jar of its own. */
  private static URLClassLoader ofJar() {
    URL[] jar = {Total.class.getProtectionDomain().getCodeSource().getLocation()};
    return FlinkUserCodeClassLoaders.childFirst(
        jar, Total.class.getClassLoader(), new String[] {"java."}, thrown -> {}, true);
  }

  @Test
  void typesOfAJarAreKnownToTheLoaderThatFlinkHandsOutForItAlone() throws Exception {
    try (URLClassLoader job = ofJar();
        URLClassLoader another = ofJar()) {
      Class<?> total = Class.forName(Total.class.getName(), false, job);
      PortableType declared = PortableType.of(TypeToken.generic(List.class, total).type());
      DeclaredTypes kept = DeclaredTypes.declare(List.of(declared));

      assertThat(total.getClassLoader()).isNotSameAs(job);
      assertThat(DeclaredTypes.find(declared.text(), job)).contains(declared);
      assertThat(DeclaredTypes.find(declared.text(), another)).isEmpty();
      assertThat(DeclaredTypes.find(declared.text(), getClass().getClassLoader())).isEmpty();
      assertThat(kept).isNotNull();
    }
  }

  @Test
  void typesAreKnownToTheLoaderOfAJobThatIsBelowTheirs() throws IOException {
    PortableType declared = PortableType.of(Total.class);
    DeclaredTypes kept = DeclaredTypes.declare(List.of(declared));
    try (URLClassLoader job = new URLClassLoader(new URL[0], Total.class.getClassLoader())) {
      assertThat(DeclaredTypes.find(declared.text(), job)).contains(declared);
      assertThat(DeclaredTypes.find("io.headrace.Unknown", job)).isEmpty();
    }
    assertThat(kept).isNotNull();
  }

  /** A type that cannot be loaded without the one above it. */
  static class Above {}

  /** Which is this one. */
  static final class Below extends Above {}

  @Test
  void aTypeThatALoaderKnowsOnlyInPartIsNotKnown(@TempDir Path folder) throws IOException {
    String file = Below.class.getName().replace('.', '/') + ".class";
    Files.createDirectories(folder.resolve(file).getParent());
    try (InputStream below = Below.class.getClassLoader().getResourceAsStream(file)) {
      Files.copy(Objects.requireNonNull(below), folder.resolve(file));
    }
    PortableType declared = PortableType.of(Below.class);
    DeclaredTypes kept = DeclaredTypes.declare(List.of(declared));
    URL[] part = {folder.toUri().toURL()};
    try (URLClassLoader job = new URLClassLoader(part, ClassLoader.getPlatformClassLoader())) {
      assertThat(DeclaredTypes.find(declared.text(), job)).isEmpty();
    }
    assertThat(kept).isNotNull();
  }
}

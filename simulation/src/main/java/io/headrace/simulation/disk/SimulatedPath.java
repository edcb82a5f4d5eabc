package io.headrace.simulation.disk;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A path as on Unix, compared by disk and text. A relative path is one from the root. Immutable;
 * any thread may use it.
 */
final class SimulatedPath implements Path {

  private final SimulatedFileSystem fileSystem;
  private final String text;
  private final List<String> names;

  /** The text must have no empty names and no slash at its end, except for the root. */
  SimulatedPath(SimulatedFileSystem fileSystem, String text) {
    this.fileSystem = fileSystem;
    this.text = text;
    this.names = split(text);
  }

  private SimulatedPath(SimulatedFileSystem fileSystem, boolean absolute, List<String> names) {
    this.fileSystem = fileSystem;
    this.text = (absolute ? "/" : "") + String.join("/", names);
    this.names = text.isEmpty() ? List.of("") : names;
  }

  private SimulatedPath(SimulatedFileSystem fileSystem, String text, List<String> names) {
    this.fileSystem = fileSystem;
    this.text = text;
    this.names = names;
  }

  static SimulatedPath parse(SimulatedFileSystem fileSystem, String text) {
    if (!text.contains("//") && !text.endsWith("/")) {
      return new SimulatedPath(fileSystem, text);
    }
    List<String> names = new ArrayList<>();
    for (String name : Arrays.asList(text.split("/", -1))) {
      if (!name.isEmpty()) {
        names.add(name);
      }
    }
    return new SimulatedPath(fileSystem, text.startsWith("/"), names);
  }

  /**
   * A path that must be one of a simulated disk.
   *
   * @throws ProviderMismatchException if it is of another file system
   */
  static SimulatedPath of(Path path) {
    if (path instanceof SimulatedPath simulated) {
      return simulated;
    }
    throw new ProviderMismatchException(path + " is not on a simulated disk");
  }

  private static List<String> split(String text) {
    return text.equals("/")
        ? List.of()
        : Arrays.asList((text.startsWith("/") ? text.substring(1) : text).split("/", -1));
  }

  List<String> names() {
    return names;
  }

  SimulatedDisk disk() {
    return fileSystem.disk();
  }

  private SimulatedPath sibling(Path other) {
    SimulatedPath simulated = of(other);
    if (simulated.fileSystem != fileSystem) {
      throw new ProviderMismatchException(other + " is on another simulated disk than " + this);
    }
    return simulated;
  }

  @Override
  public SimulatedFileSystem getFileSystem() {
    return fileSystem;
  }

  @Override
  public boolean isAbsolute() {
    return text.startsWith("/");
  }

  @Override
  public @Nullable Path getRoot() {
    return isAbsolute() ? fileSystem.root() : null;
  }

  @Override
  public @Nullable Path getFileName() {
    return names.isEmpty() ? null : getName(names.size() - 1);
  }

  @Override
  public @Nullable Path getParent() {
    if (names.size() <= 1) {
      return names.isEmpty() ? null : getRoot();
    }
    return new SimulatedPath(
        fileSystem, text.substring(0, text.lastIndexOf('/')), names.subList(0, names.size() - 1));
  }

  @Override
  public int getNameCount() {
    return names.size();
  }

  @Override
  public Path getName(int index) {
    return subpath(index, index + 1);
  }

  @Override
  public Path subpath(int beginIndex, int endIndex) {
    if (beginIndex < 0 || endIndex > names.size() || beginIndex >= endIndex) {
      throw new IllegalArgumentException(
          this + " has no names from " + beginIndex + " until " + endIndex);
    }
    return new SimulatedPath(fileSystem, false, names.subList(beginIndex, endIndex));
  }

  @Override
  public boolean startsWith(Path other) {
    return other instanceof SimulatedPath path
        && path.fileSystem == fileSystem
        && path.isAbsolute() == isAbsolute()
        && path.names.size() <= names.size()
        && names.subList(0, path.names.size()).equals(path.names);
  }

  @Override
  public boolean endsWith(Path other) {
    if (!(other instanceof SimulatedPath path) || path.fileSystem != fileSystem) {
      return false;
    }
    int from = names.size() - path.names.size();
    return path.isAbsolute()
        ? equals(path)
        : from >= 0 && names.subList(from, names.size()).equals(path.names);
  }

  @Override
  public SimulatedPath normalize() {
    if (!names.contains(".") && !names.contains("..")) {
      return this;
    }
    List<String> kept = new ArrayList<>();
    for (String name : names) {
      int last = kept.size() - 1;
      if (!name.equals("..")) {
        if (!name.equals(".")) {
          kept.add(name);
        }
      } else if (last >= 0 && !kept.get(last).equals("..")) {
        kept.remove(last);
      } else if (!isAbsolute()) {
        kept.add(name);
      }
    }
    return new SimulatedPath(fileSystem, isAbsolute(), kept);
  }

  @Override
  public SimulatedPath resolve(String other) {
    return resolve(fileSystem.getPath(other));
  }

  @Override
  public SimulatedPath resolve(Path other) {
    SimulatedPath path = sibling(other);
    if (path.isAbsolute() || text.isEmpty()) {
      return path;
    }
    if (path.text.isEmpty()) {
      return this;
    }
    List<String> all = new ArrayList<>(names.size() + path.names.size());
    all.addAll(names);
    all.addAll(path.names);
    return new SimulatedPath(fileSystem, (names.isEmpty() ? "" : text) + "/" + path.text, all);
  }

  @Override
  public Path relativize(Path other) {
    SimulatedPath path = sibling(other);
    if (path.isAbsolute() != isAbsolute()) {
      throw new IllegalArgumentException(
          "Cannot go from " + this + " to " + other + ": only one of them is absolute");
    }
    if (text.isEmpty()) {
      return path;
    }
    List<String> target = path.text.isEmpty() ? List.of() : path.names;
    int common = 0;
    while (common < Math.min(names.size(), target.size())
        && names.get(common).equals(target.get(common))) {
      common++;
    }
    List<String> way = new ArrayList<>(Collections.nCopies(names.size() - common, ".."));
    way.addAll(target.subList(common, target.size()));
    return new SimulatedPath(fileSystem, false, way);
  }

  @Override
  public URI toUri() {
    try {
      return new URI("simulated", "", toAbsolutePath().text, null);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("The path " + this + " has no URI", e);
    }
  }

  @Override
  public SimulatedPath toAbsolutePath() {
    return isAbsolute() ? this : fileSystem.root().resolve(this);
  }

  @Override
  public Path toRealPath(LinkOption... options) throws java.io.IOException {
    SimulatedPath real = toAbsolutePath().normalize();
    synchronized (disk()) {
      disk().tree().require(real);
    }
    return real;
  }

  @Override
  public WatchKey register(
      WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
    throw new UnsupportedOperationException("A simulated disk cannot be watched");
  }

  @Override
  public int compareTo(Path other) {
    return text.compareTo(of(other).text);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SimulatedPath path
        && path.fileSystem == fileSystem
        && path.text.equals(text);
  }

  @Override
  public int hashCode() {
    return Objects.hashCode(text);
  }

  @Override
  public String toString() {
    return text;
  }
}

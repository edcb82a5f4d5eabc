package io.headrace.simulation.disk;

import java.net.URI;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A path on a simulated disk: names, from the root or from wherever it is resolved. */
@SuppressWarnings("NullAway") // The interface of the JDK says null for what is not there.
final class SimulatedPath implements Path {

  private final SimulatedFileSystem fileSystem;
  private final boolean isAbsolute;
  private final List<String> names;

  SimulatedPath(SimulatedFileSystem fileSystem, boolean isAbsolute, List<String> names) {
    this.fileSystem = fileSystem;
    this.isAbsolute = isAbsolute;
    this.names = List.copyOf(names);
  }

  @Override
  public SimulatedFileSystem getFileSystem() {
    return fileSystem;
  }

  @Override
  public boolean isAbsolute() {
    return isAbsolute;
  }

  @Override
  public @Nullable Path getRoot() {
    return isAbsolute ? fileSystem.root() : null;
  }

  @Override
  public @Nullable Path getFileName() {
    return names.isEmpty() ? null : relative(names.subList(names.size() - 1, names.size()));
  }

  private SimulatedPath relative(List<String> parts) {
    return new SimulatedPath(fileSystem, false, parts);
  }

  @Override
  public @Nullable Path getParent() {
    if (names.isEmpty() || names.size() == 1 && !isAbsolute) {
      return null;
    }
    return new SimulatedPath(fileSystem, isAbsolute, names.subList(0, names.size() - 1));
  }

  @Override
  public int getNameCount() {
    return names.size();
  }

  @Override
  public Path getName(int index) {
    return relative(List.of(names.get(index)));
  }

  @Override
  public Path subpath(int begin, int end) {
    return relative(names.subList(begin, end));
  }

  @Override
  public boolean startsWith(Path other) {
    return other instanceof SimulatedPath path
        && path.isAbsolute == isAbsolute
        && path.names.size() <= names.size()
        && names.subList(0, path.names.size()).equals(path.names);
  }

  @Override
  public boolean endsWith(Path other) {
    return other instanceof SimulatedPath path
        && !path.isAbsolute
        && path.names.size() <= names.size()
        && names.subList(names.size() - path.names.size(), names.size()).equals(path.names);
  }

  @Override
  public Path normalize() {
    List<String> normal = new ArrayList<>();
    for (String name : names) {
      if (name.equals("..") && !normal.isEmpty()) {
        normal.remove(normal.size() - 1);
      } else if (!name.equals(".")) {
        normal.add(name);
      }
    }
    return new SimulatedPath(fileSystem, isAbsolute, normal);
  }

  @Override
  public Path resolve(Path other) {
    if (other.isAbsolute()) {
      return other;
    }
    List<String> all = new ArrayList<>(names);
    other.forEach(name -> all.add(name.toString()));
    return new SimulatedPath(fileSystem, isAbsolute, all);
  }

  @Override
  public Path relativize(Path other) {
    if (!other.startsWith(this)) {
      throw new IllegalArgumentException(other + " is not below " + this);
    }
    return other.subpath(names.size(), other.getNameCount());
  }

  @Override
  public URI toUri() {
    return URI.create("simulated:" + this);
  }

  @Override
  public Path toAbsolutePath() {
    return new SimulatedPath(fileSystem, true, names);
  }

  @Override
  public Path toRealPath(LinkOption... options) {
    return toAbsolutePath().normalize();
  }

  @Override
  public WatchKey register(
      WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
    throw new UnsupportedOperationException("watching is not simulated");
  }

  @Override
  public Iterator<Path> iterator() {
    return names.stream().<Path>map(name -> relative(List.of(name))).iterator();
  }

  @Override
  public int compareTo(Path other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SimulatedPath path
        && path.fileSystem == fileSystem
        && path.isAbsolute == isAbsolute
        && path.names.equals(names);
  }

  @Override
  public int hashCode() {
    return names.hashCode();
  }

  @Override
  public String toString() {
    return (isAbsolute ? "/" : "") + String.join("/", names);
  }
}

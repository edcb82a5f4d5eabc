package io.headrace.simulation.disk;

import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.List;
import java.util.Set;

/** The file system of one disk; always open. */
final class SimulatedFileSystem extends FileSystem {

  private final SimulatedDisk disk;
  private final SimulatedProvider provider;
  private final SimulatedPath root = new SimulatedPath(this, "/");

  SimulatedFileSystem(SimulatedDisk disk) {
    this.disk = disk;
    this.provider = new SimulatedProvider(disk);
  }

  SimulatedDisk disk() {
    return disk;
  }

  SimulatedPath root() {
    return root;
  }

  @Override
  public SimulatedProvider provider() {
    return provider;
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException("A simulated disk cannot be closed");
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public boolean isReadOnly() {
    return false;
  }

  @Override
  public String getSeparator() {
    return "/";
  }

  @Override
  public Iterable<Path> getRootDirectories() {
    return List.of(root);
  }

  @Override
  public Iterable<FileStore> getFileStores() {
    return List.of();
  }

  @Override
  public Set<String> supportedFileAttributeViews() {
    return Set.of("basic");
  }

  @Override
  public SimulatedPath getPath(String first, String... more) {
    StringBuilder text = new StringBuilder(first);
    for (String part : more) {
      if (!part.isEmpty()) {
        text.append(text.length() == 0 ? "" : "/").append(part);
      }
    }
    return SimulatedPath.parse(this, text.toString());
  }

  @Override
  public PathMatcher getPathMatcher(String syntaxAndPattern) {
    throw new UnsupportedOperationException("A simulated disk matches no patterns");
  }

  @Override
  public UserPrincipalLookupService getUserPrincipalLookupService() {
    throw new UnsupportedOperationException("A simulated disk knows no users");
  }

  @Override
  public WatchService newWatchService() {
    throw new UnsupportedOperationException("A simulated disk cannot be watched");
  }
}

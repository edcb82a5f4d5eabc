package io.headrace.simulation.disk;

import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/** What a simulated disk knows of a file. */
record SimulatedAttributes(DiskNode node) implements BasicFileAttributes {

  private static final FileTime ALWAYS = FileTime.fromMillis(0);

  @Override
  public FileTime lastModifiedTime() {
    return ALWAYS;
  }

  @Override
  public FileTime lastAccessTime() {
    return ALWAYS;
  }

  @Override
  public FileTime creationTime() {
    return ALWAYS;
  }

  @Override
  public boolean isRegularFile() {
    return node instanceof DiskFile;
  }

  @Override
  public boolean isDirectory() {
    return node instanceof DiskDirectory;
  }

  @Override
  public boolean isSymbolicLink() {
    return false;
  }

  @Override
  public boolean isOther() {
    return false;
  }

  @Override
  public long size() {
    return node instanceof DiskFile file ? file.size() : 0;
  }

  @Override
  @SuppressWarnings("NullAway") // The interface of the JDK says null for no key.
  public @Nullable Object fileKey() {
    return null;
  }
}

package io.headrace.simulation.disk;

import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/** The attributes of a file or directory; a simulated disk has no clock, so every time is 0. */
record SimulatedAttributes(boolean isDirectory, long size, Object fileKey)
    implements BasicFileAttributes {

  private static final FileTime START = FileTime.fromMillis(0);

  static SimulatedAttributes of(Node node) {
    return node instanceof FileNode file
        ? new SimulatedAttributes(false, file.size(), node)
        : new SimulatedAttributes(true, 0, node);
  }

  @Override
  public FileTime lastModifiedTime() {
    return START;
  }

  @Override
  public FileTime lastAccessTime() {
    return START;
  }

  @Override
  public FileTime creationTime() {
    return START;
  }

  @Override
  public boolean isRegularFile() {
    return !isDirectory;
  }

  @Override
  public boolean isSymbolicLink() {
    return false;
  }

  @Override
  public boolean isOther() {
    return false;
  }
}

package io.headrace.simulation.disk;

import java.io.IOException;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/** The one view of attributes that a simulated disk has; read only. */
record SimulatedAttributeView(SimulatedPath path) implements BasicFileAttributeView {

  @Override
  public String name() {
    return "basic";
  }

  @Override
  public BasicFileAttributes readAttributes() throws IOException {
    return path.getFileSystem().provider().readAttributes(path, BasicFileAttributes.class);
  }

  @Override
  public void setTimes(FileTime modified, FileTime accessed, FileTime created) {
    throw new UnsupportedOperationException("A simulated disk cannot set the times of " + path);
  }
}

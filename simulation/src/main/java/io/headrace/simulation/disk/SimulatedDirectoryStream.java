package io.headrace.simulation.disk;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/** The entries that a directory had when it was opened, sorted by name. */
final class SimulatedDirectoryStream implements DirectoryStream<Path> {

  private final SimulatedPath directory;
  private final List<String> names;
  private final DirectoryStream.Filter<? super Path> filter;
  private boolean used;

  SimulatedDirectoryStream(
      SimulatedPath directory, List<String> names, DirectoryStream.Filter<? super Path> filter) {
    this.directory = directory;
    this.names = names;
    this.filter = filter;
  }

  @Override
  public Iterator<Path> iterator() {
    if (used) {
      throw new IllegalStateException(directory + " was listed or closed before");
    }
    used = true;
    List<Path> accepted = new ArrayList<>();
    try {
      for (String name : names) {
        Path path = directory.resolve(name);
        if (filter.accept(path)) {
          accepted.add(path);
        }
      }
    } catch (IOException e) {
      throw new DirectoryIteratorException(e);
    }
    return Collections.unmodifiableList(accepted).iterator();
  }

  @Override
  public void close() {
    used = true;
  }
}

package io.headrace.files;

import java.io.IOException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The files that a source reads. Immutable; any thread. */
sealed interface Inputs permits NamedFiles, WatchedFolder {

  /** The names of those that are there now, in a fixed order. May block. */
  List<String> names() throws IOException;

  /** Where the file of a name is. */
  Path file(String name);

  /** How files are opened. */
  Set<OpenOption> openOptions();

  /** How often to look for new ones; empty if there will be none. */
  Optional<Duration> interval();
}

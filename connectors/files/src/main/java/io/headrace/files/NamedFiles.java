package io.headrace.files;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.Printable;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Files that are named once and for all. */
record NamedFiles(List<Path> files) implements Inputs {

  NamedFiles {
    files = List.copyOf(files);
    if (files.isEmpty()) {
      throw new HeadraceException(
          ErrorCode.INVALID_JOB,
          "A source of files was given none. Name at least one file, or watch a folder.");
    }
    Set<Path> named = new HashSet<>();
    for (Path file : files) {
      if (!named.add(file)) {
        throw new HeadraceException(
            ErrorCode.INVALID_JOB,
            "File " + file + " is named twice, and a source reads each file once. Name it once.");
      }
    }
  }

  @Override
  public List<String> names() {
    return files.stream().map(Path::toString).toList();
  }

  @Override
  public Path file(String name) {
    return files.stream()
        .filter(each -> each.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new HeadraceException(
                    ErrorCode.INPUT_REFUSED,
                    "File "
                        + Printable.of(name)
                        + " is none of those that the source was given."
                        + " Name it as before."));
  }

  @Override
  public Set<OpenOption> openOptions() {
    return Set.of(StandardOpenOption.READ);
  }

  @Override
  public Optional<Duration> interval() {
    return Optional.empty();
  }
}

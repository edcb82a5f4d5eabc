package io.headrace.architecture;

import java.util.List;

/** The Java files of all modules, parsed once. */
final class Sources {

  private static final List<JavaSource> ALL = parsed();

  private Sources() {}

  /** Main and test. */
  static List<JavaSource> all() {
    return ALL;
  }

  /** Those that reach users or run for them. */
  static List<JavaSource> main() {
    return ALL.stream().filter(JavaSource::isMain).toList();
  }

  private static List<JavaSource> parsed() {
    Repository repository = Repository.found();
    List<JavaSource> sources =
        repository
            .files(file -> repository.name(file).matches("(.*/)?src/(main|test)/java/.*\\.java"))
            .stream()
            .map(file -> JavaSource.of(repository.name(file), Repository.text(file)))
            .toList();
    if (sources.isEmpty()) {
      throw new IllegalStateException("Found no Java sources below " + repository.root() + ".");
    }
    return sources;
  }
}

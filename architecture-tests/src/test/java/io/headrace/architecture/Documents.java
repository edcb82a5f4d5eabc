package io.headrace.architecture;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is written beside the code: links, decisions, and words that have no place in it. */
final class Documents {

  private static final Pattern CODE = Pattern.compile("(?s)```.*?```|`[^`\\n]*`");

  private static final Pattern LINK = Pattern.compile("\\]\\(<?([^)\\s>]+)>?[^)]*\\)");

  /** Such as https: or mailto:, or a place on the same page. */
  private static final Pattern ELSEWHERE = Pattern.compile("[a-z][a-z0-9+.-]*:.*|#.*");

  /** Paths of the machine of whoever wrote it, and of how work was shared out. */
  private static final Pattern MISPLACED =
      Pattern.compile(
          "(?i)(?<![\\w.~}\\])])/(work|root)/|\\bthis\\s+session\\b|\\bsub-?agents?\\b");

  private final Repository repository;

  Documents(Repository repository) {
    this.repository = repository;
  }

  /** Relative links that lead nowhere. */
  List<String> brokenLinks() {
    List<String> problems = new ArrayList<>();
    for (Path page : repository.files(file -> file.toString().endsWith(".md"))) {
      Matcher link = LINK.matcher(CODE.matcher(Repository.text(page)).replaceAll(""));
      while (link.find()) {
        String target = link.group(1);
        if (!ELSEWHERE.matcher(target).matches()
            && !Files.exists(page.resolveSibling(target.replaceAll("#.*", "")))) {
          problems.add(
              "%s links to %s, which is not there; correct the path or write the page"
                  .formatted(repository.name(page), target));
        }
      }
    }
    return problems;
  }

  /** Decisions that the list of decisions does not link to. */
  List<String> unlistedDecisions() {
    Path folder = repository.root().resolve("docs/decisions");
    Path list = folder.resolve("README.md");
    String listed = Files.exists(list) ? Repository.text(list) : "";
    return repository.files(file -> file.startsWith(folder) && !file.equals(list)).stream()
        .map(file -> folder.relativize(file).toString())
        .filter(file -> !listed.contains("(" + file + ")"))
        .map(file -> "docs/decisions/README.md does not list %s; add a link to it".formatted(file))
        .toList();
  }

  /** Files with words that say where or how they were written. */
  List<String> misplacedWords() {
    List<String> problems = new ArrayList<>();
    for (Path file : repository.files(file -> true)) {
      String text = text(file);
      Matcher word = MISPLACED.matcher(text);
      if (text.indexOf('\0') < 0 && word.find()) {
        long line = text.substring(0, word.start()).lines().count();
        problems.add(
            "%s:%s says \"%s\"; say it without the place or the way it was written"
                .formatted(repository.name(file), Math.max(1, line), word.group()));
      }
    }
    return problems;
  }

  /** Every file has a text in this encoding; what is looked for has the same bytes in UTF-8. */
  private static String text(Path file) {
    return new String(Repository.bytes(file), StandardCharsets.ISO_8859_1);
  }
}

package io.headrace.architecture;

import io.headrace.api.ErrorCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The pages that explain errors: one for each code, and a list of them. */
final class ErrorPages {

  private static final String FOLDER = "docs/errors/";

  private static final List<String> SECTIONS =
      List.of("## What it means", "## How it looks", "## Why it happens", "## What to do");

  /** The message on a page: the first block of text that is set as such. */
  private static final Pattern EXAMPLE =
      Pattern.compile("(?s)\n## How it looks\n.*?\n```\n(.*?)```");

  private final Repository repository;

  ErrorPages(Repository repository) {
    this.repository = repository;
  }

  /** Codes without a page, pages without a code, and what pages and list lack. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    String list = read("README.md");
    for (ErrorCode code : ErrorCode.values()) {
      String name = code + ".md";
      if (!Files.exists(folder().resolve(name))) {
        problems.add("%s%s is not there; write what the code means".formatted(FOLDER, name));
        continue;
      }
      problems.addAll(lacking(code, read(name)));
      if (!list.contains("[" + code + "](" + name + ")")) {
        problems.add("%sREADME.md does not list %s; add a link to it".formatted(FOLDER, name));
      }
    }
    problems.addAll(strangers());
    return problems;
  }

  private static List<String> lacking(ErrorCode code, String page) {
    List<String> wanted = new ArrayList<>(SECTIONS);
    wanted.add("# " + code + "\n");
    wanted.add("Kind: " + code.kind().words() + ".");
    wanted.add(code.remedy());
    return wanted.stream()
        .filter(each -> !page.contains(each))
        .map(each -> "%s%s.md lacks \"%s\"".formatted(FOLDER, code, each.strip()))
        .toList();
  }

  private List<String> strangers() {
    Set<String> known =
        Arrays.stream(ErrorCode.values()).map(code -> code + ".md").collect(Collectors.toSet());
    return repository.files(file -> file.startsWith(folder())).stream()
        .map(file -> folder().relativize(file).toString())
        .filter(file -> !file.equals("README.md") && !known.contains(file))
        .map(file -> "%s%s explains no code; take it away".formatted(FOLDER, file))
        .toList();
  }

  /** The message that a page shows. */
  String example(ErrorCode code) {
    Matcher example = EXAMPLE.matcher(read(code + ".md"));
    return example.find() ? example.group(1) : "";
  }

  private Path folder() {
    return repository.root().resolve(FOLDER);
  }

  private String read(String name) {
    Path page = folder().resolve(name);
    return Files.exists(page) ? Repository.text(page) : "";
  }
}

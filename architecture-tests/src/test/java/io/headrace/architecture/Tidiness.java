package io.headrace.architecture;

import com.sun.source.tree.ImportTree;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Things that are left lying in sources. */
final class Tidiness {

  private static final Pattern NOTE_TO_SELF = Pattern.compile("\\b(TODO|FIXME|XXX)\\b");

  private Tidiness() {}

  static List<String> problems(JavaSource source) {
    List<String> problems = new ArrayList<>();
    for (Comment comment : source.comments()) {
      if (NOTE_TO_SELF.matcher(comment.text()).find()) {
        problems.add(
            source.place(comment.start()) + " is a note to oneself; do it now or leave it out");
      }
      if (comment.isLine() && comment.text().stripTrailing().matches("(?s).*[;{]")) {
        problems.add(
            source.place(comment.start())
                + " is code in a comment; delete it, the history keeps it");
      }
    }
    source
        .all(ImportTree.class)
        .map(path -> (ImportTree) path.getLeaf())
        .filter(line -> line.getQualifiedIdentifier().toString().endsWith(".*"))
        .forEach(line -> problems.add(source.place(line) + " imports all; name each type"));
    int tab = source.text().indexOf('\t');
    if (tab >= 0) {
      problems.add(
          source.place(tab) + " holds a tab; run spotless:apply, or write \\t in a string");
    }
    return problems;
  }
}

package io.headrace.architecture;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * A Java file as the compiler's parser sees it, together with its comments.
 *
 * @param name where it is, below the root of the repository
 */
record JavaSource(
    String name,
    String text,
    CompilationUnitTree unit,
    SourcePositions positions,
    List<Comment> comments,
    List<TreePath> nodes) {

  private static final String ONE_PIECE = "Reads better as one piece: ";

  static JavaSource of(String name, String text) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    JavacTask task =
        (JavacTask)
            compiler.getTask(
                null, null, null, List.of("-proc:none"), null, List.of(new SourceText(name, text)));
    try {
      CompilationUnitTree unit = task.parse().iterator().next();
      List<TreePath> nodes = new ArrayList<>();
      new Collector().scan(new TreePath(unit), nodes);
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      return new JavaSource(name, text, unit, positions, Comment.in(text), List.copyOf(nodes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All nodes of one kind, each at the end of the path that leads to it. */
  Stream<TreePath> all(Class<? extends Tree> kind) {
    return nodes.stream().filter(path -> kind.isInstance(path.getLeaf()));
  }

  boolean isMain() {
    return name.contains("src/main/java/");
  }

  String packageName() {
    return Objects.toString(unit.getPackageName(), "");
  }

  boolean isPackageInfo() {
    return name.endsWith("package-info.java");
  }

  /** The name of the file and the line where the node starts. */
  String place(Tree tree) {
    return place(start(tree));
  }

  String place(int offset) {
    return name + ":" + line(offset);
  }

  long lines(Tree tree) {
    return line((int) positions.getEndPosition(unit, tree)) - line(start(tree)) + 1;
  }

  /** The comments that stand directly above a declaration, the nearest first. */
  List<Comment> above(Tree tree) {
    List<Comment> found = new ArrayList<>();
    int start = start(tree);
    for (int i = comments.size() - 1; i >= 0; i--) {
      Comment comment = comments.get(i);
      if (comment.end() <= start && isBlank(text.substring(comment.end(), start))) {
        found.add(comment);
        start = comment.start();
      }
    }
    return List.copyOf(found);
  }

  boolean hasJavadoc(Tree tree) {
    return above(tree).stream().anyMatch(Comment::isJavadoc);
  }

  /** Whether a comment above the declaration gives a reason why it is longer than the limits. */
  boolean isOnePiece(Tree tree) {
    return above(tree).stream()
        .map(Comment::words)
        .anyMatch(words -> words.matches(".*\\b" + ONE_PIECE + "\\S.*"));
  }

  private int start(Tree tree) {
    return (int) positions.getStartPosition(unit, tree);
  }

  private long line(int offset) {
    return unit.getLineMap().getLineNumber(offset);
  }

  /** A method that starts with its type parameters starts, for the parser, behind their bracket. */
  private static boolean isBlank(String between) {
    return between.replace('<', ' ').isBlank();
  }

  private static final class Collector extends TreePathScanner<@Nullable Void, List<TreePath>> {
    @Override
    public @Nullable Void scan(@Nullable Tree tree, List<TreePath> found) {
      if (tree != null) {
        found.add(new TreePath(getCurrentPath(), tree));
      }
      return super.scan(tree, found);
    }
  }
}

package io.headrace.architecture;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.Tree.Kind;
import com.sun.source.util.TreePath;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/** How large a piece of source may be before a reader loses it out of sight. */
final class SourceLimits {

  private static final int FILE_LINES = 500;
  private static final int METHOD_LINES = 50;
  private static final int PARAMETERS = 5;
  private static final int NESTING = 3;

  private static final String UNLESS =
      ", or say above it why not: \"Reads better as one piece: <reason>\"";

  private static final Set<Kind> BLOCKS =
      EnumSet.of(
          Kind.IF,
          Kind.FOR_LOOP,
          Kind.ENHANCED_FOR_LOOP,
          Kind.WHILE_LOOP,
          Kind.DO_WHILE_LOOP,
          Kind.TRY,
          Kind.SWITCH,
          Kind.SWITCH_EXPRESSION,
          Kind.SYNCHRONIZED);

  /** Where counting starts anew. */
  private static final Set<Kind> BODIES =
      EnumSet.of(
          Kind.METHOD, Kind.LAMBDA_EXPRESSION, Kind.CLASS, Kind.RECORD, Kind.ENUM, Kind.INTERFACE);

  private SourceLimits() {}

  static List<String> problems(JavaSource source) {
    List<String> problems = new ArrayList<>();
    longFile(source).ifPresent(problems::add);
    source
        .all(MethodTree.class)
        .filter(path -> !source.isOnePiece(path.getLeaf()))
        .forEach(
            path -> {
              MethodTree method = (MethodTree) path.getLeaf();
              longMethod(source, method).ifPresent(problems::add);
              manyParameters(source, method, path.getParentPath()).ifPresent(problems::add);
            });
    source.nodes().forEach(path -> deepBlock(source, path).ifPresent(problems::add));
    return problems;
  }

  private static Optional<String> longFile(JavaSource source) {
    long lines = source.text().lines().count();
    boolean onePiece = source.unit().getTypeDecls().stream().anyMatch(source::isOnePiece);
    return lines > FILE_LINES && !onePiece
        ? Optional.of(
            "%s has %s lines; move a type or a concern out to stay within %s%s"
                .formatted(source.name(), lines, FILE_LINES, UNLESS))
        : Optional.empty();
  }

  private static Optional<String> longMethod(JavaSource source, MethodTree method) {
    long lines = source.lines(method);
    return lines > METHOD_LINES
        ? Optional.of(
            "%s: %s has %s lines; extract a step with a name to stay within %s%s"
                .formatted(source.place(method), method.getName(), lines, METHOD_LINES, UNLESS))
        : Optional.empty();
  }

  private static Optional<String> manyParameters(
      JavaSource source, MethodTree method, TreePath parent) {
    int parameters = method.getParameters().size();
    boolean inRecord =
        parent.getLeaf().getKind() == Kind.RECORD && method.getName().contentEquals("<init>");
    return parameters > PARAMETERS && !inRecord
        ? Optional.of(
            "%s: %s has %s parameters; make a record of those that belong together to stay within %s%s"
                .formatted(source.place(method), method.getName(), parameters, PARAMETERS, UNLESS))
        : Optional.empty();
  }

  private static Optional<String> deepBlock(JavaSource source, TreePath path) {
    return isLevel(path) && depth(path) == NESTING + 1 && !inOnePiece(source, path)
        ? Optional.of(
            "%s is nested %s levels deep; return early or extract the inner block to stay within %s%s"
                .formatted(source.place(path.getLeaf()), NESTING + 1, NESTING, UNLESS))
        : Optional.empty();
  }

  private static long depth(TreePath path) {
    long depth = 0;
    for (TreePath at = path; !isBody(at.getLeaf()); at = at.getParentPath()) {
      if (isLevel(at)) {
        depth++;
      }
    }
    return depth;
  }

  private static boolean isBody(Tree tree) {
    return BODIES.contains(tree.getKind());
  }

  /** An {@code else if} is on the level of its {@code if}. */
  private static boolean isLevel(TreePath path) {
    boolean isElse =
        path.getParentPath() != null
            && path.getParentPath().getLeaf() instanceof IfTree parent
            && parent.getElseStatement() == path.getLeaf();
    return BLOCKS.contains(path.getLeaf().getKind()) && !isElse;
  }

  private static boolean inOnePiece(JavaSource source, TreePath path) {
    return StreamSupport.stream(path.spliterator(), false)
        .anyMatch(
            tree ->
                (tree instanceof MethodTree || tree instanceof ClassTree)
                    && source.isOnePiece(tree));
  }
}

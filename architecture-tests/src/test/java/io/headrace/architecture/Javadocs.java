package io.headrace.architecture;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.Tree.Kind;
import com.sun.source.util.TreePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/** What is said about packages, and about all that others can call. */
final class Javadocs {

  /** Modules that nobody calls. */
  private static final Set<String> SILENT =
      Set.of("simulation", "benchmarks", "architecture-tests");

  private static final int PACKAGE_LINES = 3;

  private Javadocs() {}

  /** Public types and public methods that say nothing; those that override have it said above. */
  static List<String> missing(JavaSource source) {
    if (SILENT.contains(source.name().substring(0, Math.max(0, source.name().indexOf('/'))))) {
      return List.of();
    }
    List<String> problems = new ArrayList<>();
    source
        .all(ClassTree.class)
        .filter(Javadocs::isPublic)
        .filter(path -> !source.hasJavadoc(path.getLeaf()))
        .map(path -> (ClassTree) path.getLeaf())
        .forEach(type -> problems.add(problem(source, type, type.getSimpleName().toString())));
    source
        .all(MethodTree.class)
        .filter(Javadocs::isPublic)
        .filter(path -> !source.hasJavadoc(path.getLeaf()))
        .filter(path -> !isSaidElsewhere(path))
        .map(path -> (MethodTree) path.getLeaf())
        .forEach(method -> problems.add(problem(source, method, method.getName().toString())));
    return problems;
  }

  /** Packages without a page, or with one that says little or does not exclude null. */
  static List<String> packages(List<JavaSource> sources) {
    Set<String> pages =
        sources.stream()
            .filter(JavaSource::isPackageInfo)
            .map(Javadocs::folder)
            .collect(Collectors.toSet());
    List<String> problems =
        new ArrayList<>(
            sources.stream()
                .map(Javadocs::folder)
                .filter(folder -> !pages.contains(folder))
                .distinct()
                .map(
                    folder ->
                        folder
                            + " has no package-info.java; write one with its purpose, main type,"
                            + " threads, invariants and @NullMarked")
                .toList());
    sources.stream().filter(JavaSource::isPackageInfo).forEach(page -> addPoor(page, problems));
    return problems;
  }

  private static void addPoor(JavaSource page, List<String> problems) {
    boolean nullMarked =
        page.unit().getPackageAnnotations().stream()
            .anyMatch(annotation -> annotation.getAnnotationType().toString().equals("NullMarked"));
    if (!nullMarked) {
      problems.add(page.name() + " lacks @NullMarked; add it above the package");
    }
    long lines =
        page.comments().stream()
            .filter(Comment::isJavadoc)
            .mapToLong(Comment::filledLines)
            .max()
            .orElse(0);
    if (lines < PACKAGE_LINES) {
      problems.add(
          "%s says %s lines; say the purpose, the main type, threads and invariants"
              .formatted(page.name(), lines));
    }
  }

  private static String folder(JavaSource source) {
    return source.name().substring(0, source.name().lastIndexOf('/'));
  }

  private static String problem(JavaSource source, Tree tree, String name) {
    return "%s: %s is public and has no javadoc; say what it is or does, its threads and errors"
        .formatted(source.place(tree), name);
  }

  /** The default and compact constructors say nothing that the type does not say. */
  private static boolean isSaidElsewhere(TreePath path) {
    MethodTree method = (MethodTree) path.getLeaf();
    boolean inRecord = path.getParentPath().getLeaf().getKind() == Kind.RECORD;
    return Shapes.isOverride(method) || inRecord && method.getName().contentEquals("<init>");
  }

  /** Public itself, in types that are public all the way out. */
  private static boolean isPublic(TreePath path) {
    TreePath outside = path.getParentPath();
    if (outside.getLeaf() instanceof CompilationUnitTree) {
      return flags(path.getLeaf()).contains(Modifier.PUBLIC);
    }
    if (!(outside.getLeaf() instanceof ClassTree type)) {
      return false;
    }
    boolean implied =
        Set.of(Kind.INTERFACE, Kind.ANNOTATION_TYPE).contains(type.getKind())
            && !flags(path.getLeaf()).contains(Modifier.PRIVATE);
    return (implied || flags(path.getLeaf()).contains(Modifier.PUBLIC)) && isPublic(outside);
  }

  private static Set<Modifier> flags(Tree tree) {
    ModifiersTree modifiers =
        tree instanceof ClassTree type ? type.getModifiers() : ((MethodTree) tree).getModifiers();
    return modifiers.getFlags();
  }
}

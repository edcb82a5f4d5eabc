package io.headrace.architecture;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParameterizedTypeTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.Tree.Kind;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/** What types, static fields and methods of main code look like. */
final class Shapes {

  /** Users extend these: one with errors of their own, the other with the type they mean. */
  private static final Set<String> OPEN_BY_DESIGN =
      Set.of("io.headrace.api.HeadraceException", "io.headrace.api.TypeToken");

  private static final Pattern EMPTY_NAME =
      Pattern.compile(".*(Impl|Manager|Utils?|Helper|Data|Info|Base)");

  private static final Pattern GETTER = Pattern.compile("get[A-Z].*");

  private static final Pattern COLLECTION =
      Pattern.compile("(Collection|\\w*(List|Set|Map|Queue|Deque|Vector|Hashtable))");

  private static final Pattern MUTABLE =
      Pattern.compile(
          "(Array|Linked|Hash|LinkedHash|Tree|Identity|IdentityHash|WeakHash|Enum|Concurrent\\w*"
              + "|CopyOnWrite\\w*)(List|Set|Map|Deque|Queue)"
              + "|Atomic\\w+|LongAdder|ThreadLocal|BitSet|StringBuilder|Random|SplittableRandom");

  /** Jet makes its processors by itself, so that a benchmark of it reaches them by statics only. */
  private static final String WITH_MUTABLE_STATICS = "io.headrace.benchmarks";

  /** What Flink makes by its name is told nothing but what it can find by itself. */
  private static final Set<String> WITH_A_MUTABLE_STATIC =
      Set.of("flink/src/main/java/io/headrace/flink/types/DeclaredTypes.java");

  private Shapes() {}

  static List<String> problems(JavaSource source) {
    return Stream.of(
            open(source),
            emptyNames(source),
            variableStatics(source),
            mutableStatics(source),
            getters(source))
        .flatMap(Function.identity())
        .toList();
  }

  private static Stream<String> open(JavaSource source) {
    return source
        .all(ClassTree.class)
        .filter(path -> path.getLeaf().getKind() == Kind.CLASS && !isAnonymous(path))
        .filter(path -> !has(path, Modifier.FINAL) && !has(path, Modifier.SEALED))
        .filter(path -> !OPEN_BY_DESIGN.contains(source.packageName() + "." + name(path)))
        .map(
            path ->
                "%s: class %s can be extended; make it final, or make a sealed interface of records"
                    .formatted(source.place(path.getLeaf()), name(path)));
  }

  private static Stream<String> emptyNames(JavaSource source) {
    return source
        .all(ClassTree.class)
        .filter(path -> EMPTY_NAME.matcher(name(path)).matches())
        .map(
            path ->
                "%s: the end of the name %s says nothing; name what it is or what it does"
                    .formatted(source.place(path.getLeaf()), name(path)));
  }

  private static Stream<String> variableStatics(JavaSource source) {
    return fields(source)
        .filter(path -> has(path, Modifier.STATIC) && !has(path, Modifier.FINAL))
        .map(
            path ->
                "%s: static field %s can change; pass the value through constructors"
                    .formatted(source.place(path.getLeaf()), name(path)));
  }

  private static Stream<String> mutableStatics(JavaSource source) {
    return fields(source)
        .filter(path -> !source.packageName().equals(WITH_MUTABLE_STATICS))
        .filter(path -> !WITH_A_MUTABLE_STATIC.contains(source.name()))
        .filter(path -> has(path, Modifier.STATIC) || isInInterface(path))
        .filter(path -> isMutable((VariableTree) path.getLeaf()))
        .map(
            path ->
                "%s: what is in static field %s can change; use List.of, Set.of, Map.of or a copyOf"
                    .formatted(source.place(path.getLeaf()), name(path)));
  }

  private static Stream<String> getters(JavaSource source) {
    return source
        .all(MethodTree.class)
        .filter(path -> GETTER.matcher(name(path)).matches())
        .filter(path -> ((MethodTree) path.getLeaf()).getParameters().isEmpty())
        .filter(path -> !isOverride((MethodTree) path.getLeaf()))
        .map(
            path ->
                "%s: %s() is a question without an answer in its name; leave out the get"
                    .formatted(source.place(path.getLeaf()), name(path)));
  }

  static boolean isOverride(MethodTree method) {
    return method.getModifiers().getAnnotations().stream()
        .map(AnnotationTree::getAnnotationType)
        .anyMatch(type -> type.toString().equals("Override"));
  }

  private static Stream<TreePath> fields(JavaSource source) {
    Predicate<TreePath> isField = path -> path.getParentPath().getLeaf() instanceof ClassTree;
    return source.all(VariableTree.class).filter(isField.and(path -> !isConstant(path)));
  }

  /** The parser makes fields of the constants of an enum, which cannot be collections. */
  private static boolean isConstant(TreePath path) {
    VariableTree field = (VariableTree) path.getLeaf();
    return field.getInitializer() instanceof NewClassTree made
        && path.getParentPath().getLeaf().getKind() == Kind.ENUM
        && made.getIdentifier().toString().equals(field.getType().toString())
        && field.getModifiers().getFlags().contains(Modifier.FINAL)
        && ((ClassTree) path.getParentPath().getLeaf())
            .getSimpleName()
            .contentEquals(field.getType().toString());
  }

  private static boolean isMutable(VariableTree field) {
    return MUTABLE.matcher(simpleName(field.getType())).matches()
        || field.getInitializer() instanceof NewClassTree made
            && (MUTABLE.matcher(simpleName(made.getIdentifier())).matches()
                || COLLECTION.matcher(simpleName(made.getIdentifier())).matches());
  }

  private static String simpleName(@Nullable Tree type) {
    String name =
        type instanceof ParameterizedTypeTree generic
            ? generic.getType().toString()
            : String.valueOf(type);
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private static boolean isInInterface(TreePath path) {
    return path.getParentPath().getLeaf().getKind() == Kind.INTERFACE;
  }

  private static boolean isAnonymous(TreePath path) {
    return name(path).isEmpty();
  }

  private static boolean has(TreePath path, Modifier modifier) {
    return modifiers(path.getLeaf()).getFlags().contains(modifier);
  }

  private static ModifiersTree modifiers(Tree tree) {
    return tree instanceof ClassTree type
        ? type.getModifiers()
        : ((VariableTree) tree).getModifiers();
  }

  private static String name(TreePath path) {
    Tree tree = path.getLeaf();
    if (tree instanceof ClassTree type) {
      return type.getSimpleName().toString();
    }
    return tree instanceof MethodTree method
        ? method.getName().toString()
        : ((VariableTree) tree).getName().toString();
  }
}

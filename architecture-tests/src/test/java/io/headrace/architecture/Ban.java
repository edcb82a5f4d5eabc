package io.headrace.architecture;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Something of the JDK that main code leaves alone.
 *
 * @param what the calls it is about
 * @param instead what to do, as the end of a sentence
 * @param exempt the packages and classes that may, each with a dot at the end
 */
record Ban(Predicate<Use> what, String instead, List<String> exempt) {

  /**
   * A call, a reference to a method, an access to a field, or a mention of a type.
   *
   * @param owner the full name of the type that is used
   * @param member the method or field; {@code <init>} for a constructor, {@code *} for a mention
   * @param parameters the types of the method's parameters
   * @param where what to say about the place
   */
  record Use(String owner, String member, List<String> parameters, String where) {

    boolean is(String type, String... members) {
      return owner.equals(type) && List.of(members).contains(member);
    }

    boolean takes(String type) {
      return parameters.contains(type);
    }

    String name() {
      return member.equals("*") ? owner : owner + "." + member;
    }
  }

  static Ban of(Predicate<Use> what, String instead, String... exempt) {
    return new Ban(what, instead, List.of(exempt));
  }

  List<String> problems(JavaClasses classes) {
    TreeSet<String> problems = new TreeSet<>();
    for (JavaClass type : classes) {
      if (exempt.stream().noneMatch(start -> isIn(type, start))) {
        uses(type)
            .filter(what)
            .map(use -> "%s uses %s; %s".formatted(use.where(), use.name(), instead))
            .forEach(problems::add);
      }
    }
    return List.copyOf(problems);
  }

  private static boolean isIn(JavaClass type, String start) {
    return (type.getName().replace('$', '.') + ".").startsWith(start);
  }

  private static Stream<Use> uses(JavaClass type) {
    return Stream.concat(
        type.getAccessesFromSelf().stream().filter(Ban::isWritten).map(Ban::use),
        type.getDirectDependenciesFromSelf().stream()
            .map(
                dependency ->
                    new Use(
                        dependency.getTargetClass().getBaseComponentType().getName(),
                        "*",
                        List.of(),
                        type.getName())));
  }

  /** Not what the compiler adds to classes with lambdas that are serializable. */
  private static boolean isWritten(JavaAccess<?> access) {
    return !access.getOrigin().getName().equals("$deserializeLambda$");
  }

  private static Use use(JavaAccess<?> access) {
    List<String> parameters =
        access.getTarget() instanceof CodeUnitAccessTarget target
            ? target.getRawParameterTypes().stream().map(JavaClass::getName).toList()
            : List.of();
    return new Use(
        access.getTargetOwner().getName(),
        access.getTarget().getName(),
        parameters,
        access.getOriginOwner().getName() + " (line " + access.getLineNumber() + ")");
  }
}

package io.headrace.flink.types;

import java.lang.ref.WeakReference;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The types that the operators of running jobs have said they use. Stored state names the type that
 * it was written as; only if it is one of these is it read. So no class is ever loaded because it
 * is named there. What the loader of a job is asked for, and may load, are the classes of the type
 * that was declared under that name; none of them is initialized by it.
 *
 * <p>Types are known as long as what declared them keeps the object. Any thread.
 */
public final class DeclaredTypes {

  private static final CopyOnWriteArrayList<WeakReference<DeclaredTypes>> ALL =
      new CopyOnWriteArrayList<>();

  private final Map<String, PortableType> types = new HashMap<>();

  private DeclaredTypes(Collection<PortableType> declared) {
    declared.forEach(type -> types.put(type.text(), type));
  }

  /** Declares types, until the result is garbage. */
  public static DeclaredTypes declare(Collection<PortableType> types) {
    DeclaredTypes declared = new DeclaredTypes(types);
    ALL.removeIf(each -> each.get() == null);
    ALL.add(new WeakReference<>(declared));
    return declared;
  }

  /** A declared type whose classes are those that a class loader knows by their names. */
  static Optional<PortableType> find(String text, ClassLoader loader) {
    for (WeakReference<DeclaredTypes> each : ALL) {
      DeclaredTypes declared = each.get();
      PortableType type = declared == null ? null : declared.types.get(text);
      if (type != null && isKnown(type, loader)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /**
   * The loader is asked, since it need not be the one that has loaded the classes, nor have that as
   * a parent: Flink hands out one that passes everything on to the one of the job's jar.
   */
  private static boolean isKnown(PortableType type, ClassLoader loader) {
    return isKnown(type.raw(), loader)
        && type.arguments().stream().allMatch(each -> isKnown(each, loader));
  }

  private static boolean isKnown(Class<?> type, ClassLoader loader) {
    if (type.getClassLoader() == null) {
      return true; // The JDK's are the same for all.
    }
    try {
      return Class.forName(type.getName(), false, loader) == type;
    } catch (ClassNotFoundException | LinkageError ofAnotherJob) {
      return false; // It may have the class, but not all that the class needs.
    }
  }
}

package io.headrace.architecture;

import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.util.TreePath;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import javax.lang.model.element.Modifier;

/** Memory that threads share: the few places that may, each with what it shares and why. */
final class SharedMemory {

  /** Packages (with a dot at the end) and classes, each with the reason. */
  private static final Map<String, String> REVIEWED =
      Map.ofEntries(
          Map.entry("io.headrace.engine.threads.", "here the threads are made, parked and stopped"),
          Map.entry(
              "io.headrace.checkpoint.CheckpointStore.",
              "says that it gets on while it reads what may be large"),
          Map.entry(
              "io.headrace.engine.coordinator.Published.",
              "publishes the status of a run, and where its tasks count, to whoever watches"),
          Map.entry(
              "io.headrace.engine.coordinator.BlockingWork.",
              "counts work that ends on the threads that block"),
          Map.entry(
              "io.headrace.engine.coordinator.Call.",
              "is given up by one thread while another is in it"),
          Map.entry(
              "io.headrace.engine.coordinator.RestoredManifest.",
              "counts the entries that are read, for whoever watches a restore"),
          Map.entry(
              "io.headrace.engine.task.Calls.",
              "one task says that it is called, and on which thread, to whoever watches it"),
          Map.entry(
              "io.headrace.engine.task.Edge.",
              "is the one queue between tasks; release and acquire on a slot publish the item"),
          Map.entry(
              "io.headrace.engine.task.Meter.",
              "one task writes a count that any thread may read late"),
          Map.entry(
              "io.headrace.engine.task.Resources.",
              "numbers what is opened and closed on the threads that block"),
          Map.entry(
              "io.headrace.micrometer.LastSample.",
              "keeps the last look at a run for whichever threads read its meters"),
          Map.entry(
              "io.headrace.state.Epochs.",
              "learns of its views that they are closed by the threads that write snapshots"),
          Map.entry(
              "io.headrace.state.MemoryBudget.",
              "counts the bytes that the tables of all tasks take together"),
          Map.entry(
              "io.headrace.api.Services.",
              "opens a service once, whichever of the threads that open operators asks first"),
          Map.entry(
              "io.headrace.api.connector.CollectingSink.",
              "a test reads on its own thread what writers have committed"),
          Map.entry(
              "io.headrace.simulation.KilledJob.",
              "says the steps of a real job, whichever of its threads takes them"),
          Map.entry(
              "io.headrace.simulation.disk.", "is handed to whatever thread a test reads it on"),
          Map.entry(
              "io.headrace.benchmarks.",
              "measures other engines, each with the threads that it brings"));

  private static final String INSTEAD =
      "keep the state on one thread and pass it on through an Edge, a Mailbox or an immutable"
          + " value; or add the class to SharedMemory.REVIEWED with the reason";

  private static final Ban LOCKS =
      new Ban(SharedMemory::isShared, INSTEAD, List.copyOf(REVIEWED.keySet()));

  private SharedMemory() {}

  static List<String> locks(JavaClasses classes) {
    return LOCKS.problems(classes);
  }

  static List<String> keywords(JavaSource source) {
    List<String> problems = new ArrayList<>();
    if (REVIEWED.keySet().stream().noneMatch(start -> type(source).startsWith(start))) {
      source
          .all(ModifiersTree.class)
          .filter(has(Modifier.VOLATILE))
          .forEach(path -> problems.add(problem(source, path, "volatile")));
      source
          .all(ModifiersTree.class)
          .filter(has(Modifier.SYNCHRONIZED))
          .forEach(path -> problems.add(problem(source, path, "synchronized")));
      source
          .all(SynchronizedTree.class)
          .forEach(path -> problems.add(problem(source, path, "synchronized")));
    }
    return problems;
  }

  /** A VarHandle that only gets and sets reads numbers out of byte arrays. */
  private static boolean isShared(Ban.Use use) {
    return use.owner().matches("java\\.util\\.concurrent\\.(locks|atomic)\\..*|.*\\.Semaphore")
        || use.is("java.lang.Object", "wait", "notify", "notifyAll")
        || use.owner().equals("java.lang.invoke.VarHandle")
            && use.member().matches(".*(Volatile|Opaque|Acquire|Release|Fence)|.*And[A-Z].*");
  }

  private static Predicate<TreePath> has(Modifier modifier) {
    return path -> ((ModifiersTree) path.getLeaf()).getFlags().contains(modifier);
  }

  private static String problem(JavaSource source, TreePath path, String keyword) {
    return "%s is %s; %s".formatted(source.place(path.getLeaf()), keyword, INSTEAD);
  }

  private static String type(JavaSource source) {
    String file = source.name().substring(source.name().lastIndexOf('/') + 1);
    return source.packageName() + "." + file.replace(".java", ".");
  }
}

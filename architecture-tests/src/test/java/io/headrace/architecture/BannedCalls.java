package io.headrace.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.List;
import java.util.Set;

/**
 * Calls that main code leaves to one place each. Clock, chance, threads and files come from
 * outside, so that the simulator can replace them and a run can be repeated from its seed.
 */
final class BannedCalls {

  private static final String THREADS = "io.headrace.engine.threads.";
  private static final String EXAMPLES = "io.headrace.examples.";
  private static final String BENCHMARKS = "io.headrace.benchmarks.";

  /** The programs that are run by hand, with a seed and an exit code. */
  private static final String SIMULATION = "io.headrace.simulation.";

  /** The JVM that a plan is made again in, and the program that runs there. */
  private static final String OTHER_JVM = "io.headrace.flink.portable.OtherJvm.";

  private static final String IN_OTHER_JVM = "io.headrace.flink.portable.Remaking.";

  private static final String JAVA_TIME = "java.time.";

  private static final Set<String> FILES =
      Set.of(
          "java.io.File",
          "java.io.FileInputStream",
          "java.io.FileOutputStream",
          "java.io.FileReader",
          "java.io.FileWriter",
          "java.io.FileDescriptor",
          "java.io.RandomAccessFile");

  private static final Set<String> THREAD_TYPES =
      Set.of(
          "java.util.concurrent.Executors",
          "java.util.concurrent.ForkJoinPool",
          "java.util.concurrent.ThreadPoolExecutor",
          "java.util.concurrent.ScheduledThreadPoolExecutor",
          "java.util.Timer");

  /** What opens a port, or reads whatever a URL leads to. */
  private static final Set<String> NETWORK =
      Set.of(
          "java.net.ServerSocket",
          "java.net.Socket",
          "java.net.DatagramSocket",
          "java.net.MulticastSocket",
          "java.net.URL",
          "java.net.URLConnection",
          "java.nio.channels.ServerSocketChannel",
          "java.nio.channels.SocketChannel",
          "java.nio.channels.DatagramChannel",
          "java.nio.channels.AsynchronousServerSocketChannel",
          "java.nio.channels.AsynchronousSocketChannel",
          "javax.net.ServerSocketFactory",
          "javax.net.SocketFactory",
          "javax.net.ssl.SSLServerSocketFactory",
          "javax.net.ssl.SSLSocketFactory",
          "javax.management.MBeanServer");

  private static final Set<String> JAVA_SERIALIZATION =
      Set.of("java.io.ObjectInputStream", "java.io.ObjectOutputStream", "java.beans.XMLDecoder");

  private static final List<Ban> BANS =
      List.of(
          Ban.of(
              BannedCalls::readsTheClock,
              "take the time from the io.headrace.api.Clock that the constructor is given",
              "io.headrace.api.SystemClock.",
              BENCHMARKS),
          Ban.of(
              use -> use.is("io.headrace.api.Clock", "instant"),
              "measure by nanoTime() of the Clock: the time of day jumps, and is there to be told",
              "io.headrace.engine.Headrace.",
              "io.headrace.engine.coordinator.CallWatch.",
              "io.headrace.engine.coordinator.Checkpoints.",
              "io.headrace.engine.coordinator.Coordinator.",
              "io.headrace.engine.coordinator.NextStart.",
              "io.headrace.engine.coordinator.Watchdog.",
              "io.headrace.engine.task.TaskClock.",
              OTHER_JVM, // It is to be at another date.
              BENCHMARKS),
          Ban.of(
              BannedCalls::opensWhatIsClosed,
              "do without: the JVM is given no flag, and of reflection only the records and lambdas"
                  + " of users are looked into",
              "io.headrace.api.plan.FunctionTypes.",
              "io.headrace.codec.RecordMembers.",
              "io.headrace.flink.portable.Member.", // It reads what lambdas of users captured.
              BENCHMARKS),
          Ban.of(
              BannedCalls::startsThreads,
              "give the work to the host of the engine; threads are made in " + THREADS + "* only",
              THREADS,
              EXAMPLES,
              BENCHMARKS),
          Ban.of(
              use ->
                  use.is("java.lang.Thread", "sleep")
                      || use.is("java.util.concurrent.TimeUnit", "sleep"),
              "return, and ask to be called again at a time of the Clock"),
          Ban.of(
              BannedCalls::throwsDice,
              "take a seeded generator as a constructor parameter",
              THREADS,
              SIMULATION,
              BENCHMARKS),
          Ban.of(
              use -> use.is("java.util.UUID", "randomUUID"),
              "number things, or make the name from the ids at hand",
              "io.headrace.flink.recipe.JobRecipe."),
          Ban.of(
              use ->
                  use.member().equals("parallelStream")
                      || use.is("java.util.stream.Stream", "parallel"),
              "use stream(): parallelism belongs to the plan"),
          Ban.of(BannedCalls::usesTheCommonPool, "pass the executor as the last argument"),
          Ban.of(
              use ->
                  NETWORK.contains(use.owner())
                      || use.owner()
                          .matches(
                              "com\\.sun\\.net\\.httpserver\\..*|java\\.rmi\\..*|java\\.net\\.http\\..*"),
              "open no port and no connection: networks belong to connectors of their own"),
          Ban.of(
              use -> JAVA_SERIALIZATION.contains(use.owner()),
              "write bytes with a Codec: Java serialization runs what it reads"),
          Ban.of(
              use ->
                  use.is("java.lang.Class", "forName")
                      || use.is("java.lang.ClassLoader", "loadClass"),
              "take the class or the object as a parameter: names in files choose no code",
              "io.headrace.flink.Launcher.",
              "io.headrace.flink.recipe.JobRecipe.",
              "io.headrace.flink.types.DeclaredTypes."),
          Ban.of(
              use ->
                  use.is("java.lang.System", "exit") || use.is("java.lang.Runtime", "exit", "halt"),
              "throw a HeadraceException: the program around us decides when to end",
              IN_OTHER_JVM, // There is no program around it.
              EXAMPLES,
              SIMULATION,
              BENCHMARKS),
          Ban.of(
              use -> use.is("java.lang.IllegalArgumentException", "<init>"),
              "throw a HeadraceException with INVALID_JOB or another code: users see what api and"
                  + " connectors throw",
              "io.headrace.api.Format.", // Caught there; it is how the JDK's parsers say no.
              "io.headrace.files.SinkFolder.", // Told by the codec, of names that were read.
              "io.headrace.codec.",
              "io.headrace.checkpoint.",
              "io.headrace.state.",
              "io.headrace.engine.",
              "io.headrace.flink.",
              SIMULATION,
              BENCHMARKS),
          Ban.of(
              use -> FILES.contains(use.owner()) || use.is("java.nio.file.Path", "toFile"),
              "use java.nio.file.Path and Files, which the simulator's file system can stand for",
              OTHER_JVM, // The JDK takes the folder of a process as a File only.
              "io.headrace.flink.portable.Contents."), // Jobs may have captured one.
          Ban.of(
              use ->
                  use.is("java.lang.System", "out", "err")
                      || use.member().equals("printStackTrace") && use.parameters().isEmpty(),
              "log with slf4j, or throw: standard output belongs to the program around us",
              "io.headrace.api.connector.",
              EXAMPLES,
              SIMULATION,
              BENCHMARKS));

  private BannedCalls() {}

  static List<String> problems(JavaClasses classes) {
    return BANS.stream().flatMap(ban -> ban.problems(classes).stream()).toList();
  }

  private static boolean readsTheClock(Ban.Use use) {
    return use.is("java.lang.System", "currentTimeMillis", "nanoTime")
        || use.is("java.util.Date", "<init>") && use.parameters().isEmpty()
        || use.owner().equals("java.time.Clock") && use.member().matches("system.*|tick\\w+")
        || use.owner().startsWith(JAVA_TIME)
            && use.member().equals("now")
            && !use.takes("java.time.Clock");
  }

  private static boolean opensWhatIsClosed(Ban.Use use) {
    return use.owner().startsWith("java.lang.reflect.")
            && use.member().matches("(trySet|set)Accessible")
        || use.is("java.lang.invoke.MethodHandles", "privateLookupIn")
        || use.owner().matches("(sun|jdk\\.internal)\\..*");
  }

  private static boolean startsThreads(Ban.Use use) {
    return use.is("java.lang.Thread", "<init>", "start") || THREAD_TYPES.contains(use.owner());
  }

  private static boolean throwsDice(Ban.Use use) {
    return use.is("java.lang.Math", "random")
        || use.is("java.util.Random", "<init>")
        || use.is("java.util.SplittableRandom", "<init>")
        || use.owner().equals("java.security.SecureRandom")
        || use.owner().equals("java.util.concurrent.ThreadLocalRandom");
  }

  private static boolean usesTheCommonPool(Ban.Use use) {
    return use.owner().matches("java\\.util\\.concurrent\\.Complet(ableFuture|ionStage)")
        && use.member().endsWith("Async")
        && !use.takes("java.util.concurrent.Executor");
  }
}

package io.headrace.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("S1")
@Tag("S3")
@Tag("S14")
@Tag("S26")
@Tag("R12")
@Tag("R30")
@Tag("FAULT-63")
final class BannedCallsTest {

  /** Each line a method body and the beginning of what to do instead. */
  private static final String BANNED =
      """
      return System.currentTimeMillis(); | take the time from the io.headrace.api.Clock
      return System.nanoTime(); | take the time from the io.headrace.api.Clock
      return java.time.Instant.now(); | take the time from the io.headrace.api.Clock
      return java.time.LocalDate.now(java.time.ZoneOffset.UTC); | take the time from the io.headrace.api.Clock
      return java.time.Clock.systemUTC(); | take the time from the io.headrace.api.Clock
      return new java.util.Date(); | take the time from the io.headrace.api.Clock
      return (java.util.function.LongSupplier) System::nanoTime; | take the time from the io.headrace.api.Clock
      return io.headrace.api.Clock.system().instant(); | measure by nanoTime() of the Clock
      return Object.class.getDeclaredMethods()[0].trySetAccessible(); | do without
      Object.class.getDeclaredConstructors()[0].setAccessible(true); | do without
      return java.lang.invoke.MethodHandles.privateLookupIn(String.class, null); | do without
      return sun.misc.Unsafe.getUnsafe(); | do without
      return new Thread(() -> {}); | give the work to the host
      return java.util.concurrent.Executors.newCachedThreadPool(); | give the work to the host
      return java.util.concurrent.ForkJoinPool.commonPool(); | give the work to the host
      return new java.util.Timer(); | give the work to the host
      return Math.random(); | take a seeded generator
      return new java.util.Random(7); | take a seeded generator
      return new java.util.SplittableRandom(); | take a seeded generator
      return java.util.concurrent.ThreadLocalRandom.current().nextInt(); | take a seeded generator
      return java.util.UUID.randomUUID(); | number things
      return java.util.List.of(1).parallelStream(); | use stream()
      return java.util.stream.Stream.of(1).parallel(); | use stream()
      return java.util.concurrent.CompletableFuture.runAsync(() -> {}); | pass the executor
      return new java.net.ServerSocket(0); | open no port
      return new java.net.MulticastSocket(0); | open no port
      return javax.net.ssl.SSLServerSocketFactory.getDefault(); | open no port
      return javax.net.ssl.SSLSocketFactory.getDefault(); | open no port
      return java.nio.channels.ServerSocketChannel.open(); | open no port
      return java.nio.channels.SocketChannel.open(); | open no port
      return new java.net.URL("http://a").openStream(); | open no port
      return java.net.http.HttpClient.newHttpClient(); | open no port
      return java.lang.management.ManagementFactory.getPlatformMBeanServer().getMBeanCount(); | open no port
      return new java.security.SecureRandom(); | take a seeded generator
      return new java.io.ObjectInputStream(null); | write bytes with a Codec
      return new java.io.ObjectOutputStream(null); | write bytes with a Codec
      return new java.beans.XMLDecoder(System.in); | write bytes with a Codec
      return Class.forName("a.B"); | take the class or the object
      return getClass().getClassLoader().loadClass("a.B"); | take the class or the object
      return java.nio.file.Path.of("a").toFile(); | use java.nio.file.Path
      return new java.io.File("a"); | use java.nio.file.Path
      return new java.io.FileInputStream("a"); | use java.nio.file.Path
      return new java.io.FileWriter("a"); | use java.nio.file.Path
      return System.out; | log with slf4j
      return System.err; | log with slf4j
      return new IllegalArgumentException("a"); | throw a HeadraceException with INVALID_JOB
      Thread.sleep(1); | return, and ask to be called again
      System.exit(1); | throw a HeadraceException
      Runtime.getRuntime().halt(1); | throw a HeadraceException
      new Exception().printStackTrace(); | log with slf4j
      Runnable later = () -> System.exit(1); | throw a HeadraceException
      """;

  private static final Map<String, List<String>> FOUND = found();

  @Test
  void mainCodeMakesNoBannedCall() {
    assertThat(BannedCalls.problems(Bytecode.ofMain())).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("banned")
  void aBannedCallIsFound(String body, String instead) {
    assertThat(FOUND.getOrDefault(body, List.of()))
        .isNotEmpty()
        .allSatisfy(problem -> assertThat(problem).contains(" uses ", "; " + instead));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java.time.Instant.now(java.time.Clock.fixed(java.time.Instant.EPOCH,"
            + " java.time.ZoneOffset.UTC))",
        "java.util.concurrent.CompletableFuture.runAsync(() -> {}, Runnable::run)",
        "new java.util.Date(7)",
        "String.format(\"%s\", 7).toLowerCase()",
        "Thread.currentThread()",
      })
  void whatIsGivenItsClockOrExecutorIsAllowed(String expression) {
    JavaClasses classes = type("engine.task", "Object", "return " + expression + ";");

    assertThat(BannedCalls.problems(classes)).isEmpty();
  }

  @Test
  void thePlaceThatMakesThreadsMakesThem() {
    String body = "new Thread(() -> {}).start();";

    List<String> inPlace = BannedCalls.problems(type("engine.threads", "void", body));
    List<String> elsewhere = BannedCalls.problems(type("engine.threadsafe", "void", body));

    assertThat(inPlace).isEmpty();
    assertThat(elsewhere).isNotEmpty();
  }

  static Stream<Arguments> banned() {
    return BANNED
        .lines()
        .map(line -> line.split(" \\| "))
        .map(cells -> arguments(cells[0], cells[1]));
  }

  /** Problems by body; compiled and read in one go, which takes a tenth of the time. */
  private static Map<String, List<String>> found() {
    List<String> bodies = BANNED.lines().map(line -> line.split(" \\| ")[0]).toList();
    List<String> sources = new ArrayList<>();
    for (String body : bodies) {
      String result = body.startsWith("return") ? "Object" : "void";
      sources.add(source("files.n" + sources.size(), result, body));
    }
    List<String> problems = BannedCalls.problems(Bytecode.of(sources.toArray(String[]::new)));
    Map<String, List<String>> found = new HashMap<>();
    for (String problem : problems) {
      String index = problem.replaceAll("io\\.headrace\\.files\\.n(\\d+)\\.Busy.*", "$1");
      found
          .computeIfAbsent(bodies.get(Integer.parseInt(index)), body -> new ArrayList<>())
          .add(problem);
    }
    return Map.copyOf(found);
  }

  private static JavaClasses type(String room, String result, String body) {
    return Bytecode.of(source(room, result, body));
  }

  private static String source(String room, String result, String body) {
    return """
    package io.headrace.%s;
    public class Busy {
      %s work() throws Exception {
        %s
      }
    }
    """
        .formatted(room, result, body);
  }
}

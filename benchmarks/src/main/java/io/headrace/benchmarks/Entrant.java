package io.headrace.benchmarks;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Who takes part: the name on the command line, the flags its JVM needs, and how it is made. */
@SuppressWarnings("ImmutableEnumChecker") // Lists made by List.of, and suppliers that keep nothing.
enum Entrant {
  /** Two threads, two tables of {@code long}, aligned checkpoints: what is possible by hand. */
  LOOP("loop", 1_500_000_000L, List.of(), () -> new LoopContestant(true)),
  /** The same without checkpoints. */
  LOOP_WITHOUT_CHECKPOINTS("loop-bare", 1_500_000_000L, List.of(), () -> new LoopContestant(false)),
  /** Headrace, the job as its README writes it. */
  HEADRACE("headrace", 400_000_000L, List.of(), HeadraceContestant::new),
  /** The same in a JVM whose compiler has seen quite another job before. */
  HEADRACE_AFTER_ANOTHER(
      "headrace-after-another", 400_000_000L, List.of(), AfterAnotherContestant::new),
  /** Apache Flink, hashmap backend, in a MiniCluster. */
  FLINK("flink", 50_000_000L, flinkFlags(), FlinkContestant::new),
  /** Hazelcast Jet with a keyed processor of our own. */
  JET("jet", 50_000_000L, jetFlags(), () -> new JetContestant(JetContestant.Summing.PROCESSOR)),
  /** Hazelcast Jet with {@code mapStateful}, as its manual shows. */
  JET_MAP_STATEFUL(
      "jet-map-stateful",
      50_000_000L,
      jetFlags(),
      () -> new JetContestant(JetContestant.Summing.MAP_STATEFUL));

  private final String title;
  private final long defaultEvents;
  private final List<String> flags;
  private final Supplier<Contestant> maker;

  Entrant(String title, long defaultEvents, List<String> flags, Supplier<Contestant> maker) {
    this.title = title;
    this.defaultEvents = defaultEvents;
    this.flags = flags;
    this.maker = maker;
  }

  /** The entrant of that name. */
  static Entrant named(String title) {
    return Stream.of(values())
        .filter(entrant -> entrant.title.equals(title))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no contestant is called %s; there are %s"
                        .formatted(title, Stream.of(values()).map(Entrant::title).toList())));
  }

  /** The name in the table and on the command line. */
  String title() {
    return title;
  }

  /** Events enough for twenty seconds or more on two cores. */
  long defaultEvents() {
    return defaultEvents;
  }

  /** Flags that the engine asks for. */
  List<String> flags() {
    return flags;
  }

  /** A contestant for one run. */
  Contestant make() {
    return maker.get();
  }

  private static List<String> flinkFlags() {
    return Stream.of(
            "java.lang",
            "java.net",
            "java.io",
            "java.nio",
            "sun.nio.ch",
            "java.lang.reflect",
            "java.text",
            "java.time",
            "java.util",
            "java.util.concurrent",
            "java.util.concurrent.atomic",
            "java.util.concurrent.locks")
        .map(name -> "--add-opens=java.base/" + name + "=ALL-UNNAMED")
        .toList();
  }

  private static List<String> jetFlags() {
    return List.of(
        "--add-modules=java.se",
        "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
        "--add-opens=java.base/java.lang=ALL-UNNAMED",
        "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
        "--add-opens=java.management/sun.management=ALL-UNNAMED",
        "--add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED");
  }
}

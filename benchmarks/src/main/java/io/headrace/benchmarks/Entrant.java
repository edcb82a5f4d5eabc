package io.headrace.benchmarks;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Who takes part: the name on the command line, the flags its JVM needs, and how it is made. */
@SuppressWarnings("ImmutableEnumChecker") // Lists made by List.of, and functions that keep nothing.
enum Entrant {
  /** Two threads, two tables, aligned checkpoints: what is possible by hand. */
  LOOP("loop", List.of(), work -> loop(work, true)),
  /** The same without checkpoints. */
  LOOP_WITHOUT_CHECKPOINTS("loop-bare", List.of(), work -> loop(work, false)),
  /** Headrace, the job as its README writes it. */
  HEADRACE("headrace", List.of(), Entrant::headrace),
  /** The same in a JVM whose compiler has seen quite another job before. */
  HEADRACE_AFTER_ANOTHER(
      "headrace-after-another", List.of(), work -> new AfterAnotherContestant(headrace(work))),
  /** Apache Flink, hashmap backend, in a MiniCluster. */
  FLINK("flink", flinkFlags(), Entrant::flink),
  /** Hazelcast Jet with a keyed processor of our own. */
  JET("jet", jetFlags(), Entrant::jet),
  /** Hazelcast Jet with {@code mapStateful}, as its manual shows; W1 only. */
  JET_MAP_STATEFUL(
      "jet-map-stateful", jetFlags(), work -> new JetContestant(JetJob.SUMS_MAP_STATEFUL));

  private final String title;
  private final List<String> flags;
  private final Function<Work, Contestant> maker;

  Entrant(String title, List<String> flags, Function<Work, Contestant> maker) {
    this.title = title;
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

  /** Flags that the engine asks for. */
  List<String> flags() {
    return flags;
  }

  /** Whether there is a contestant for some work. */
  boolean takesPartIn(Work work) {
    return switch (this) {
      case LOOP, LOOP_WITHOUT_CHECKPOINTS, HEADRACE, HEADRACE_AFTER_ANOTHER, FLINK -> true;
      case JET -> work != Work.TIMERS;
      case JET_MAP_STATEFUL -> work == Work.SUMS;
    };
  }

  /** A contestant for one run of work that it takes part in. */
  Contestant make(Work work) {
    return maker.apply(work);
  }

  private static Contestant loop(Work work, boolean withCheckpoints) {
    return switch (work) {
      case SUMS -> new LoopContestant<>(LoopJob.sums(), withCheckpoints);
      case ORDERS -> new LoopContestant<>(LoopOrders::new, withCheckpoints);
      case TIMERS -> new LoopContestant<>(LoopTimers::new, withCheckpoints);
      case ROTATION -> new LoopContestant<>(LoopRotation::new, withCheckpoints);
    };
  }

  private static Contestant headrace(Work work) {
    return switch (work) {
      case SUMS -> new HeadraceContestant<>(HeadraceJob.sums());
      case ORDERS -> new HeadraceContestant<>(HeadraceJob.orders());
      case TIMERS -> new HeadraceContestant<>(HeadraceJob.timers());
      case ROTATION -> new HeadraceRotation();
    };
  }

  private static Contestant flink(Work work) {
    return switch (work) {
      case SUMS -> new FlinkContestant(new FlinkSums());
      case ORDERS -> new FlinkContestant(new FlinkOrders());
      case TIMERS -> new FlinkContestant(new FlinkTimers());
      case ROTATION -> new FlinkContestant(new FlinkRotation());
    };
  }

  private static Contestant jet(Work work) {
    return switch (work) {
      case SUMS -> new JetContestant(JetJob.SUMS);
      case ORDERS -> new JetContestant(JetJob.ORDERS);
      case TIMERS ->
          throw new IllegalArgumentException("Jet does not take part: it has no timers for keys.");
      case ROTATION -> new JetContestant(JetJob.ROTATION);
    };
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

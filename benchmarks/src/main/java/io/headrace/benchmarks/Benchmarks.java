package io.headrace.benchmarks;

import java.util.List;

/** Runs one of the benchmarks, each described in {@code benchmarks/README.md}. */
public final class Benchmarks {

  private static final String USAGE =
      """
      Which one? The first argument is one of
        W1         a sum for each of many keys
        W6         records, with totals for each of many texts
        W7         a timer for each event
        L1         latency at a steady rate
        S1         start, memory and class path of a small job
        R1         recovery after kill -9
        interval   overhead, replay and recovery against the checkpoint interval
      """;

  private Benchmarks() {}

  /**
   * The first argument names the benchmark, the others belong to it. Exits with 1 on a failure, and
   * with 2 when the arguments are wrong.
   */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length == 0) {
      System.err.println(USAGE);
      System.exit(2);
    }
    List<String> others = List.of(arguments).subList(1, arguments.length);
    boolean right;
    try {
      right = run(arguments[0], others);
    } catch (IllegalArgumentException wrong) {
      System.err.println(wrong.getMessage());
      System.exit(2);
      return;
    }
    if (!right) {
      System.exit(1);
    }
  }

  private static boolean run(String name, List<String> arguments) throws Exception {
    return switch (name) {
      case "W1" -> new Throughput(Work.SUMS).run(arguments);
      case "W6" -> new Throughput(Work.ORDERS).run(arguments);
      case "W7" -> new Throughput(Work.TIMERS).run(arguments);
      case "L1" -> Latency.run(arguments);
      case "S1" -> StartUp.run(arguments);
      case "R1" -> Recovery.run(arguments);
      case "interval" -> Intervals.run(arguments);
      default -> throw new IllegalArgumentException("No benchmark is called " + name + ".");
    };
  }
}

package io.headrace.api.plan;

import io.headrace.api.CheckpointId;
import io.headrace.api.CheckpointingMode;
import io.headrace.api.Guarantee;
import io.headrace.api.Settings;
import io.headrace.api.Sink;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a job guarantees, for each way from a source to a sink.
 *
 * @param paths each source with each sink that its values may reach, in the order of the plan
 */
public record Guarantees(List<Path> paths) {

  /** Copies the list. */
  public Guarantees {
    paths = List.copyOf(paths);
  }

  /**
   * What decides beside the plan.
   *
   * @param mode whether values behind a barrier wait for it
   * @param isDurable whether checkpoints outlive the process, so that a failure is not the end
   * @param restoreBelowCommit the checkpoint that may be restored although later results may have
   *     been committed
   */
  public record Terms(
      CheckpointingMode mode, boolean isDurable, Optional<CheckpointId> restoreBelowCommit) {

    /** What the settings say. */
    public static Terms of(Settings settings) {
      return new Terms(
          settings.checkpoints().mode(),
          settings.durability().directory().isPresent(),
          settings.restoreBelowCommit());
    }
  }

  /**
   * A way from a source to a sink, whatever lies between.
   *
   * @param guarantee what holds on it: the weakest of what limits it
   * @param limits why it is less than exactly once; empty if it is not
   * @param notes under which conditions it holds
   */
  public record Path(
      String source, String sink, Guarantee guarantee, List<Limit> limits, List<String> notes) {

    /** Copies the lists. */
    public Path {
      limits = List.copyOf(limits);
      notes = List.copyOf(notes);
    }

    /** The names of both ends. */
    public String name() {
      return source + " -> " + sink;
    }

    @Override
    public String toString() {
      return name()
          + ": "
          + guarantee.words()
          + (limits.isEmpty() ? "" : ", because " + reasons(limits))
          + (notes.isEmpty() ? "" : ", " + String.join(", ", notes));
    }
  }

  /**
   * What keeps a path from a stronger guarantee.
   *
   * @param guarantee what it leaves
   * @param reason why, as it follows "because"
   * @param remedy what to change, a full sentence
   */
  public record Limit(Guarantee guarantee, String reason, String remedy) {}

  /** What a plan guarantees under some terms. */
  public static Guarantees of(Plan plan, Terms terms) {
    List<Path> paths = new ArrayList<>();
    for (Node.Source source : nodes(plan, Node.Source.class)) {
      for (Node.Sink sink : nodes(plan, Node.Sink.class)) {
        List<Node> before = before(plan, sink);
        if (before.contains(source)) {
          paths.add(path(source, sink, before, terms));
        }
      }
    }
    return new Guarantees(paths);
  }

  private static <N extends Node> List<N> nodes(Plan plan, Class<N> kind) {
    return plan.nodes().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** The least that holds on all paths; exactly once if there is none. */
  public Guarantee weakest() {
    return paths.stream().map(Path::guarantee).reduce(Guarantee.EXACTLY_ONCE, Guarantee::and);
  }

  /** A problem for each path that gives less than is required, with what to change. */
  public List<Problem> below(Guarantee required) {
    return paths.stream()
        .filter(path -> path.guarantee().compareTo(required) < 0)
        .map(path -> problem(path, required))
        .toList();
  }

  private static Problem problem(Path path, Guarantee required) {
    List<Limit> limits =
        path.limits().stream().filter(limit -> limit.guarantee().compareTo(required) < 0).toList();
    return new Problem(
        "path " + path.name(),
        "It gives %s, but %s is required, because %s."
            .formatted(path.guarantee().words(), required.words(), reasons(limits)),
        limits.stream().map(Limit::remedy).collect(Collectors.joining(" ")));
  }

  private static String reasons(List<Limit> limits) {
    return limits.stream().map(Limit::reason).collect(Collectors.joining("; and "));
  }

  /** Each path on a line. */
  @Override
  public String toString() {
    return paths.stream().map(path -> "  " + path).collect(Collectors.joining("\n"));
  }

  /** The node itself and every node that its values may come from. */
  private static List<Node> before(Plan plan, Node node) {
    Set<NodeId> seen = new HashSet<>();
    List<Node> found = new ArrayList<>(List.of(node));
    for (int next = 0; next < found.size(); next++) {
      for (Input input : found.get(next).inputs()) {
        if (seen.add(input.from())) {
          found.add(plan.node(input.from()));
        }
      }
    }
    return found;
  }

  private static Path path(Node.Source source, Node.Sink sink, List<Node> before, Terms terms) {
    List<Limit> limits = new ArrayList<>();
    ofSource(source).ifPresent(limits::add);
    ofDurability(terms).ifPresent(limits::add);
    ofMode(before, terms).ifPresent(limits::add);
    ofSink(sink, terms).ifPresent(limits::add);
    limits.sort(Comparator.comparing(Limit::guarantee));
    Guarantee guarantee = limits.isEmpty() ? Guarantee.EXACTLY_ONCE : limits.get(0).guarantee();
    boolean isByEffect =
        sink.sink().delivery() == Sink.Delivery.IDEMPOTENT && guarantee == Guarantee.EXACTLY_ONCE;
    return new Path(
        source.name(),
        sink.name(),
        guarantee,
        limits,
        isByEffect
            ? List.of("in effect, if what is written again is the same as before")
            : List.of());
  }

  private static Optional<Limit> ofSource(Node.Source source) {
    return source.source().isReplayable()
        ? Optional.empty()
        : Optional.of(
            new Limit(
                Guarantee.AT_MOST_ONCE,
                "source \"%s\" cannot be read again from a position".formatted(source.name()),
                "Put a log or files between the outside and source \"%s\"."
                    .formatted(source.name())));
  }

  private static Optional<Limit> ofDurability(Terms terms) {
    return terms.isDurable()
        ? Optional.empty()
        : Optional.of(
            new Limit(
                Guarantee.AT_MOST_ONCE,
                "positions and state end with the process",
                "Give the job a directory with Settings.in(directory)."));
  }

  private static Optional<Limit> ofMode(List<Node> before, Terms terms) {
    return terms.mode() == CheckpointingMode.EXACTLY_ONCE || isChain(before)
        ? Optional.empty()
        : Optional.of(
            new Limit(
                Guarantee.AT_LEAST_ONCE,
                "checkpoints are taken without alignment",
                "Take checkpoints in the mode exactly once."));
  }

  /** Whether no task has several inputs, so that there is nothing to align. */
  private static boolean isChain(List<Node> nodes) {
    return nodes.stream()
            .noneMatch(node -> node instanceof Node.KeyedProcess || node instanceof Node.Union)
        && nodes.stream().map(Node::parallelism).distinct().count() == 1;
  }

  private static Optional<Limit> ofSink(Node.Sink sink, Terms terms) {
    return switch (sink.sink().delivery()) {
      case AT_LEAST_ONCE ->
          Optional.of(
              new Limit(
                  Guarantee.AT_LEAST_ONCE,
                  "sink \"%s\" may write again what it wrote after the last complete checkpoint"
                      .formatted(sink.name()),
                  "Write to a transactional or idempotent sink instead of \"%s\"."
                      .formatted(sink.name())));
      case TRANSACTIONAL ->
          terms
              .restoreBelowCommit()
              .map(
                  id ->
                      new Limit(
                          Guarantee.AT_LEAST_ONCE,
                          "checkpoint %s may be restored although sink \"%s\" may have committed later results"
                              .formatted(id, sink.name()),
                          "Take restoreBelowCommit out of the settings once it was needed."));
      case IDEMPOTENT -> Optional.empty();
    };
  }
}

package io.headrace.api.plan;

import java.util.OptionalInt;
import java.util.function.Function;

/** An operator while its plan is recorded. */
final class OperatorDraft {

  private final NodeId id;
  private final String name;
  private final Function<OperatorDraft, Node> build;
  private OptionalInt parallelism = OptionalInt.empty();

  /**
   * @param build makes the node once all types are known
   */
  OperatorDraft(NodeId id, String name, Function<OperatorDraft, Node> build) {
    this.id = id;
    this.name = name;
    this.build = build;
  }

  NodeId id() {
    return id;
  }

  String name() {
    return name;
  }

  OptionalInt parallelism() {
    return parallelism;
  }

  void parallelism(int tasks) {
    parallelism = OptionalInt.of(tasks);
  }

  Node build() {
    return build.apply(this);
  }
}

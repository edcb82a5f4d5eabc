package io.headrace.api.plan;

import io.headrace.api.OperatorOptions;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** An operator while its plan is recorded. */
final class OperatorDraft {

  private final NodeId id;
  private final String name;
  private final String place;
  private final Function<OperatorDraft, Node> build;
  private OperatorOptions options = OperatorOptions.defaults();

  /**
   * @param place how problems tell which one it is
   * @param build makes the node once all types are known
   */
  OperatorDraft(NodeId id, String name, String place, Function<OperatorDraft, Node> build) {
    this.id = id;
    this.name = name;
    this.place = place;
    this.build = build;
  }

  NodeId id() {
    return id;
  }

  String name() {
    return name;
  }

  String place() {
    return place;
  }

  OperatorOptions options() {
    return options;
  }

  void options(UnaryOperator<OperatorOptions> change) {
    options = change.apply(options);
  }

  Node build() {
    return build.apply(this);
  }
}

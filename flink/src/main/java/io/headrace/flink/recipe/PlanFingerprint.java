package io.headrace.flink.recipe;

import io.headrace.api.plan.Input;
import io.headrace.api.plan.Node;
import io.headrace.api.plan.Plan;
import io.headrace.api.plan.Transformation;
import java.lang.reflect.Type;
import java.util.Optional;
import java.util.StringJoiner;

/** What must be the same wherever the plan of a job is made, a line for each node. */
final class PlanFingerprint {

  private PlanFingerprint() {}

  static String of(Plan plan) {
    StringJoiner lines = new StringJoiner("\n");
    plan.nodes().forEach(node -> lines.add(line(node)));
    return lines.toString();
  }

  private static String line(Node node) {
    StringJoiner line = new StringJoiner(", ", kind(node) + " \"" + node.name() + "\" (", ")");
    node.inputs().forEach(input -> line.add("from " + text(input)));
    node.parallelism().ifPresent(tasks -> line.add(tasks + " tasks"));
    line.add("on failure " + node.options().onFailure());
    if (node instanceof Node.Source source) {
      line.add(name(source.source().type().type()))
          .add("at " + name(source.source().positionType().type()));
      source
          .eventTime()
          .ifPresent(time -> line.add("late by " + time.outOfOrderness() + "/" + time.idleness()));
    } else if (node instanceof Node.KeyedProcess process) {
      process.keyed().forEach(keyed -> line.add("by " + name(keyed.keyType())));
      process
          .states()
          .forEach(
              state ->
                  line.add(
                      state.kind()
                          + " "
                          + state.name()
                          + " of "
                          + state.types().stream().map(PlanFingerprint::name).toList()));
    } else if (node instanceof Node.Sink sink) {
      line.add(sink.sink().delivery().name()).add(name(sink.sink().committableType().type()));
    }
    return line.toString();
  }

  private static String kind(Node node) {
    return node instanceof Node.Transform transform
        ? kind(transform.transformation())
        : node.getClass().getSimpleName();
  }

  private static String kind(Transformation transformation) {
    return transformation.getClass().getSimpleName();
  }

  private static String text(Input input) {
    return input.from().index()
        + input.side().map(side -> "/" + side.name()).orElse("")
        + " as "
        + name(input.type());
  }

  private static String name(Optional<Type> type) {
    return type.map(PlanFingerprint::name).orElse("unknown");
  }

  private static String name(Type type) {
    return type.getTypeName();
  }
}

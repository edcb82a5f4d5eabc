package io.headrace.codec;

import io.headrace.api.OperatorState;
import io.headrace.api.plan.Input;
import io.headrace.api.plan.Node;
import io.headrace.api.plan.Plan;
import io.headrace.api.plan.Problem;
import io.headrace.api.plan.StateDeclaration;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Checks that everything a plan exchanges, keeps or writes has a codec and a name of its own. */
public final class PlanTypes {

  private final Plan plan;
  private final Set<Problem> problems = new LinkedHashSet<>();

  private PlanTypes(Plan plan) {
    this.plan = plan;
  }

  /** Every problem that a plan's types have; empty if they can all be encoded. */
  public static List<Problem> problems(Plan plan) {
    PlanTypes check = new PlanTypes(plan);
    plan.nodes().forEach(check::check);
    return new ArrayList<>(check.problems);
  }

  private void check(Node node) {
    if (node instanceof Node.Source source) {
      checkValue(node, "Its position", source.source().positionType().type());
      checkValue(node, "Its output", source.source().type().type());
      check(node, source.source().operatorStates());
    } else if (node instanceof Node.KeyedProcess process) {
      checkInputs(node);
      process.keyType().ifPresent(type -> add(node, "Its key", Codecs.keyProblems(type)));
      process.states().forEach(state -> check(node, state));
    } else if (node instanceof Node.Sink sink) {
      checkInputs(node);
      checkValue(node, "Its committable", sink.sink().committableType().type());
      check(node, sink.sink().operatorStates());
    } else if (node instanceof Node.Union) {
      checkInputs(node);
    }
  }

  private void checkInputs(Node node) {
    for (Input input : node.inputs()) {
      String from = "Its input from \"" + plan.node(input.from()).name() + "\"";
      input.type().ifPresent(type -> checkValue(node, from, type));
    }
  }

  private void check(Node node, List<OperatorState<?>> states) {
    Set<String> names = new HashSet<>();
    for (OperatorState<?> state : states) {
      checkValue(node, "Its operator state \"" + state.name() + "\"", state.type().type());
      if (state.name().startsWith("headrace.")) {
        problems.add(
            new Problem(
                "operator \"" + node.name() + "\"",
                "Its operator state \"" + state.name() + "\" has a name of the engine's own.",
                "Give it a name that does not begin with headrace."));
      }
      if (!names.add(state.name())) {
        problems.add(
            new Problem(
                "operator \"" + node.name() + "\"",
                "Two of its operator states are named \"" + state.name() + "\".",
                "Give each state of an operator a name of its own."));
      }
    }
  }

  private void check(Node node, StateDeclaration state) {
    String name = "Its state \"" + state.name() + "\"";
    switch (state.kind()) {
      case VALUE, LIST, REDUCING, AGGREGATING -> checkValue(node, name, state.types().get(0));
      case MAP, BROADCAST -> {
        add(
            node,
            "The key of its state \"" + state.name() + "\"",
            Codecs.keyProblems(state.types().get(0)));
        checkValue(node, name, state.types().get(1));
      }
      case TIMERS -> {
        // Nothing of the user's is in them but the key.
      }
    }
  }

  private void checkValue(Node node, String what, Type type) {
    add(node, what, Codecs.problems(type));
  }

  private void add(Node node, String what, List<String> reasons) {
    for (String reason : reasons) {
      problems.add(
          new Problem(
              "operator \"" + node.name() + "\"",
              what + " has a type that cannot be encoded.",
              reason));
    }
  }
}

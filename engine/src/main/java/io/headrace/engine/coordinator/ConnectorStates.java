package io.headrace.engine.coordinator;

import io.headrace.api.HeadraceException;
import io.headrace.api.OnFailure;
import io.headrace.api.OperatorState;
import io.headrace.api.plan.Node;
import io.headrace.api.plan.Plan;
import io.headrace.api.plan.StateDeclaration;
import io.headrace.checkpoint.Manifest;
import io.headrace.codec.Codecs;
import io.headrace.engine.task.Contribution;
import io.headrace.engine.task.OperatorLists;
import io.headrace.engine.task.PutAside;
import io.headrace.engine.task.WatermarkFloor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The operator state in the manifests of a plan.
 *
 * @param declared all of it, without elements
 */
record ConnectorStates(List<Manifest.Connector> declared) {

  /** That of a plan. */
  static ConnectorStates of(Plan plan) {
    List<Manifest.Connector> declared = new ArrayList<>();
    for (Node node : plan.nodes()) {
      List<OperatorState<?>> states = declaredBy(node);
      if (!states.isEmpty()) {
        declared.add(
            new Manifest.Connector(
                node.name(),
                states.stream()
                    .map(ConnectorStates::withoutElements)
                    .sorted(Comparator.comparing(Manifest.OperatorState::name))
                    .toList()));
      }
    }
    declared.sort(Comparator.comparing(Manifest.Connector::name));
    return new ConnectorStates(declared);
  }

  private static List<OperatorState<?>> declaredBy(Node node) {
    List<OperatorState<?>> declared = new ArrayList<>();
    if (node instanceof Node.Source source) {
      declared.addAll(source.source().operatorStates());
    } else if (node instanceof Node.Sink sink) {
      declared.addAll(sink.sink().operatorStates());
    }
    if (node instanceof Node.KeyedProcess process
        && process.states().contains(StateDeclaration.TIMERS)) {
      declared.add(WatermarkFloor.WATERMARKS);
    }
    if (node.options().onFailure() != OnFailure.FAIL) {
      declared.add(PutAside.COUNT);
    }
    return declared;
  }

  private static Manifest.OperatorState withoutElements(OperatorState<?> state) {
    return new Manifest.OperatorState(
        state.name(),
        state.redistribution().name(),
        Codecs.of(state.type().type()).schema().json(),
        List.of());
  }

  /**
   * What a manifest says.
   *
   * @throws HeadraceException with {@code STATE_LIMIT_REACHED} if an operator has too much
   */
  List<Manifest.Connector> with(List<Contribution> contributions) {
    List<Contribution.Elements> parts =
        contributions.stream()
            .filter(Contribution.Elements.class::isInstance)
            .map(Contribution.Elements.class::cast)
            .sorted(Comparator.comparing(Contribution.Elements::task))
            .toList();
    return declared.stream()
        .map(
            connector ->
                with(
                    connector,
                    parts.stream()
                        .filter(part -> part.operator().equals(connector.name()))
                        .toList()))
        .toList();
  }

  private static Manifest.Connector with(
      Manifest.Connector connector, List<Contribution.Elements> parts) {
    List<Manifest.OperatorState> states = new ArrayList<>();
    long bytes = 0;
    for (Manifest.OperatorState state : connector.states()) {
      List<byte[]> elements = new ArrayList<>();
      for (Contribution.Elements part : counting(parts, state)) {
        elements.addAll(part.elements().get(state.name()));
      }
      bytes += elements.stream().mapToLong(element -> element.length).sum();
      states.add(
          new Manifest.OperatorState(
              state.name(), state.redistribution(), state.elementSchema(), elements));
    }
    if (bytes > OperatorLists.MOST_BYTES) {
      throw OperatorLists.tooLarge(connector.name());
    }
    return new Manifest.Connector(connector.name(), states);
  }

  /**
   * Those whose elements of a state count. Where every task is given all elements, only those in
   * which somebody could remove what they do not answer for; if nobody could in any, all have the
   * same, and one of them will do.
   */
  private static List<Contribution.Elements> counting(
      List<Contribution.Elements> parts, Manifest.OperatorState state) {
    List<Contribution.Elements> holding =
        parts.stream().filter(part -> part.elements().containsKey(state.name())).toList();
    if (!state.redistribution().equals(OperatorState.Redistribution.UNION.name())) {
      return holding;
    }
    List<Contribution.Elements> answering =
        holding.stream().filter(Contribution.Elements::isAnswering).toList();
    return answering.isEmpty() ? holding.subList(0, Math.min(1, holding.size())) : answering;
  }

  /** Why the operator state in a manifest does not fit the plan, if it does not. */
  List<String> problems(List<Manifest.Connector> stored) {
    List<String> problems = new ArrayList<>();
    for (Manifest.Connector connector : stored) {
      for (Manifest.OperatorState state : connector.states()) {
        problem(connector.name(), state).ifPresent(problems::add);
      }
    }
    return problems;
  }

  private Optional<String> problem(String operator, Manifest.OperatorState stored) {
    String what = "operator state \"" + stored.name() + "\" of operator \"" + operator + "\"";
    Optional<Manifest.OperatorState> planned =
        declared.stream()
            .filter(connector -> connector.name().equals(operator))
            .flatMap(connector -> connector.states().stream())
            .filter(state -> state.name().equals(stored.name()))
            .findFirst();
    if (planned.isEmpty() && stored.name().startsWith(OperatorLists.OF_THE_ENGINE)) {
      return Optional.empty(); // The user may change what it is for.
    }
    if (planned.isEmpty()) {
      return Optional.of("there is " + what + ", which it has not");
    }
    if (!planned.get().redistribution().equals(stored.redistribution())) {
      return Optional.of(
          what
              + " was written with redistribution "
              + stored.redistribution()
              + " and now has "
              + planned.get().redistribution());
    }
    if (!planned.get().elementSchema().equals(stored.elementSchema())) {
      return Optional.of(
          "elements of "
              + what
              + " were written as "
              + stored.elementSchema()
              + " and are now "
              + planned.get().elementSchema());
    }
    return Optional.empty();
  }
}

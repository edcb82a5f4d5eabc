package io.headrace.engine.coordinator;

import io.headrace.api.CheckpointId;
import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.plan.Node;
import io.headrace.api.plan.Plan;
import io.headrace.api.plan.StateDeclaration;
import io.headrace.checkpoint.Manifest;
import io.headrace.checkpoint.StateFile;
import io.headrace.codec.Codecs;
import io.headrace.engine.task.Contribution;
import io.headrace.state.EntrySchemas;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The manifests of a plan: what they say of its operators, and whether one that was found fits it.
 * Immutable.
 */
final class ManifestBuilder {

  private final String job;
  private final Map<String, Manifest.Operator> operators = new TreeMap<>();
  private final Map<String, Manifest.Source> sources = new TreeMap<>();
  private final Map<String, Manifest.Sink> sinks = new TreeMap<>();
  private final ConnectorStates connectors;

  ManifestBuilder(Plan plan) {
    this.job = plan.job();
    this.connectors = ConnectorStates.of(plan);
    for (Node node : plan.nodes()) {
      if (node instanceof Node.KeyedProcess process) {
        operators.put(node.name(), operator(process));
      } else if (node instanceof Node.Source source) {
        String schema = schema(source.source().positionType().type());
        sources.put(node.name(), new Manifest.Source(node.name(), schema, List.of()));
      } else if (node instanceof Node.Sink sink) {
        String schema = schema(sink.sink().committableType().type());
        sinks.put(node.name(), new Manifest.Sink(node.name(), schema, List.of()));
      }
    }
  }

  private static Manifest.Operator operator(Node.KeyedProcess process) {
    Type key = process.keyType().orElseThrow();
    List<Manifest.State> states = new ArrayList<>();
    for (StateDeclaration state : process.states()) {
      String schema = EntrySchemas.of(key, state).json();
      states.add(new Manifest.State(state.name(), state.kind().name(), schema, List.of()));
    }
    states.sort(Comparator.comparing(Manifest.State::name));
    return new Manifest.Operator(process.name(), schema(key), states);
  }

  private static String schema(Type type) {
    return Codecs.of(type).schema().json();
  }

  /** The manifest of a checkpoint. */
  Manifest build(CheckpointId checkpoint, long attempt, List<Contribution> contributions) {
    return new Manifest(
        Manifest.VERSION,
        job,
        checkpoint.value(),
        attempt,
        operators.values().stream().map(each -> withFiles(each, contributions)).toList(),
        sources.values().stream().map(each -> withPositions(each, contributions)).toList(),
        sinks.values().stream()
            .map(each -> withCommittables(each, contributions))
            .filter(each -> !each.committables().isEmpty())
            .toList(),
        connectors.with(contributions));
  }

  private static Manifest.Operator withFiles(
      Manifest.Operator operator, List<Contribution> contributions) {
    List<Manifest.State> states = new ArrayList<>();
    for (Manifest.State state : operator.states()) {
      List<StateFile> files = new ArrayList<>();
      for (Contribution contribution : contributions) {
        StateFile file = contribution.files().get(state.name());
        if (file != null && contribution.operator().equals(operator.name())) {
          files.add(file);
        }
      }
      files.sort(Comparator.comparing(StateFile::name));
      states.add(new Manifest.State(state.name(), state.kind(), state.entrySchema(), files));
    }
    return new Manifest.Operator(operator.name(), operator.keySchema(), states);
  }

  private static Manifest.Source withPositions(
      Manifest.Source source, List<Contribution> contributions) {
    List<Manifest.Position> positions = new ArrayList<>();
    for (Contribution contribution : contributions) {
      if (contribution instanceof Contribution.Positions part
          && part.operator().equals(source.name())) {
        positions.addAll(part.positions());
      }
    }
    positions.sort(Comparator.comparing(Manifest.Position::split));
    return new Manifest.Source(source.name(), source.positionSchema(), positions);
  }

  private static Manifest.Sink withCommittables(
      Manifest.Sink sink, List<Contribution> contributions) {
    List<byte[]> committables = new ArrayList<>();
    for (Contribution contribution : contributions) {
      if (contribution instanceof Contribution.Transactions part
          && part.operator().equals(sink.name())) {
        committables.addAll(part.committables());
      }
    }
    return new Manifest.Sink(sink.name(), sink.committableSchema(), committables);
  }

  /**
   * Checks that everything in a manifest has its place in the plan, with the same schema.
   *
   * @throws HeadraceException with {@code STATE_INCOMPATIBLE} and everything that has not
   */
  void checkFits(Manifest manifest) {
    List<String> problems = new ArrayList<>();
    for (Manifest.Operator stored : manifest.operators()) {
      Manifest.Operator planned = operators.get(stored.name());
      if (planned == null) {
        problems.add("there is state of operator \"" + stored.name() + "\", which it has not");
      } else {
        compare(stored, planned, problems);
      }
    }
    for (Manifest.Source stored : manifest.sources()) {
      Manifest.Source planned = sources.get(stored.name());
      compare(
          "positions of source \"" + stored.name() + "\"",
          stored.positionSchema(),
          planned == null ? "" : planned.positionSchema(),
          problems);
    }
    for (Manifest.Sink stored : manifest.sinks()) {
      Manifest.Sink planned = sinks.get(stored.name());
      compare(
          "transactions of sink \"" + stored.name() + "\"",
          stored.committableSchema(),
          planned == null ? "" : planned.committableSchema(),
          problems);
    }
    problems.addAll(connectors.problems(manifest.connectors()));
    if (!problems.isEmpty()) {
      throw new HeadraceException(
          ErrorCode.STATE_INCOMPATIBLE,
          "Job \""
              + job
              + "\" does not fit checkpoint "
              + manifest.id()
              + ": "
              + String.join("; ", problems)
              + ". Run the job as it was, or start the changed one in another directory.");
    }
  }

  private static void compare(
      Manifest.Operator stored, Manifest.Operator planned, List<String> problems) {
    String where = " of operator \"" + stored.name() + "\"";
    compare("keys" + where, stored.keySchema(), planned.keySchema(), problems);
    for (Manifest.State state : stored.states()) {
      String schema =
          planned.states().stream()
              .filter(each -> each.name().equals(state.name()))
              .filter(each -> each.kind().equals(state.kind()))
              .map(Manifest.State::entrySchema)
              .findFirst()
              .orElse("");
      compare("state \"" + state.name() + "\"" + where, state.entrySchema(), schema, problems);
    }
  }

  private static void compare(String what, String stored, String planned, List<String> problems) {
    if (planned.isEmpty()) {
      problems.add("there are " + what + ", which it has not");
    } else if (!stored.equals(planned)) {
      problems.add(what + " were written as " + stored + " and are now " + planned);
    }
  }
}

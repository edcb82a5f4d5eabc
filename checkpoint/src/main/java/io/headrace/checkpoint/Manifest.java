package io.headrace.checkpoint;

import io.headrace.api.CheckpointId;
import java.util.List;
import java.util.function.Function;

/**
 * What a checkpoint consists of. Stored as an Avro container file with one record.
 *
 * @param version of the format; this is version 1
 * @param job the name of the job
 * @param checkpoint the number of the checkpoint
 * @param attempt the number of the attempt that took it
 * @param operators the keyed operators, by name
 * @param sources the sources, by name
 * @param sinks the sinks that have prepared transactions, by name
 * @param connectors the sources and sinks that have operator state, and operators of which the
 *     engine keeps some, by name
 */
public record Manifest(
    int version,
    String job,
    long checkpoint,
    long attempt,
    List<Operator> operators,
    List<Source> sources,
    List<Sink> sinks,
    List<Connector> connectors) {

  /** The version that is written. */
  public static final int VERSION = 1;

  /** Copies and checks. */
  public Manifest {
    operators = sorted(operators, Operator::name, "operator");
    sources = sorted(sources, Source::name, "source");
    sinks = sorted(sinks, Sink::name, "sink");
    connectors = sorted(connectors, Connector::name, "connector");
    if (version != VERSION) {
      throw new IllegalArgumentException(
          "the manifest has version " + version + ", this program reads version " + VERSION);
    }
    if (checkpoint < 1 || attempt < 1) {
      throw new IllegalArgumentException(
          "checkpoint " + checkpoint + " of attempt " + attempt + ": both count from 1");
    }
  }

  /** The number of the checkpoint. */
  public CheckpointId id() {
    return new CheckpointId(checkpoint);
  }

  /** Checks that names rise: then they differ, and the same content has the same bytes. */
  private static <T> List<T> sorted(List<T> items, Function<T, String> name, String kind) {
    for (int i = 1; i < items.size(); i++) {
      String before = name.apply(items.get(i - 1));
      String after = name.apply(items.get(i));
      if (before.compareTo(after) >= 0) {
        throw new IllegalArgumentException(
            "%s \"%s\" stands before \"%s\"".formatted(kind, before, after));
      }
    }
    return List.copyOf(items);
  }

  /**
   * A keyed operator.
   *
   * @param keySchema the schema of its keys
   * @param states its states, by name
   */
  public record Operator(String name, String keySchema, List<State> states) {
    /** Copies and checks. */
    public Operator {
      states = sorted(states, State::name, "state");
    }
  }

  /**
   * A state of a keyed operator.
   *
   * @param kind what it keeps for a key, such as VALUE or MAP
   * @param entrySchema the schema of the entries in its files
   * @param files its files, by name
   */
  public record State(String name, String kind, String entrySchema, List<StateFile> files) {
    /** Copies and checks. */
    public State {
      files = sorted(files, StateFile::name, "file");
    }
  }

  /**
   * A source.
   *
   * @param positionSchema the schema of its positions
   * @param positions its splits, by name
   */
  public record Source(String name, String positionSchema, List<Position> positions) {
    /** Copies and checks. */
    public Source {
      positions = sorted(positions, Position::split, "split");
    }
  }

  /**
   * Where a split stands.
   *
   * @param position encoded
   * @param hasEnded whether everything of the split has been read
   */
  public record Position(String split, byte[] position, boolean hasEnded) {}

  /**
   * A sink with prepared transactions.
   *
   * @param committableSchema the schema of its committables
   * @param committables encoded
   */
  public record Sink(String name, String committableSchema, List<byte[]> committables) {
    /** Copies the list. */
    public Sink {
      committables = List.copyOf(committables);
    }
  }

  /**
   * An operator with operator state, most often a source or a sink.
   *
   * @param states its operator states, by name
   */
  public record Connector(String name, List<OperatorState> states) {
    /** Copies and checks. */
    public Connector {
      states = sorted(states, OperatorState::name, "operator state");
    }
  }

  /**
   * An operator state of a source or sink.
   *
   * @param redistribution which elements each task is given, such as EVEN_SPLIT or UNION
   * @param elementSchema the schema of its elements
   * @param elements encoded, those of the first task first
   */
  public record OperatorState(
      String name, String redistribution, String elementSchema, List<byte[]> elements) {
    /** Copies the list. */
    public OperatorState {
      elements = List.copyOf(elements);
    }
  }
}

package io.headrace.api.plan;

import io.headrace.api.KeySelector;
import io.headrace.api.OperatorOptions;
import io.headrace.api.WatermarkStrategy;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** One of the kinds of operator that everything a user writes is made of. */
public sealed interface Node {

  /** Its place in the plan. */
  NodeId id();

  /** Its name: chosen by the user for operators with state, sources and sinks. */
  String name();

  /** The streams it takes. */
  List<Input> inputs();

  /** What the user says of it beside what it does. */
  OperatorOptions options();

  /** How many tasks it runs as, where the user said so. */
  default OptionalInt parallelism() {
    return options().parallelism();
  }

  /** Whether it may block, because the user or the connector says so. */
  default boolean isBlocking() {
    return options().isBlocking();
  }

  /**
   * The splits of a source, read in parallel.
   *
   * @param eventTime of its values, unless they have none
   */
  record Source(
      NodeId id,
      String name,
      OperatorOptions options,
      io.headrace.api.Source<?, ?> source,
      Optional<WatermarkStrategy<?>> eventTime)
      implements Node {
    @Override
    public List<Input> inputs() {
      return List.of();
    }

    @Override
    public boolean isBlocking() {
      return options.isBlocking() || source.isBlocking();
    }
  }

  /** A stateless function of each value. */
  record Transform(
      NodeId id, String name, OperatorOptions options, Input input, Transformation transformation)
      implements Node {
    @Override
    public List<Input> inputs() {
      return List.of(input);
    }
  }

  /**
   * A stateful process over one or two keyed streams, or one beside a broadcast stream.
   *
   * @param keyed the streams with keys, all of one type
   * @param broadcast the stream of which all tasks get every value, the last of its inputs
   */
  record KeyedProcess(
      NodeId id,
      String name,
      OperatorOptions options,
      List<Keyed> keyed,
      Optional<Input> broadcast,
      ProcessFactory factory,
      List<StateDeclaration> states)
      implements Node {
    /** Copies the lists. */
    public KeyedProcess {
      keyed = List.copyOf(keyed);
      states = List.copyOf(states);
    }

    @Override
    public List<Input> inputs() {
      return Stream.concat(keyed.stream().map(Keyed::input), broadcast.stream()).toList();
    }

    /** Whether one of its inputs, counted from 0, is the broadcast stream. */
    public boolean isBroadcast(int stream) {
      return stream == keyed.size();
    }

    /** The states that belong to keys, in the order of their declaration. */
    public List<StateDeclaration> keyedStates() {
      return states.stream().filter(state -> !state.isBroadcast()).toList();
    }

    /** The states that belong to none, in the order of their declaration. */
    public List<StateDeclaration> broadcastStates() {
      return states.stream().filter(StateDeclaration::isBroadcast).toList();
    }

    /** The type of the keys, where it is known. */
    public Optional<Type> keyType() {
      return keyed.get(0).keyType();
    }
  }

  /** Several streams as one. */
  record Union(NodeId id, String name, OperatorOptions options, List<Input> inputs)
      implements Node {
    /** Copies the list. */
    public Union {
      inputs = List.copyOf(inputs);
    }
  }

  /** Writes a stream to the outside. */
  record Sink(
      NodeId id, String name, OperatorOptions options, Input input, io.headrace.api.Sink<?, ?> sink)
      implements Node {
    @Override
    public List<Input> inputs() {
      return List.of(input);
    }

    @Override
    public boolean isBlocking() {
      return options.isBlocking() || sink.isBlocking();
    }
  }

  /**
   * A keyed input.
   *
   * @param keyType the type of the keys, where it is known
   */
  record Keyed(Input input, KeySelector<?, ?> selector, Optional<Type> keyType) {}
}

package io.headrace.api.plan;

import io.headrace.api.AggregatingState;
import io.headrace.api.Aggregation;
import io.headrace.api.BroadcastState;
import io.headrace.api.BroadcastStates;
import io.headrace.api.ListState;
import io.headrace.api.MapState;
import io.headrace.api.MutableState;
import io.headrace.api.Printable;
import io.headrace.api.ReduceFunction;
import io.headrace.api.ReducingState;
import io.headrace.api.Service;
import io.headrace.api.TimerService;
import io.headrace.api.TypeToken;
import io.headrace.api.ValueState;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Records the states that a process declares; its handles cannot be used. */
final class StateRecorder implements BroadcastStates {

  private final String operator;
  private final PlanRecorder recorder;
  private final UnusableStates unusable;
  private final List<StateDeclaration> declarations = new ArrayList<>();

  StateRecorder(String operator, PlanRecorder recorder) {
    this.operator = operator;
    this.recorder = recorder;
    this.unusable = new UnusableStates(operator);
  }

  List<StateDeclaration> declarations() {
    return declarations;
  }

  @Override
  public <V> ValueState<V> value(String name, TypeToken<V> type, V initial) {
    Objects.requireNonNull(initial, "initial");
    declare(name, StateDeclaration.Kind.VALUE, type.type());
    return unusable.value(name);
  }

  @Override
  public <M, V> MapState<M, V> map(String name, TypeToken<M> mapKeyType, TypeToken<V> valueType) {
    declare(name, StateDeclaration.Kind.MAP, mapKeyType.type(), valueType.type());
    return unusable.map(name);
  }

  @Override
  public <M, V> BroadcastState<M, V> broadcast(
      String name, TypeToken<M> mapKeyType, TypeToken<V> valueType) {
    declare(name, StateDeclaration.Kind.BROADCAST, mapKeyType.type(), valueType.type());
    return unusable.broadcast(name);
  }

  @Override
  public <V> ListState<V> list(String name, TypeToken<V> type) {
    declare(name, StateDeclaration.Kind.LIST, type.type());
    return unusable.list(name);
  }

  @Override
  public <V> ReducingState<V> reducing(String name, TypeToken<V> type, ReduceFunction<V> function) {
    Objects.requireNonNull(function, "function");
    declare(name, StateDeclaration.Kind.REDUCING, type.type());
    return unusable.reducing(name);
  }

  @Override
  public <T, A, R> AggregatingState<T, R> aggregating(
      String name, TypeToken<A> accumulatorType, Aggregation<T, A, R> aggregation) {
    Objects.requireNonNull(aggregation, "aggregation");
    declare(name, StateDeclaration.Kind.AGGREGATING, accumulatorType.type());
    return unusable.aggregating(name);
  }

  @Override
  public <V> MutableState<V> mutable(String name, TypeToken<V> type, V initial) {
    Objects.requireNonNull(initial, "initial");
    declare(name, StateDeclaration.Kind.VALUE, type.type());
    return unusable.mutable(name);
  }

  @Override
  public <S> Service<S> service(Class<S> type) {
    recorder.needs(operator, Objects.requireNonNull(type, "type"));
    return unusable.service(type);
  }

  @Override
  public TimerService timers() {
    if (!declarations.contains(StateDeclaration.TIMERS)) {
      declarations.add(StateDeclaration.TIMERS);
    }
    return unusable.timers();
  }

  private void declare(String name, StateDeclaration.Kind kind, Type... types) {
    if (name == null || name.isBlank()) {
      recorder.problem(
          operator, "One of its states has no name.", "Give each state a name that will last.");
      return;
    }
    if (!Printable.isName(name)) {
      recorder.problem(
          operator,
          "The name of its state \"" + name + "\" has a character in it that does not show.",
          "Take line breaks and other control characters out of it.");
    }
    if (name.startsWith(StateDeclaration.OF_THE_ENGINE)) {
      recorder.problem(
          operator,
          "Its state \"" + name + "\" has a name of the engine's own.",
          "Give it a name that does not begin with headrace.");
      return;
    }
    for (StateDeclaration other : declarations) {
      if (other.name().equals(name)) {
        recorder.problem(
            operator,
            "Two of its states are named \"" + name + "\".",
            "Give each state of an operator a name of its own.");
        return;
      }
    }
    declarations.add(new StateDeclaration(name, kind, List.of(types)));
  }
}

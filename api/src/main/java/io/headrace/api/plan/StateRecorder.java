package io.headrace.api.plan;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.MapState;
import io.headrace.api.States;
import io.headrace.api.TypeToken;
import io.headrace.api.ValueState;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Records the states that a process declares; its handles cannot be used. */
final class StateRecorder implements States {

  private final String operator;
  private final PlanRecorder recorder;
  private final List<StateDeclaration> declarations = new ArrayList<>();

  StateRecorder(String operator, PlanRecorder recorder) {
    this.operator = operator;
    this.recorder = recorder;
  }

  List<StateDeclaration> declarations() {
    return declarations;
  }

  @Override
  public <V> ValueState<V> value(String name, TypeToken<V> type, V initial) {
    Objects.requireNonNull(initial, "initial");
    declare(name, StateDeclaration.Kind.VALUE, type.type());
    return new UnusableValue<>(name);
  }

  @Override
  public <M, V> MapState<M, V> map(String name, TypeToken<M> mapKeyType, TypeToken<V> valueType) {
    declare(name, StateDeclaration.Kind.MAP, mapKeyType.type(), valueType.type());
    return new UnusableMap<>(name);
  }

  private void declare(String name, StateDeclaration.Kind kind, Type... types) {
    if (name == null || name.isBlank()) {
      recorder.problem(
          operator, "One of its states has no name.", "Give each state a name that will last.");
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

  private HeadraceException unusable(String name) {
    return new HeadraceException(
            ErrorCode.STATE_OUT_OF_SCOPE,
            "State \""
                + name
                + "\" of operator \""
                + operator
                + "\" was used in the constructor of its process. State belongs to a key: use it in"
                + " process(...) only.")
        .ofOperator(operator);
  }

  private final class UnusableValue<V> implements ValueState<V> {
    private final String name;

    UnusableValue(String name) {
      this.name = name;
    }

    @Override
    public V get() {
      throw unusable(name);
    }

    @Override
    public void set(V value) {
      throw unusable(name);
    }

    @Override
    public void clear() {
      throw unusable(name);
    }
  }

  private final class UnusableMap<M, V> implements MapState<M, V> {
    private final String name;

    UnusableMap(String name) {
      this.name = name;
    }

    @Override
    public Optional<V> get(M mapKey) {
      throw unusable(name);
    }

    @Override
    public void put(M mapKey, V value) {
      throw unusable(name);
    }

    @Override
    public void remove(M mapKey) {
      throw unusable(name);
    }

    @Override
    public int size() {
      throw unusable(name);
    }

    @Override
    public void forEach(BiConsumer<? super M, ? super V> action) {
      throw unusable(name);
    }

    @Override
    public void clear() {
      throw unusable(name);
    }
  }
}

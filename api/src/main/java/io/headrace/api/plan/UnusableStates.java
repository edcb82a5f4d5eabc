package io.headrace.api.plan;

import io.headrace.api.AggregatingState;
import io.headrace.api.BroadcastState;
import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.ListState;
import io.headrace.api.MapState;
import io.headrace.api.MutableState;
import io.headrace.api.ReducingState;
import io.headrace.api.Service;
import io.headrace.api.TimerService;
import io.headrace.api.ValueState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** The handles that a process gets while its states are only recorded: each call is refused. */
final class UnusableStates {

  private final String operator;

  UnusableStates(String operator) {
    this.operator = operator;
  }

  <V> ValueState<V> value(String name) {
    return new Value<>(name);
  }

  <M, V> MapState<M, V> map(String name) {
    return new OfMap<>(name);
  }

  <M, V> BroadcastState<M, V> broadcast(String name) {
    return new Broadcast<>(name);
  }

  <V> ListState<V> list(String name) {
    return new OfList<>(name);
  }

  <V> ReducingState<V> reducing(String name) {
    return new Reducing<>(name);
  }

  <T, R> AggregatingState<T, R> aggregating(String name) {
    return new Aggregating<>(name);
  }

  <V> MutableState<V> mutable(String name) {
    return new Value<>(name);
  }

  <S> Service<S> service(Class<S> type) {
    return () -> {
      throw new HeadraceException(
              ErrorCode.STATE_OUT_OF_SCOPE,
              "The service of %s was used in the constructor of the process of operator \"%s\". It is open while the job runs: keep the Service, and call get() in process(...) and onTimer(...) only."
                  .formatted(type.getName(), operator))
          .ofOperator(operator);
    };
  }

  TimerService timers() {
    return new Timers();
  }

  private HeadraceException unusable(String name) {
    return new HeadraceException(
            ErrorCode.STATE_OUT_OF_SCOPE,
            "State \""
                + name
                + "\" of operator \""
                + operator
                + "\" was used in the constructor of its process. State belongs to a key: use it in"
                + " process(...) and onTimer(...) only.")
        .ofOperator(operator);
  }

  private final class Value<V> implements ValueState<V>, MutableState<V> {
    private final String name;

    Value(String name) {
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

  private final class OfMap<M, V> implements MapState<M, V> {
    private final String name;

    OfMap(String name) {
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

  private final class Broadcast<M, V> implements BroadcastState<M, V> {
    private final String name;

    Broadcast(String name) {
      this.name = name;
    }

    @Override
    public Optional<V> get(M mapKey) {
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
  }

  private final class OfList<V> implements ListState<V> {
    private final String name;

    OfList(String name) {
      this.name = name;
    }

    @Override
    public void add(V value) {
      throw unusable(name);
    }

    @Override
    public void addAll(List<? extends V> values) {
      throw unusable(name);
    }

    @Override
    public V get(int index) {
      throw unusable(name);
    }

    @Override
    public int size() {
      throw unusable(name);
    }

    @Override
    public void forEach(Consumer<? super V> action) {
      throw unusable(name);
    }

    @Override
    public void update(List<? extends V> values) {
      throw unusable(name);
    }

    @Override
    public void clear() {
      throw unusable(name);
    }
  }

  private final class Reducing<V> implements ReducingState<V> {
    private final String name;

    Reducing(String name) {
      this.name = name;
    }

    @Override
    public void add(V value) {
      throw unusable(name);
    }

    @Override
    public Optional<V> get() {
      throw unusable(name);
    }

    @Override
    public void clear() {
      throw unusable(name);
    }
  }

  private final class Timers implements TimerService {

    private HeadraceException unusable() {
      return UnusableStates.this.unusable(StateDeclaration.TIMERS.name());
    }

    @Override
    public Instant currentProcessingTime() {
      throw unusable();
    }

    @Override
    public Optional<Instant> currentWatermark() {
      throw unusable();
    }

    @Override
    public void registerEventTimeTimer(Instant time) {
      throw unusable();
    }

    @Override
    public void registerProcessingTimeTimer(Instant time) {
      throw unusable();
    }

    @Override
    public void deleteEventTimeTimer(Instant time) {
      throw unusable();
    }

    @Override
    public void deleteProcessingTimeTimer(Instant time) {
      throw unusable();
    }
  }

  private final class Aggregating<T, R> implements AggregatingState<T, R> {
    private final String name;

    Aggregating(String name) {
      this.name = name;
    }

    @Override
    public void add(T value) {
      throw unusable(name);
    }

    @Override
    public Optional<R> get() {
      throw unusable(name);
    }

    @Override
    public void clear() {
      throw unusable(name);
    }
  }
}

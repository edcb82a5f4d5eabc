package io.headrace.simulation;

import io.headrace.api.AggregatingState;
import io.headrace.api.Aggregation;
import io.headrace.api.BroadcastState;
import io.headrace.api.BroadcastStates;
import io.headrace.api.ListState;
import io.headrace.api.MapState;
import io.headrace.api.MutableState;
import io.headrace.api.ReduceFunction;
import io.headrace.api.ReducingState;
import io.headrace.api.Service;
import io.headrace.api.TypeToken;
import io.headrace.api.ValueState;
import io.headrace.codec.Codec;
import io.headrace.codec.Codecs;
import io.headrace.codec.Decoder;
import io.headrace.codec.Encoder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Keyed state in plain maps: what the oracle gives to processes. */
final class PlainStates implements BroadcastStates {

  private final Map<String, Map<Object, ?>> byState = new TreeMap<>();
  private final PlainTimers timers = new PlainTimers(this::key);
  private Object key = "";

  void enter(Object current) {
    key = current;
  }

  private Object key() {
    return key;
  }

  /**
   * What each state holds: of a value, by key; of a map, by a list of key and map key; of a list,
   * by a list of key and index; of broadcast state, by a list of the map key. Absent values are
   * absent.
   */
  Map<String, Map<Object, ?>> contents() {
    return byState;
  }

  @Override
  public <V> ValueState<V> value(String name, TypeToken<V> type, V initial) {
    Map<Object, Object> values = new HashMap<>();
    byState.put(name, values);
    return new ValueState<>() {
      @Override
      @SuppressWarnings("unchecked") // Only values of the type are put.
      public V get() {
        return (V) values.getOrDefault(key, initial);
      }

      @Override
      public void set(V value) {
        values.put(key, value);
      }

      @Override
      public void clear() {
        values.remove(key);
      }
    };
  }

  @Override
  public <M, V> MapState<M, V> map(String name, TypeToken<M> mapKeyType, TypeToken<V> valueType) {
    Map<Object, Object> values = new HashMap<>();
    byState.put(name, values);
    return new PlainMap<>(values);
  }

  @Override
  public <M, V> BroadcastState<M, V> broadcast(
      String name, TypeToken<M> mapKeyType, TypeToken<V> valueType) {
    Map<Object, Object> values = new HashMap<>();
    byState.put(name, values);
    return new PlainBroadcast<>(values);
  }

  @Override
  public <V> ListState<V> list(String name, TypeToken<V> type) {
    Map<Object, Object> values = new HashMap<>();
    byState.put(name, values);
    return new PlainList<>(values);
  }

  @Override
  public <V> ReducingState<V> reducing(String name, TypeToken<V> type, ReduceFunction<V> function) {
    Map<Object, V> values = new HashMap<>();
    byState.put(name, values);
    return new ReducingState<>() {
      @Override
      public void add(V value) {
        values.merge(key, value, function::reduce);
      }

      @Override
      public Optional<V> get() {
        return Optional.ofNullable(values.get(key));
      }

      @Override
      public void clear() {
        values.remove(key);
      }
    };
  }

  @Override
  public <T, A, R> AggregatingState<T, R> aggregating(
      String name, TypeToken<A> accumulatorType, Aggregation<T, A, R> aggregation) {
    Map<Object, A> values = new HashMap<>();
    byState.put(name, values);
    return new AggregatingState<>() {
      @Override
      public void add(T value) {
        A before = values.containsKey(key) ? values.get(key) : aggregation.initial();
        values.put(key, aggregation.add(before, value));
      }

      @Override
      public Optional<R> get() {
        return Optional.ofNullable(values.get(key)).map(aggregation::result);
      }

      @Override
      public void clear() {
        values.remove(key);
      }
    };
  }

  @Override
  public <S> Service<S> service(Class<S> type) {
    throw new UnsupportedOperationException("simulated jobs use no services");
  }

  @Override
  public PlainTimers timers() {
    return timers;
  }

  /** An object that is used is changed: one that is not would be kept here, and nowhere else. */
  @Override
  public <V> MutableState<V> mutable(String name, TypeToken<V> type, V initial) {
    Codec<V> codec = Codecs.mutable(type);
    Map<Object, V> values = new HashMap<>();
    byState.put(name, values);
    return new MutableState<>() {
      @Override
      public V get() {
        return values.computeIfAbsent(key, any -> copy(initial));
      }

      @Override
      public void set(V value) {
        values.put(key, copy(value));
      }

      @Override
      public void clear() {
        values.remove(key);
      }

      private V copy(V value) {
        Encoder bytes = new Encoder();
        codec.encode(value, bytes);
        return codec.decode(new Decoder(bytes.toBytes()));
      }
    };
  }

  private final class PlainList<V> implements ListState<V> {

    private final Map<Object, Object> values;

    PlainList(Map<Object, Object> values) {
      this.values = values;
    }

    private Object at(long index) {
      return List.of(key, index);
    }

    @Override
    public void add(V value) {
      values.put(at(size()), value);
    }

    @Override
    @SuppressWarnings("unchecked") // Only values of the type are put.
    public V get(int index) {
      return (V) Optional.ofNullable(values.get(at(index))).orElseThrow();
    }

    @Override
    public int size() {
      int size = 0;
      while (values.containsKey(at(size))) {
        size++;
      }
      return size;
    }

    @Override
    public void forEach(Consumer<? super V> action) {
      for (int index = 0; index < size(); index++) {
        action.accept(get(index));
      }
    }

    @Override
    public void update(List<? extends V> replacement) {
      clear();
      addAll(replacement);
    }

    @Override
    public void clear() {
      for (long last = size() - 1L; last >= 0; last--) {
        values.remove(at(last));
      }
    }
  }

  /**
   * The documented order: that of first puts; a removal moves the last to the removed one's place.
   */
  private final class PlainMap<M, V> implements MapState<M, V> {

    private final Map<Object, Object> values;
    private final Map<Object, List<M>> order = new HashMap<>();

    PlainMap(Map<Object, Object> values) {
      this.values = values;
    }

    private List<M> order() {
      return order.computeIfAbsent(key, any -> new ArrayList<>());
    }

    @Override
    @SuppressWarnings("unchecked") // Only values of the type are put.
    public Optional<V> get(M mapKey) {
      return Optional.ofNullable((V) values.get(List.of(key, mapKey)));
    }

    @Override
    public void put(M mapKey, V value) {
      if (values.put(List.of(key, mapKey), value) == null) {
        order().add(mapKey);
      }
    }

    @Override
    public void remove(M mapKey) {
      if (values.remove(List.of(key, mapKey)) != null) {
        List<M> mapKeys = order();
        int at = mapKeys.indexOf(mapKey);
        M last = mapKeys.remove(mapKeys.size() - 1);
        if (at < mapKeys.size()) {
          mapKeys.set(at, last);
        }
      }
    }

    @Override
    public int size() {
      return order().size();
    }

    @Override
    public void forEach(BiConsumer<? super M, ? super V> action) {
      for (M mapKey : order()) {
        action.accept(mapKey, get(mapKey).orElseThrow());
      }
    }

    @Override
    public void clear() {
      for (M mapKey : order()) {
        values.remove(List.of(key, mapKey));
      }
      order().clear();
    }
  }
}

package io.headrace.api.plan;

import io.headrace.api.AggregateFunction;
import io.headrace.api.BroadcastConnectedStream;
import io.headrace.api.BroadcastStream;
import io.headrace.api.ConnectedStreams;
import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.KeySelector;
import io.headrace.api.KeyValue;
import io.headrace.api.KeyedProcess;
import io.headrace.api.KeyedProcessFactory;
import io.headrace.api.KeyedStream;
import io.headrace.api.Stream;
import io.headrace.api.TypeToken;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A keyed stream of a plan being recorded. */
final class RecordedKeyedStream<K, T> implements KeyedStream<K, T> {

  private final PlanRecorder recorder;
  private final RecordedStream<T> stream;
  private final KeySelector<? super T, K> selector;
  private final TypeSlot keyType;

  RecordedKeyedStream(
      PlanRecorder recorder,
      RecordedStream<T> stream,
      KeySelector<? super T, K> selector,
      TypeSlot keyType) {
    this.recorder = recorder;
    this.stream = stream;
    this.selector = selector;
    this.keyType = keyType;
  }

  @Override
  public <R> Stream<R> process(String name, KeyedProcessFactory<K, T, R> factory) {
    Objects.requireNonNull(factory, "factory");
    StateRecorder states = new StateRecorder(name, recorder);
    Optional<KeyedProcess<K, T, R>> process = recorder.sample(name, factory::create, states);
    Optional<Type> result = Optional.empty();
    if (process.isPresent()) {
      keyType.offer(FunctionTypes.argument(process.get(), KeyedProcess.class, 0));
      stream.type().offer(FunctionTypes.argument(process.get(), KeyedProcess.class, 1));
      result = FunctionTypes.argument(process.get(), KeyedProcess.class, 2);
    }
    return record(name, factory, states, new TypeSlot(result));
  }

  @Override
  public <S> Stream<KeyValue<K, S>> aggregate(
      String name, TypeToken<S> type, S initial, AggregateFunction<S, ? super T> function) {
    Objects.requireNonNull(function, "function");
    stream.type().offer(FunctionTypes.parameter(function, AggregateFunction.class, 1, 1));
    KeyedProcessFactory<K, T, KeyValue<K, S>> factory =
        states -> new Aggregate<>(states.value(name, type, initial), function);
    StateRecorder states = new StateRecorder(name, recorder);
    recorder.sample(name, factory::create, states);
    Optional<Type> result =
        keyType.type().map(key -> TypeToken.generic(KeyValue.class, key, type.type()).type());
    return record(name, factory, states, new TypeSlot(result));
  }

  @Override
  public <U> ConnectedStreams<K, T, U> connect(KeyedStream<K, U> other) {
    if (other instanceof RecordedKeyedStream<K, U> second && second.recorder == recorder) {
      return new RecordedConnectedStreams<>(recorder, this, second);
    }
    throw new HeadraceException(
        ErrorCode.INVALID_JOB,
        "A stream of another pipeline was passed: connect only streams of one pipeline.");
  }

  @Override
  public <B> BroadcastConnectedStream<K, T, B> connect(BroadcastStream<B> broadcast) {
    if (broadcast instanceof RecordedBroadcastStream<B> recorded
        && recorded.recorder() == recorder) {
      return new RecordedBroadcastConnectedStream<>(recorder, this, recorded.stream());
    }
    throw new HeadraceException(
        ErrorCode.INVALID_JOB,
        "A stream of another pipeline was passed: connect only streams of one pipeline.");
  }

  RecordedStream<T> stream() {
    return stream;
  }

  TypeSlot keyType() {
    return keyType;
  }

  /** The stream as an input, with its types as far as they are known by now. */
  Node.Keyed keyed() {
    return new Node.Keyed(stream.input(), selector, keyType.type());
  }

  private <R> Stream<R> record(
      String name, KeyedProcessFactory<K, T, R> factory, StateRecorder states, TypeSlot result) {
    stream.taken();
    OperatorDraft draft =
        recorder.process(
            name,
            self ->
                new Node.KeyedProcess(
                    self.id(),
                    self.name(),
                    self.options(),
                    List.of(keyed()),
                    Optional.empty(),
                    new ProcessFactory.OfOne(factory),
                    states.declarations()));
    recorder.requireKeyType(draft, keyType);
    return recorder.stream(draft, Optional.empty(), result);
  }
}

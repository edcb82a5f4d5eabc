package io.headrace.api.plan;

import io.headrace.api.ConnectedStreams;
import io.headrace.api.KeyedCoProcess;
import io.headrace.api.KeyedCoProcessFactory;
import io.headrace.api.Stream;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Two keyed streams of a plan being recorded. */
final class RecordedConnectedStreams<K, A, B> implements ConnectedStreams<K, A, B> {

  private final PlanRecorder recorder;
  private final RecordedKeyedStream<K, A> first;
  private final RecordedKeyedStream<K, B> second;

  RecordedConnectedStreams(
      PlanRecorder recorder, RecordedKeyedStream<K, A> first, RecordedKeyedStream<K, B> second) {
    this.recorder = recorder;
    this.first = first;
    this.second = second;
  }

  @Override
  public <R> Stream<R> process(String name, KeyedCoProcessFactory<K, A, B, R> factory) {
    Objects.requireNonNull(factory, "factory");
    StateRecorder states = new StateRecorder(name, recorder);
    Optional<KeyedCoProcess<K, A, B, R>> process = recorder.sample(name, factory::create, states);
    Optional<Type> result = Optional.empty();
    if (process.isPresent()) {
      first.keyType().offer(FunctionTypes.argument(process.get(), KeyedCoProcess.class, 0));
      first.stream().type().offer(FunctionTypes.argument(process.get(), KeyedCoProcess.class, 1));
      second.stream().type().offer(FunctionTypes.argument(process.get(), KeyedCoProcess.class, 2));
      result = FunctionTypes.argument(process.get(), KeyedCoProcess.class, 3);
    }
    first.keyType().offer(second.keyType().type());
    second.keyType().offer(first.keyType().type());
    first.stream().taken();
    second.stream().taken();
    OperatorDraft draft =
        recorder.process(
            name,
            self ->
                new Node.KeyedProcess(
                    self.id(),
                    self.name(),
                    self.options(),
                    List.of(first.keyed(), second.keyed()),
                    Optional.empty(),
                    new ProcessFactory.OfTwo(factory),
                    states.declarations()));
    recorder.requireKeyType(draft, first.keyType());
    recorder.requireSameKeys(draft, first.keyType(), second.keyType());
    return recorder.stream(draft, Optional.empty(), new TypeSlot(result));
  }
}

package io.headrace.api.plan;

import io.headrace.api.BroadcastConnectedStream;
import io.headrace.api.KeyedBroadcastProcess;
import io.headrace.api.KeyedBroadcastProcessFactory;
import io.headrace.api.Stream;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A keyed stream of a plan being recorded, beside one that is broadcast. */
record RecordedBroadcastConnectedStream<K, T, B>(
    PlanRecorder recorder, RecordedKeyedStream<K, T> keyed, RecordedStream<B> broadcast)
    implements BroadcastConnectedStream<K, T, B> {

  @Override
  public <R> Stream<R> process(String name, KeyedBroadcastProcessFactory<K, T, B, R> factory) {
    Objects.requireNonNull(factory, "factory");
    StateRecorder states = new StateRecorder(name, recorder);
    Optional<KeyedBroadcastProcess<K, T, B, R>> process =
        recorder.sample(name, any -> factory.create(states), states);
    Optional<Type> result = Optional.empty();
    if (process.isPresent()) {
      offer(process.get());
      result = FunctionTypes.argument(process.get(), KeyedBroadcastProcess.class, 3);
    }
    keyed.stream().taken();
    broadcast.taken();
    OperatorDraft draft =
        recorder.process(
            name,
            self ->
                new Node.KeyedProcess(
                    self.id(),
                    self.name(),
                    self.options(),
                    List.of(keyed.keyed()),
                    Optional.of(broadcast.input()),
                    new ProcessFactory.OfBroadcast(factory),
                    states.declarations()));
    recorder.requireKeyType(draft, keyed.keyType());
    return recorder.stream(draft, Optional.empty(), new TypeSlot(result));
  }

  private void offer(KeyedBroadcastProcess<K, T, B, ?> process) {
    Class<?> its = KeyedBroadcastProcess.class;
    keyed.keyType().offer(FunctionTypes.argument(process, its, 0));
    keyed.stream().type().offer(FunctionTypes.argument(process, its, 1));
    broadcast.type().offer(FunctionTypes.argument(process, its, 2));
  }
}

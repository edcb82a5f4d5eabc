package io.headrace.api.plan;

import io.headrace.api.BroadcastStream;
import io.headrace.api.DeadLetter;
import io.headrace.api.FilterFunction;
import io.headrace.api.FlatMapFunction;
import io.headrace.api.KeySelector;
import io.headrace.api.KeyedStream;
import io.headrace.api.MapFunction;
import io.headrace.api.OnFailure;
import io.headrace.api.SideOutput;
import io.headrace.api.Sink;
import io.headrace.api.Stream;
import io.headrace.api.TypeToken;
import io.headrace.api.WrittenStream;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A stream of a plan being recorded: one output of one operator. */
final class RecordedStream<T> implements Stream<T> {

  private final PlanRecorder recorder;
  private final OperatorDraft producer;
  private final Optional<SideOutput<?>> side;
  private final TypeSlot type;
  private boolean isTaken;

  RecordedStream(
      PlanRecorder recorder, OperatorDraft producer, Optional<SideOutput<?>> side, TypeSlot type) {
    this.recorder = recorder;
    this.producer = producer;
    this.side = side;
    this.type = type;
  }

  OperatorDraft producer() {
    return producer;
  }

  Optional<SideOutput<?>> side() {
    return side;
  }

  TypeSlot type() {
    return type;
  }

  boolean isTaken() {
    return isTaken;
  }

  /** The stream as the input of another operator. */
  Input taken() {
    isTaken = true;
    return input();
  }

  /** The stream as an input, with its type as far as it is known by now. */
  Input input() {
    return new Input(producer.id(), side, type.type());
  }

  @Override
  public <R> Stream<R> map(MapFunction<? super T, ? extends R> function) {
    Objects.requireNonNull(function, "function");
    type.offer(FunctionTypes.parameter(function, MapFunction.class, 0, 0));
    return transform(
        "map",
        new Transformation.Map(function),
        new TypeSlot(FunctionTypes.result(function, MapFunction.class, 1)));
  }

  @Override
  public Stream<T> filter(FilterFunction<? super T> condition) {
    Objects.requireNonNull(condition, "condition");
    type.offer(FunctionTypes.parameter(condition, FilterFunction.class, 0, 0));
    return transform("filter", new Transformation.Filter(condition), type);
  }

  @Override
  public <R> Stream<R> flatMap(FlatMapFunction<? super T, R> function) {
    Objects.requireNonNull(function, "function");
    type.offer(FunctionTypes.parameter(function, FlatMapFunction.class, 0, 0));
    return transform(
        "flatMap",
        new Transformation.FlatMap(function),
        new TypeSlot(FunctionTypes.argument(function, FlatMapFunction.class, 1)));
  }

  private <R> Stream<R> transform(String kind, Transformation transformation, TypeSlot result) {
    taken();
    OperatorDraft draft =
        recorder.stateless(
            kind,
            self ->
                new Node.Transform(
                    self.id(), self.name(), self.options(), input(), transformation));
    return recorder.stream(draft, Optional.empty(), result);
  }

  @Override
  public Stream<T> as(TypeToken<T> declared) {
    if (!type.declare(declared.type())) {
      recorder.problem(
          producer,
          "Its stream is said to be of " + declared + ", but its producer says otherwise.",
          "Name the type that the stream has, or convert it with map.");
    }
    return this;
  }

  @Override
  public Stream<T> union(Stream<T> other) {
    return recorder.own(other).map(this::unionWith).orElseGet(this::notUnited);
  }

  private Stream<T> notUnited() {
    recorder.problem(
        producer,
        "Its stream is united with one of another pipeline.",
        "Unite streams that come from the sources of one pipeline.");
    return this;
  }

  private Stream<T> unionWith(RecordedStream<T> second) {
    type.offer(second.type.type());
    second.type.offer(type.type());
    taken();
    second.taken();
    OperatorDraft draft =
        recorder.union(
            self ->
                new Node.Union(
                    self.id(), self.name(), self.options(), List.of(input(), second.input())));
    return recorder.stream(draft, Optional.empty(), type);
  }

  @Override
  public <K> KeyedStream<K, T> keyBy(KeySelector<? super T, K> key) {
    Objects.requireNonNull(key, "key");
    type.offer(FunctionTypes.parameter(key, KeySelector.class, 0, 0));
    TypeSlot keyType = new TypeSlot(FunctionTypes.result(key, KeySelector.class, 1));
    return new RecordedKeyedStream<>(recorder, this, key, keyType);
  }

  @Override
  public <K> KeyedStream<K, T> keyBy(TypeToken<K> keyType, KeySelector<? super T, K> key) {
    Objects.requireNonNull(key, "key");
    type.offer(FunctionTypes.parameter(key, KeySelector.class, 0, 0));
    return new RecordedKeyedStream<>(
        recorder, this, key, new TypeSlot(Optional.of(keyType.type())));
  }

  @Override
  public BroadcastStream<T> broadcast() {
    MapFunction<Object, Object> same = value -> value;
    taken();
    OperatorDraft draft =
        recorder.stateless(
            "broadcast",
            self ->
                new Node.Transform(
                    self.id(), self.name(), self.options(), input(), new Transformation.Map(same)));
    recorder.parallelism(draft, 1); // One task gives all values one order.
    return new RecordedBroadcastStream<>(recorder, recorder.stream(draft, Optional.empty(), type));
  }

  @Override
  public <S> Stream<S> side(SideOutput<S> output) {
    Type sideType = output.type().type();
    if (output.name().equals(DeadLetter.OUTPUT.name())) {
      recorder.problem(
          producer,
          "A side output is named \"" + output.name() + "\".",
          "Choose another name: dead letters have this one.");
    }
    if (side.isPresent() || !recorder.isProcess(producer)) {
      recorder.problem(
          producer,
          "The side output \"" + output.name() + "\" is taken from it, but it is not a process.",
          "Take side outputs from the stream that process(...) returned.");
    }
    return recorder.stream(producer, Optional.of(output), new TypeSlot(Optional.of(sideType)));
  }

  @Override
  public Stream<T> parallelism(int parallelism) {
    recorder.parallelism(producer, parallelism);
    return this;
  }

  @Override
  public Stream<T> blocking() {
    recorder.blocking(producer);
    return this;
  }

  @Override
  public Stream<T> skipFailures() {
    recorder.onFailure(producer, OnFailure.SKIP);
    return this;
  }

  @Override
  public Stream<DeadLetter> deadLetters() {
    return recorder.deadLetters(producer);
  }

  @Override
  public WrittenStream sink(String name, Sink<? super T, ?> sink) {
    Objects.requireNonNull(sink, "sink");
    taken();
    OperatorDraft draft =
        recorder.named(
            name, self -> new Node.Sink(self.id(), self.name(), self.options(), input(), sink));
    return new RecordedWrittenStream(recorder, draft);
  }
}

package io.headrace.api.plan;

import io.headrace.api.DeadLetter;
import io.headrace.api.OnFailure;
import io.headrace.api.Stream;
import io.headrace.api.WrittenStream;

/** What a sink of a plan being recorded can be told. */
final class RecordedWrittenStream implements WrittenStream {

  private final PlanRecorder recorder;
  private final OperatorDraft sink;

  RecordedWrittenStream(PlanRecorder recorder, OperatorDraft sink) {
    this.recorder = recorder;
    this.sink = sink;
  }

  @Override
  public WrittenStream parallelism(int parallelism) {
    recorder.parallelism(sink, parallelism);
    return this;
  }

  @Override
  public WrittenStream blocking() {
    recorder.blocking(sink);
    return this;
  }

  @Override
  public WrittenStream skipFailures() {
    recorder.onFailure(sink, OnFailure.SKIP);
    return this;
  }

  @Override
  public Stream<DeadLetter> deadLetters() {
    return recorder.deadLetters(sink);
  }
}

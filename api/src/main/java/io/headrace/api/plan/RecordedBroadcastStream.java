package io.headrace.api.plan;

import io.headrace.api.BroadcastStream;

/**
 * A broadcast stream of a plan being recorded: the output of an operator with one task, which all
 * values pass, so that they have one order.
 */
record RecordedBroadcastStream<T>(PlanRecorder recorder, RecordedStream<T> stream)
    implements BroadcastStream<T> {}

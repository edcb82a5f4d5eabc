package io.headrace.flink.operators;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.SideOutput;
import io.headrace.flink.recipe.InPlan;
import io.headrace.flink.types.CodecTypeInformation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Where an operator emits to. What it emits for one value can be held back until it is known that
 * it did not fail on it. The thread of the task.
 */
final class Outputs {

  /** The time of values that have none. */
  static final long NO_TIMESTAMP = Long.MIN_VALUE;

  private final String operator;
  private final Output<StreamRecord<Object>> output;
  private final boolean isTaken;
  private final boolean holdsBack;
  private final Map<String, OutputTag<Object>> sides = new HashMap<>();
  private final List<Runnable> heldBack = new ArrayList<>();
  private long timestamp = NO_TIMESTAMP;

  Outputs(InPlan<?> place, Output<StreamRecord<Object>> output, boolean holdsBack) {
    this.operator = place.node().name();
    this.output = output;
    this.isTaken = place.isTaken();
    this.holdsBack = holdsBack;
    place.sides().forEach((name, side) -> sides.put(name, tag(side)));
  }

  /** A side output, for Flink. */
  static OutputTag<Object> tag(SideOutput<?> side) {
    return new OutputTag<>(side.name(), CodecTypeInformation.of(side.type().type()));
  }

  /** What is emitted from now on happened at a time. */
  void at(long time) {
    timestamp = time;
  }

  long timestamp() {
    return timestamp;
  }

  void emit(Object value) {
    present(value);
    if (isTaken) {
      StreamRecord<Object> record = record(value);
      go(() -> output.collect(record));
    }
  }

  void emit(SideOutput<?> to, Object value) {
    present(value);
    OutputTag<Object> tag = sides.get(to.name());
    if (tag == null) {
      throw new HeadraceException(
              ErrorCode.SIDE_OUTPUT_UNCONNECTED,
              "Operator \""
                  + operator
                  + "\" emitted to its side output \""
                  + to.name()
                  + "\", which nothing takes. Take it with stream.side(...), or do not emit to"
                  + " it.")
          .ofOperator(operator);
    }
    StreamRecord<Object> record = record(value);
    go(() -> output.collect(tag, record));
  }

  /** Emits to a side output if something takes it, without holding it back. */
  void emitIfTaken(SideOutput<?> to, Object value) {
    OutputTag<Object> tag = sides.get(to.name());
    if (tag != null) {
      output.collect(tag, record(value));
    }
  }

  private void go(Runnable emission) {
    if (holdsBack) {
      heldBack.add(emission);
    } else {
      emission.run();
    }
  }

  private StreamRecord<Object> record(Object value) {
    return timestamp == NO_TIMESTAMP
        ? new StreamRecord<>(value)
        : new StreamRecord<>(value, timestamp);
  }

  private void present(Object value) {
    if (value == null) {
      throw new HeadraceException(
              ErrorCode.USER_FUNCTION_FAILED,
              "Operator \""
                  + operator
                  + "\" produced null. Streams carry no nulls: use Optional, or filter or flatMap"
                  + " to produce nothing.")
          .ofOperator(operator);
    }
  }

  /** Lets go what was held back. */
  void release() {
    heldBack.forEach(Runnable::run);
    heldBack.clear();
  }

  /** Forgets what was held back. */
  void drop() {
    heldBack.clear();
  }
}

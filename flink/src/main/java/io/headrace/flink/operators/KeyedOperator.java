package io.headrace.flink.operators;

import io.headrace.api.DeadLetter;
import io.headrace.api.HeadraceException;
import io.headrace.api.Services;
import io.headrace.api.TimeDomain;
import io.headrace.api.plan.Node;
import io.headrace.api.plan.Processing;
import io.headrace.codec.Codecs;
import io.headrace.codec.KeyCodec;
import io.headrace.codec.Millis;
import io.headrace.flink.recipe.InPlan;
import io.headrace.flink.types.DeclaredTypes;
import io.headrace.flink.types.EncodedKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractInput;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorV2;
import org.apache.flink.streaming.api.operators.BoundedMultiInput;
import org.apache.flink.streaming.api.operators.Input;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.MultipleInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/** A process over one or two keyed streams. The thread of the task. */
final class KeyedOperator extends AbstractStreamOperatorV2<Object>
    implements MultipleInputStreamOperator<Object>,
        BoundedMultiInput,
        Triggerable<EncodedKey, VoidNamespace> {

  private final Node.KeyedProcess node;

  /** What it stores, which is known as long as this is kept. */
  @SuppressWarnings("UnusedVariable")
  private final DeclaredTypes types;

  private final List<PlanKeySelector> selectors;
  private final KeyCodec<Object> keys;
  private final Services.Open services;
  private final Guard guard;
  private final Outputs outputs;
  private final Scope scope;
  private final ProcessContext now;
  private int inputsLeft;
  private @Nullable FlinkStates states;
  private @Nullable Processing processing;

  KeyedOperator(
      StreamOperatorParameters<Object> parameters,
      InPlan<Node.KeyedProcess> place,
      DeclaredTypes types,
      List<PlanKeySelector> selectors) {
    super(parameters, place.node().inputs().size());
    this.node = place.node();
    this.types = types;
    this.services = place.plan().services().open();
    this.selectors = List.copyOf(selectors);
    this.keys = Codecs.keyOf(node.keyType().orElseThrow());
    this.guard = new Guard(node, DeadLetter.Stage.PROCESS, metrics.counter("failuresPutAside"));
    this.outputs = new Outputs(place, output, guard.isOn());
    this.scope = new Scope(node.name(), guard.isOn());
    this.now = new ProcessContext(outputs);
    this.inputsLeft = node.inputs().size();
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    FlinkStates declared =
        new FlinkStates(
            scope,
            context,
            getInternalTimerService("headrace.alarms", VoidNamespaceSerializer.INSTANCE, this),
            services);
    states = declared;
    processing = Processing.of(node.factory(), declared);
    declared.restore();
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    states().store();
  }

  @Override
  public void notifyCheckpointComplete(long checkpoint) throws Exception {
    super.notifyCheckpointComplete(checkpoint);
    Notifications.complete(processing().made(), checkpoint);
  }

  @Override
  public void notifyCheckpointAborted(long checkpoint) throws Exception {
    super.notifyCheckpointAborted(checkpoint);
    Notifications.aborted(processing().made(), checkpoint);
  }

  @Override
  public void close() throws Exception {
    try (Services.Open last = services) {
      super.close();
    }
  }

  private FlinkStates states() {
    return Objects.requireNonNull(states, "not initialized");
  }

  private Processing processing() {
    return Objects.requireNonNull(processing, "not initialized");
  }

  @Override
  @SuppressWarnings("rawtypes") // So it is declared.
  public List<Input> getInputs() {
    List<Input> inputs = new ArrayList<>();
    for (int i = 0; i < node.inputs().size(); i++) {
      inputs.add(new Stream(this, i));
    }
    return inputs;
  }

  /** One of the streams. */
  @SuppressWarnings("unchecked") // Flink's own, in what is extended.
  private static final class Stream extends AbstractInput<Object, Object> {

    private final KeyedOperator operator;
    private final int index;

    Stream(KeyedOperator operator, int index) {
      super(operator, index + 1);
      this.operator = operator;
      this.index = index;
    }

    @Override
    public void processElement(StreamRecord<Object> element) {
      if (operator.node.isBroadcast(index)) {
        operator.processBroadcast(element);
      } else {
        operator.process(index, element);
      }
    }
  }

  private EncodedKey currentKey() {
    return (EncodedKey) getCurrentKey();
  }

  private void process(int stream, StreamRecord<Object> element) {
    Object value = element.getValue();
    outputs.at(element.hasTimestamp() ? element.getTimestamp() : Outputs.NO_TIMESTAMP);
    try {
      if (currentKey().equals(EncodedKey.FAILED) && guard.isOn()) {
        throw selectors.get(stream).failure(value);
      }
      now.at(currentKey().key(keys), TimeDomain.EVENT_TIME);
      states().enter();
      processing().byStream().get(stream).process(value, now);
      scope.commit();
    } catch (Exception thrown) {
      HeadraceException failure = undone("process", thrown);
      outputs.emitIfTaken(
          DeadLetter.OUTPUT,
          guard.putAside(
              value,
              Codecs.of(node.inputs().get(stream).type().orElse(value.getClass())),
              failure));
      return;
    }
    outputs.release();
    fireDue();
  }

  /** Every task fails on a value alike: the first tells of it. */
  private void processBroadcast(StreamRecord<Object> element) {
    Object value = element.getValue();
    long time = element.hasTimestamp() ? element.getTimestamp() : Outputs.NO_TIMESTAMP;
    try {
      states().enterBroadcast();
      processing().onBroadcast().orElseThrow().processBroadcast(value, new OnBroadcast(time));
      scope.commit();
    } catch (Exception thrown) {
      HeadraceException failure = undone("processBroadcast", thrown);
      if (getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0) {
        io.headrace.api.plan.Input its = node.broadcast().orElseThrow();
        outputs.at(time);
        outputs.emitIfTaken(
            DeadLetter.OUTPUT,
            guard.putAside(value, Codecs.of(its.type().orElse(value.getClass())), failure));
      } else {
        guard.passOver(failure);
      }
    }
  }

  private HeadraceException undone(String function, Exception thrown) {
    HeadraceException failure = guard.failure(function, thrown);
    scope.undo();
    outputs.drop();
    return failure;
  }

  // Timers

  /** Fires the timers of the current key that were due when they were registered. */
  private void fireDue() {
    for (Optional<Long> next = states().flinkTimers().nextDue();
        next.isPresent();
        next = states().flinkTimers().nextDue()) {
      fire(TimeDomain.EVENT_TIME, next.orElseThrow());
    }
  }

  @Override
  public void onEventTime(InternalTimer<EncodedKey, VoidNamespace> alarm) {
    fire(TimeDomain.EVENT_TIME, alarm.getTimestamp());
    fireDue();
  }

  @Override
  public void onProcessingTime(InternalTimer<EncodedKey, VoidNamespace> alarm) {
    fire(TimeDomain.PROCESSING_TIME, alarm.getTimestamp());
    fireDue();
  }

  private void fire(TimeDomain domain, long millis) {
    states().enter();
    boolean isThere = states().flinkTimers().take(domain, millis);
    scope.commit(); // What is undone is what it does, not that it fired.
    if (!isThere) {
      return;
    }
    outputs.at(domain == TimeDomain.EVENT_TIME ? millis : Outputs.NO_TIMESTAMP);
    Object key = currentKey().key(keys);
    try {
      now.at(key, domain);
      states().enter();
      processing().onTimer().onTimer(Millis.time(millis), now);
      scope.commit();
    } catch (Exception thrown) {
      HeadraceException failure = undone("onTimer", thrown);
      outputs.emitIfTaken(
          DeadLetter.OUTPUT, guard.putTimerAside(Millis.time(millis), key, failure));
      return;
    }
    outputs.release();
  }

  @Override
  public void endInput(int input) {
    inputsLeft--;
    if (inputsLeft == 0) {
      fireAll();
    }
  }

  /** Fires what Flink would leave: timers for processing times that have not come. */
  private void fireAll() {
    PriorityQueue<Timer> timers = new PriorityQueue<>(Comparator.comparing(Timer::millis));
    List<EncodedKey> all =
        this.<EncodedKey>getKeyedStateBackend()
            .getKeys(FlinkTimers.NAME, VoidNamespace.INSTANCE)
            .toList();
    for (EncodedKey key : all) {
      setCurrentKey(key);
      states().flinkTimers().processingTimes().forEach(time -> timers.add(new Timer(time, key)));
    }
    for (Timer next = timers.poll(); next != null; next = timers.poll()) {
      setCurrentKey(next.key);
      fire(TimeDomain.PROCESSING_TIME, next.millis);
      fireDue();
    }
  }

  private record Timer(long millis, EncodedKey key) {}
}

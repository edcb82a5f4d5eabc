package io.headrace.flink.operators;

import io.headrace.api.DeadLetter;
import io.headrace.api.FilterFunction;
import io.headrace.api.FlatMapFunction;
import io.headrace.api.HeadraceException;
import io.headrace.api.MapFunction;
import io.headrace.api.plan.Node;
import io.headrace.api.plan.Transformation;
import io.headrace.codec.Codec;
import io.headrace.codec.Codecs;
import io.headrace.flink.recipe.InPlan;
import io.headrace.flink.recipe.NodeRef;
import java.lang.reflect.Type;
import java.util.Objects;
import java.util.Optional;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/** A stateless operator. */
public final class TransformOperator extends AbstractStreamOperator<Object>
    implements OneInputStreamOperator<Object, Object> {

  private final NodeRef ref;
  private transient @Nullable Work work;

  /** The operator of a {@link Node.Transform}. */
  public TransformOperator(NodeRef ref) {
    this.ref = ref;
  }

  @Override
  public void open() throws Exception {
    super.open();
    InPlan<Node.Transform> place = ref.resolve(Node.Transform.class);
    Node.Transform node = place.node();
    Guard guard =
        new Guard(node, DeadLetter.Stage.PROCESS, getMetricGroup().counter("failuresPutAside"));
    work =
        new Work(
            node.transformation(),
            new Outputs(place, output, guard.isOn()),
            guard,
            node.input().type());
  }

  @Override
  public void processElement(StreamRecord<Object> element) {
    Objects.requireNonNull(work, "not open").process(element);
  }

  /** What it does with each value. */
  private record Work(
      Transformation transformation, Outputs outputs, Guard guard, Optional<Type> type) {

    void process(StreamRecord<Object> element) {
      Object value = element.getValue();
      outputs.at(element.hasTimestamp() ? element.getTimestamp() : Outputs.NO_TIMESTAMP);
      try {
        apply(value);
      } catch (Exception thrown) {
        HeadraceException failure = guard.failure("function", thrown);
        outputs.drop();
        outputs.emitIfTaken(DeadLetter.OUTPUT, guard.putAside(value, codec(value), failure));
        return;
      }
      outputs.release();
    }

    private Codec<Object> codec(Object value) {
      return Codecs.of(type.orElse(value.getClass()));
    }

    @SuppressWarnings("unchecked") // The plan's types agree: its streams were built with generics.
    private void apply(Object value) throws Exception {
      if (transformation instanceof Transformation.Map map) {
        outputs.emit(((MapFunction<Object, Object>) map.function()).map(value));
      } else if (transformation instanceof Transformation.Filter filter) {
        if (((FilterFunction<Object>) filter.condition()).test(value)) {
          outputs.emit(value);
        }
      } else if (transformation instanceof Transformation.FlatMap flatMap) {
        ((FlatMapFunction<Object, Object>) flatMap.function()).flatMap(value, outputs::emit);
      }
    }
  }
}

package io.headrace.flink.connectors;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.Printable;
import io.headrace.api.plan.Node;
import io.headrace.codec.Millis;
import io.headrace.flink.recipe.NodeRef;
import java.time.Instant;
import org.apache.flink.api.common.eventtime.BoundedOutOfOrdernessWatermarks;
import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.TimestampAssignerSupplier;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/**
 * The event time of a source.
 *
 * @param ref to the {@link Node.Source}, which has one
 */
public record PlanWatermarks(NodeRef ref) implements WatermarkStrategy<Object> {

  @SuppressWarnings("unchecked") // The strategy is of the values of the source.
  private io.headrace.api.WatermarkStrategy<Object> strategy() {
    return (io.headrace.api.WatermarkStrategy<Object>)
        ref.resolve(Node.Source.class).node().eventTime().orElseThrow();
  }

  @Override
  public WatermarkGenerator<Object> createWatermarkGenerator(
      WatermarkGeneratorSupplier.Context context) {
    return new BoundedOutOfOrdernessWatermarks<>(strategy().outOfOrderness());
  }

  @Override
  public TimestampAssigner<Object> createTimestampAssigner(
      TimestampAssignerSupplier.Context context) {
    io.headrace.api.WatermarkStrategy<Object> strategy = strategy();
    return (value, before) -> Millis.before(timestamp(strategy, value));
  }

  private static Instant timestamp(
      io.headrace.api.WatermarkStrategy<Object> strategy, Object value) {
    Instant time;
    try {
      time = strategy.timestamps().timestamp(value);
    } catch (Exception thrown) {
      throw new HeadraceException(
          ErrorCode.USER_FUNCTION_FAILED,
          "A timestamp assigner threw " + Printable.of(thrown) + ".",
          thrown);
    }
    if (time == null) {
      throw new HeadraceException(
          ErrorCode.USER_FUNCTION_FAILED,
          "A timestamp assigner returned null, and every value needs a time.");
    }
    return time;
  }
}

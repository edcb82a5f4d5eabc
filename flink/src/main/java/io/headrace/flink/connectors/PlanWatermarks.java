package io.headrace.flink.connectors;

import io.headrace.api.plan.Node;
import io.headrace.flink.recipe.NodeRef;
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

  @Override
  public WatermarkGenerator<Object> createWatermarkGenerator(
      WatermarkGeneratorSupplier.Context context) {
    return new BoundedOutOfOrdernessWatermarks<>(
        ref.resolve(Node.Source.class).node().eventTime().orElseThrow().outOfOrderness());
  }

  /** Values come with their times, which {@link ReaderAdapter} has asked for. */
  @Override
  public TimestampAssigner<Object> createTimestampAssigner(
      TimestampAssignerSupplier.Context context) {
    return (value, time) -> time;
  }
}

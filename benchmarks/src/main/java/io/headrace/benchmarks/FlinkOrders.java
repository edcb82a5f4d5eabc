package io.headrace.benchmarks;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** W6 on Flink. */
@SuppressWarnings("SameNameButDifferent") // Each Context is that of its function.
final class FlinkOrders implements FlinkJob {

  @Override
  @SuppressWarnings("deprecation") // The sink of before does the least, which favours Flink.
  public void defineIn(StreamExecutionEnvironment environment, Workload workload) {
    int keys = workload.keys();
    environment
        .fromSource(
            new NumberSequenceSource(0, workload.events() - 1),
            WatermarkStrategy.noWatermarks(),
            "orders")
        .map(number -> Order.drawn(number, keys), FlinkType.order())
        .keyBy(Order::customer, Types.STRING)
        .process(new RunningTotals(), FlinkType.totals())
        .addSink(new FlinkSink<>(Totals::digest));
  }

  private static final class RunningTotals extends KeyedProcessFunction<String, Order, Totals> {

    private static final long serialVersionUID = 1;

    @SuppressWarnings("NullAway.Init") // set by open, which Flink calls first
    private transient ValueState<Totals> totals;

    @Override
    public void open(OpenContext context) {
      totals =
          getRuntimeContext().getState(new ValueStateDescriptor<>("totals", FlinkType.totals()));
    }

    @Override
    public void processElement(Order order, Context context, Collector<Totals> out)
        throws Exception {
      Totals before = totals.value();
      Totals now = (before == null ? Totals.NONE : before).plus(order);
      totals.update(now);
      out.collect(now);
    }
  }
}

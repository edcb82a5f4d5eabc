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

/** W7 on Flink, whose watermarks come each 200 ms as ever. */
@SuppressWarnings("SameNameButDifferent") // Each Context is that of its function.
final class FlinkTimers implements FlinkJob {

  @Override
  @SuppressWarnings("deprecation") // The sink of before does the least, which favours Flink.
  public void defineIn(StreamExecutionEnvironment environment, Workload workload) {
    int keys = workload.keys();
    long events = workload.events();
    environment
        .fromSource(
            new NumberSequenceSource(0, events - 1), WatermarkStrategy.noWatermarks(), "places")
        .map(place -> Rotation.eventAt(place, events), Types.LONG)
        .assignTimestampsAndWatermarks(
            WatermarkStrategy.<Long>forMonotonousTimestamps()
                .withTimestampAssigner((event, before) -> event))
        .keyBy(event -> Workload.key(event, keys), Types.LONG)
        .process(new SumOfFired(workload.timerDelay().toMillis()), Types.LONG)
        .addSink(new FlinkSink<>(sum -> sum));
  }

  private static final class SumOfFired extends KeyedProcessFunction<Long, Long, Long> {

    private static final long serialVersionUID = 1;

    private final long delayMillis;

    @SuppressWarnings("NullAway.Init") // set by open, which Flink calls first
    private transient ValueState<Long> sum;

    SumOfFired(long delayMillis) {
      this.delayMillis = delayMillis;
    }

    @Override
    public void open(OpenContext context) {
      sum = getRuntimeContext().getState(new ValueStateDescriptor<>("sum", Types.LONG));
    }

    @Override
    public void processElement(Long event, Context context, Collector<Long> out) {
      context.timerService().registerEventTimeTimer(context.timestamp() + delayMillis);
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<Long> out) throws Exception {
      Long before = sum.value();
      long now = (before == null ? 0 : before) + Workload.value(context.getCurrentKey());
      sum.update(now);
      out.collect(now);
    }
  }
}

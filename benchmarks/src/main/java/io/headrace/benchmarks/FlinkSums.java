package io.headrace.benchmarks;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** W1 on Flink. */
@SuppressWarnings("SameNameButDifferent") // Each Context is that of its function.
final class FlinkSums implements FlinkJob {

  @Override
  @SuppressWarnings("deprecation") // The sink of before does the least, which favours Flink.
  public void defineIn(StreamExecutionEnvironment environment, Workload workload) {
    environment
        .fromSource(
            new NumberSequenceSource(0, workload.events() - 1),
            WatermarkStrategy.noWatermarks(),
            "events")
        .map(new Draw(workload.keys()), FlinkType.event())
        .keyBy(Event::key, Types.LONG)
        .process(new RunningSum(), Types.LONG)
        .addSink(new FlinkSink<>(sum -> sum));
  }

  /** Draws events into one object: it is written to a buffer before the next one is drawn. */
  private static final class Draw extends RichMapFunction<Long, Event> {

    private static final long serialVersionUID = 1;
    private final int keys;
    private transient Event event = new Event();

    Draw(int keys) {
      this.keys = keys;
    }

    @Override
    public void open(OpenContext context) {
      event = new Event();
    }

    @Override
    public Event map(Long number) {
      return event.drawn(number, keys);
    }
  }

  private static final class RunningSum extends KeyedProcessFunction<Long, Event, Long> {

    private static final long serialVersionUID = 1;

    @SuppressWarnings("NullAway.Init") // set by open, which Flink calls first
    private transient ValueState<Long> sum;

    @Override
    public void open(OpenContext context) {
      sum = getRuntimeContext().getState(new ValueStateDescriptor<>("sum", Types.LONG));
    }

    @Override
    public void processElement(Event event, Context context, Collector<Long> out) throws Exception {
      Long before = sum.value();
      Long now = before == null ? (Long) event.value() : (Long) (before + event.value());
      sum.update(now);
      out.collect(now);
    }
  }
}

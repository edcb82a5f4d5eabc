package io.headrace.benchmarks;

import java.time.Duration;
import java.util.Optional;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.sink.legacy.RichSinkFunction;
import org.apache.flink.util.Collector;

/** A {@link Rotation} on Flink. */
@SuppressWarnings("SameNameButDifferent") // Each Context is that of its function.
final class FlinkRotation implements FlinkJob {

  /** Flink's own 100 ms would be most of its latency at a rate that leaves buffers part empty. */
  private static final Duration BUFFER_TIMEOUT = Duration.ofMillis(1);

  @Override
  @SuppressWarnings("deprecation") // The sink of before does the least, which favours Flink.
  public void defineIn(StreamExecutionEnvironment environment, Workload workload) {
    if (Schedule.installed().isPresent()) {
      Configuration latency = new Configuration();
      latency.set(ExecutionOptions.BUFFER_TIMEOUT, BUFFER_TIMEOUT);
      environment.configure(latency);
    }
    int keys = workload.keys();
    environment
        .fromSource(
            new NumberSequenceSource(0, workload.events() - 1),
            WatermarkStrategy.noWatermarks(),
            "places")
        .map(new WhenDue(workload.events()), Types.LONG)
        .keyBy(event -> Rotation.key(event, keys), Types.LONG)
        .process(new RunningSum(), TypeInformation.of(Arrival.class))
        .addSink(new ToTaker());
  }

  /** Gives the event of a place when it is due. It is chained to the source, which it holds up. */
  private static final class WhenDue extends RichMapFunction<Long, Long> {

    private static final long serialVersionUID = 1;
    private final long events;
    private transient Optional<Schedule> schedule = Optional.empty();

    WhenDue(long events) {
      this.events = events;
    }

    @Override
    public void open(OpenContext context) {
      schedule = Schedule.installed();
    }

    @Override
    public Long map(Long place) {
      long event = Rotation.eventAt(place, events);
      if (schedule.isPresent()) {
        schedule.get().await(event);
      }
      return event;
    }
  }

  private static final class RunningSum extends KeyedProcessFunction<Long, Long, Arrival> {

    private static final long serialVersionUID = 1;

    @SuppressWarnings("NullAway.Init") // set by open, which Flink calls first
    private transient ValueState<Long> sum;

    @Override
    public void open(OpenContext context) {
      sum = getRuntimeContext().getState(new ValueStateDescriptor<>("sum", Types.LONG));
    }

    @Override
    public void processElement(Long event, Context context, Collector<Arrival> out)
        throws Exception {
      Long before = sum.value();
      long now = (before == null ? 0 : before) + Workload.value(context.getCurrentKey());
      sum.update(now);
      out.collect(new Arrival(event, now));
    }
  }

  @SuppressWarnings("deprecation") // The sink of before does the least, which favours Flink.
  private static final class ToTaker extends RichSinkFunction<Arrival> {

    private static final long serialVersionUID = 1;

    @SuppressWarnings("NullAway.Init") // set by open, which Flink calls first
    private transient Taker taker;

    @Override
    public void open(OpenContext context) {
      taker = Takers.next();
    }

    @Override
    public void invoke(Arrival arrival, Context context) {
      taker.take(arrival.event(), arrival.sum());
    }
  }
}

package io.headrace.benchmarks;

import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.runtime.checkpoint.CheckpointStatsCounts;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.sink.legacy.RichSinkFunction;
import org.apache.flink.util.Collector;

/**
 * Apache Flink in a MiniCluster: hashmap backend, object reuse, exactly once, checkpoints in files.
 * Its file storage does not sync; nothing lets one ask for it.
 */
@SuppressWarnings("SameNameButDifferent") // Each Context is that of its function.
final class FlinkContestant implements Contestant {

  @Override
  public Result run(Workload workload) throws Exception {
    Configuration settings = settings(workload);
    MiniClusterConfiguration cluster =
        new MiniClusterConfiguration.Builder()
            .setConfiguration(settings)
            .setNumTaskManagers(1)
            .setNumSlotsPerTaskManager(workload.parallelism())
            .build();
    try (MiniCluster flink = new MiniCluster(cluster)) {
      flink.start();
      JobID job =
          flink
              .submitJob(jobOf(workload, settings).getStreamGraph().getJobGraph())
              .get()
              .getJobID();
      flink.requestJobResult(job).get().toJobExecutionResult(getClass().getClassLoader());
      CheckpointStatsCounts counts =
          flink.getArchivedExecutionGraph(job).get().getCheckpointStatsSnapshot().getCounts();
      return new Result(
          counts.getTotalNumberOfCheckpoints(),
          counts.getNumberOfCompletedCheckpoints(),
          Result.Restore.NOT_TRIED);
    }
  }

  private static Configuration settings(Workload workload) {
    Configuration settings = new Configuration();
    settings.set(RestOptions.BIND_PORT, "0");
    settings.set(PipelineOptions.OBJECT_REUSE, true);
    settings.set(StateBackendOptions.STATE_BACKEND, "hashmap");
    settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, workload.checkpointInterval());
    settings.set(
        CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
    settings.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    settings.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY, workload.directory().toUri().toString());
    settings.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(256));
    settings.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(256));
    return settings;
  }

  private static StreamExecutionEnvironment jobOf(Workload workload, Configuration settings) {
    StreamExecutionEnvironment job = StreamExecutionEnvironment.getExecutionEnvironment(settings);
    job.setParallelism(workload.parallelism());
    job.fromSource(
            new NumberSequenceSource(0, workload.events() - 1),
            WatermarkStrategy.noWatermarks(),
            "events")
        .map(new Draw(workload.keys()), new FlinkEventType())
        .keyBy(Event::key, Types.LONG)
        .process(new RunningSum(), Types.LONG)
        .addSink(new Discard());
    return job;
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

  @SuppressWarnings("deprecation") // The sink of before does the least, which favours Flink.
  private static final class Discard extends RichSinkFunction<Long> {

    private static final long serialVersionUID = 1;

    @SuppressWarnings("NullAway.Init") // set by open, which Flink calls first
    private transient Tally tally;

    @Override
    public void open(OpenContext context) {
      tally = Meter.newTally();
    }

    @Override
    public void invoke(Long sum, Context context) {
      tally.add(sum);
    }

    @Override
    public void finish() {
      tally.flush();
    }
  }
}

package io.headrace.benchmarks;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.function.SupplierEx;
import com.hazelcast.jet.accumulator.LongAccumulator;
import com.hazelcast.jet.config.JobConfig;
import com.hazelcast.jet.config.ProcessingGuarantee;
import com.hazelcast.jet.core.Processor;
import com.hazelcast.jet.core.ProcessorMetaSupplier;
import com.hazelcast.jet.pipeline.BatchStage;
import com.hazelcast.jet.pipeline.BatchStageWithKey;
import com.hazelcast.jet.pipeline.Pipeline;
import com.hazelcast.jet.pipeline.Sinks;
import com.hazelcast.jet.pipeline.Sources;

/**
 * Hazelcast Jet in one embedded member: exactly once, snapshots in its own memory. The open edition
 * has no snapshots on disk.
 */
final class JetContestant implements Contestant {

  private final Summing summing;

  /** A contestant that sums one way or the other. */
  JetContestant(Summing summing) {
    this.summing = summing;
  }

  @Override
  public Result run(Workload workload) {
    HazelcastInstance member = Hazelcast.newHazelcastInstance(settings(workload));
    try {
      JobConfig job =
          new JobConfig()
              .setProcessingGuarantee(ProcessingGuarantee.EXACTLY_ONCE)
              .setSnapshotIntervalMillis(workload.checkpointInterval().toMillis());
      member.getJet().newJob(pipelineOf(workload), job).join();
      return JetProcessors.snapshots();
    } finally {
      member.shutdown();
    }
  }

  private static Config settings(Workload workload) {
    Config config = new Config();
    config.setProperty("hazelcast.logging.type", "slf4j");
    config.setProperty("hazelcast.phone.home.enabled", "false");
    config.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
    config.getNetworkConfig().getJoin().getMulticastConfig().setEnabled(false);
    config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
    config
        .getJetConfig()
        .setEnabled(true)
        .setBackupCount(0)
        .setCooperativeThreadCount(workload.parallelism());
    return config;
  }

  private Pipeline pipelineOf(Workload workload) {
    int keys = workload.keys();
    long events = workload.events();
    Pipeline pipeline = Pipeline.create();
    BatchStageWithKey<Event, Long> keyed =
        pipeline
            .readFrom(
                Sources.<Event>batchFromProcessor(
                    "events", each(workload, () -> new JetProcessors.Draw(keys, events))))
            .setLocalParallelism(workload.parallelism())
            .groupingKey(Event::key);
    summing
        .sums(keyed)
        .setLocalParallelism(workload.parallelism())
        .writeTo(Sinks.fromProcessor("discard", each(workload, JetProcessors.Discard::new)))
        .setLocalParallelism(workload.parallelism());
    return pipeline;
  }

  private static ProcessorMetaSupplier each(Workload workload, SupplierEx<Processor> supplier) {
    return ProcessorMetaSupplier.of(workload.parallelism(), supplier);
  }

  /** How the sums are kept. */
  enum Summing {
    /** As the manual shows: Jet keeps a linked hash map in order of access. */
    MAP_STATEFUL {
      @Override
      BatchStage<Long> sums(BatchStageWithKey<Event, Long> events) {
        return events.mapStateful(
            LongAccumulator::new,
            (sum, key, event) -> {
              sum.add(event.value());
              return sum.get();
            });
      }
    },
    /** A processor of our own with a plain hash map: the fastest way that Jet's API offers. */
    PROCESSOR {
      @Override
      BatchStage<Long> sums(BatchStageWithKey<Event, Long> events) {
        return events.customTransform("sum", JetProcessors.RunningSum::new);
      }
    };

    abstract BatchStage<Long> sums(BatchStageWithKey<Event, Long> events);
  }
}

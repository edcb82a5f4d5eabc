package io.headrace.benchmarks;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.jet.config.JobConfig;
import com.hazelcast.jet.config.ProcessingGuarantee;

/**
 * Hazelcast Jet in one embedded member: exactly once, snapshots in its own memory. The open edition
 * has no snapshots on disk.
 */
final class JetContestant implements Contestant {

  private final JetJob job;

  /** A contestant that runs a job. */
  JetContestant(JetJob job) {
    this.job = job;
  }

  @Override
  public Result run(Workload workload) {
    HazelcastInstance member = Hazelcast.newHazelcastInstance(settings(workload));
    try {
      JobConfig config =
          new JobConfig()
              .setProcessingGuarantee(ProcessingGuarantee.EXACTLY_ONCE)
              .setSnapshotIntervalMillis(workload.checkpointInterval().toMillis())
              .registerSerializer(JetTotals.class, JetTotals.Serializer.class);
      member.getJet().newJob(job.pipelineOf(workload), config).join();
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
}

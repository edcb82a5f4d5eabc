package io.headrace.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What this process has used so far, as the operating system counts it. Thread-safe. */
final class ProcessUse {

  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private ProcessUse() {}

  /** The CPU time of all threads since the start, those of the compiler and collector included. */
  static Duration cpuSoFar() {
    return Duration.ofNanos(SYSTEM.getProcessCpuTime());
  }

  /** The most threads of Java that there were at once. */
  static long peakThreads() {
    return ManagementFactory.getThreadMXBean().getPeakThreadCount();
  }

  /**
   * The most resident memory so far in MiB; 0 where the system does not tell, as only Linux does.
   */
  static long peakMebibytes() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElse(0);
  }
}

package io.headrace.benchmarks;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * How long after it came into being each event's output came. An event comes into being when the
 * {@link Schedule} says, whether or not anybody was there to draw it, so a stall counts for all
 * events that fall into it. Each taker has a histogram of its own; the whole is read after the run.
 */
final class Latencies {

  private static final int SIGNIFICANT_DIGITS = 3;

  private final Workload workload;
  private final long warmUpEvents;
  private final Schedule schedule;
  private final Queue<Part> parts = new ConcurrentLinkedQueue<>();
  private final AtomicReference<@Nullable Mark> begin = new AtomicReference<>();
  private final AtomicReference<@Nullable Mark> end = new AtomicReference<>();

  /** Those of a workload's events but for the first ones. */
  Latencies(Workload workload, long warmUpEvents, Schedule schedule) {
    this.workload = workload;
    this.warmUpEvents = warmUpEvents;
    this.schedule = schedule;
  }

  /** A taker for one task. */
  Taker newTaker() {
    Part part = new Part();
    parts.add(part);
    return part;
  }

  /** What the clocks showed at some event. */
  private record Mark(long nanos, Duration cpu) {
    static Mark now() {
      return new Mark(System.nanoTime(), ProcessUse.cpuSoFar());
    }
  }

  private final class Part implements Taker {

    private final Histogram histogram = new Histogram(SIGNIFICANT_DIGITS);
    private long outputs;
    private long wrong;

    @Override
    public void take(long event, long sum) {
      outputs++;
      if (sum != Rotation.sum(event, workload.keys())) {
        wrong++;
      }
      if (event >= warmUpEvents) {
        histogram.recordValue(Math.max(0, System.nanoTime() - schedule.due(event)));
        if (begin.get() == null) {
          begin.compareAndSet(null, Mark.now());
        }
      }
      if (event == workload.events() - 1) {
        end.set(Mark.now());
      }
    }
  }

  /** The line that tells everything, after the run. */
  Line line(Result result) {
    Histogram all = new Histogram(SIGNIFICANT_DIGITS);
    long outputs = 0;
    long wrong = 0;
    for (Part part : List.copyOf(parts)) {
      all.add(part.histogram);
      outputs += part.outputs;
      wrong += part.wrong;
    }
    Mark from = begin.get();
    Mark to = end.get();
    if (from == null || to == null) {
      throw new IllegalStateException(
          "the last output, or the first after the warm-up, is missing");
    }
    return Line.of("LATENCY")
        .with("median", all.getValueAtPercentile(50))
        .with("most", all.getValueAtPercentile(99))
        .with("nearlyAll", all.getValueAtPercentile(99.9))
        .with("longest", all.getMaxValue())
        .with("measured", all.getTotalCount())
        .with("outputs", outputs)
        .with("wrong", wrong)
        .with("nanos", to.nanos() - from.nanos())
        .with("cpuNanos", to.cpu().minus(from.cpu()).toNanos())
        .with("triggered", result.triggered())
        .with("completed", result.completed());
  }
}

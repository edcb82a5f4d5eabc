package io.headrace.micrometer;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.engine.Run;
import io.headrace.engine.coordinator.TaskStatus;
import io.headrace.engine.task.TaskId;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.ToDoubleFunction;

/**
 * The meters of one run in a registry. They are registered once, whatever restarts the run goes
 * through, and removed when the run is over, or before that when this is closed. So they never
 * outlive the run, and the next run of the same job registers its own.
 *
 * <p>Their values are up to a tenth of a second old: all meters that are read together share one
 * look at the run.
 */
public final class HeadraceMetrics implements AutoCloseable {

  private final MeterRegistry registry;
  private final LastSample last;
  private final Tags ofJob;

  /** Each is taken out, and removed, once: the next run may have registered the same again. */
  private final Queue<Meter> meters = new ConcurrentLinkedQueue<>();

  private HeadraceMetrics(Run run, MeterRegistry registry) {
    this.registry = registry;
    this.last = new LastSample(run::status, registry.config().clock());
    this.ofJob = Tags.of(Catalogue.JOB, run.job());
  }

  /**
   * Registers the meters of a run. Any thread, one at a time for a registry. Nothing of it has to
   * be kept: the meters are removed by themselves when the run is over.
   *
   * @throws HeadraceException with {@code METERS_TAKEN} if the registry has meters of a job of that
   *     name already: two runs would be seen as one. Whatever is thrown, also by the registry, no
   *     meter of this run is left in it
   */
  public static HeadraceMetrics bind(Run run, MeterRegistry registry) {
    HeadraceMetrics metrics = new HeadraceMetrics(run, registry);
    if (!registry.find(Catalogue.OF_JOB.get(0).name()).tags(metrics.ofJob).meters().isEmpty()) {
      throw new HeadraceException(
          ErrorCode.METERS_TAKEN,
          "The registry has meters of a job \""
              + run.job()
              + "\" already, and would show one run only. Bind a run once; close what another run"
              + " of that name was bound with, or give one of the jobs another name.");
    }
    try {
      metrics.register(run);
    } catch (RuntimeException | Error refused) {
      metrics.close();
      throw refused;
    }
    run.whenEnded(metrics::close);
    return metrics;
  }

  private void register(Run run) {
    for (Measure<Sample> measure : Catalogue.OF_JOB) {
      register(measure, ofJob, sample -> measure.value().applyAsDouble(sample.now()));
    }
    for (TaskStatus task : run.status().tasks()) {
      Tags tags =
          ofJob.and(
              Catalogue.OPERATOR,
              task.id().operators(),
              Catalogue.TASK,
              Integer.toString(task.id().index()));
      for (Measure<TaskStatus> measure : Catalogue.OF_TASK) {
        register(measure, tags, sample -> value(measure, sample.now(), task.id()));
      }
    }
  }

  private static double value(Measure<TaskStatus> measure, Sample sample, TaskId task) {
    return Optional.ofNullable(sample.tasks().get(task))
        .map(status -> measure.value().applyAsDouble(status))
        .orElse(Double.NaN);
  }

  /** The gauges hold what they are taken from; counters, in Micrometer, do not. */
  private void register(Measure<?> measure, Tags tags, ToDoubleFunction<LastSample> value) {
    meters.add(
        switch (measure.kind()) {
          case COUNTER -> {
            var counter = FunctionCounter.builder(measure.name(), last, value);
            measure.unit().ifPresent(counter::baseUnit);
            yield counter.tags(tags).description(measure.meaning()).register(registry);
          }
          case GAUGE -> {
            var gauge = Gauge.builder(measure.name(), last, value).strongReference(true);
            measure.unit().ifPresent(gauge::baseUnit);
            yield gauge.tags(tags).description(measure.meaning()).register(registry);
          }
        });
  }

  /** Removes the meters, if they are still there. Any thread; the run goes on. */
  @Override
  public void close() {
    for (Meter meter = meters.poll(); meter != null; meter = meters.poll()) {
      var unused = registry.remove(meter);
    }
  }
}

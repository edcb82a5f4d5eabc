package io.headrace.benchmarks;

import com.hazelcast.function.FunctionEx;
import com.hazelcast.function.SupplierEx;
import com.hazelcast.jet.accumulator.LongAccumulator;
import com.hazelcast.jet.core.Processor;
import com.hazelcast.jet.core.ProcessorMetaSupplier;
import com.hazelcast.jet.pipeline.BatchStage;
import com.hazelcast.jet.pipeline.BatchStageWithKey;
import com.hazelcast.jet.pipeline.Pipeline;
import com.hazelcast.jet.pipeline.Sinks;
import com.hazelcast.jet.pipeline.Sources;

/** A job on Jet. */
enum JetJob {
  /** W1 with a processor of our own and a plain hash map: the fastest way that Jet's API offers. */
  SUMS {
    @Override
    Pipeline pipelineOf(Workload workload) {
      return pipeline(
          workload,
          events(workload)
              .<Long>customTransform(
                  "sum",
                  () ->
                      new JetProcessors.Fold<Event, Long, LongAccumulator>(
                          Event::key,
                          LongAccumulator::new,
                          (sum, event) -> sum.add(event.value()).get())),
          () -> new JetProcessors.Discard<Long>(sum -> sum));
    }
  },
  /** W1 as the manual shows: Jet keeps a linked hash map in order of access. */
  SUMS_MAP_STATEFUL {
    @Override
    Pipeline pipelineOf(Workload workload) {
      return pipeline(
          workload,
          events(workload)
              .mapStateful(LongAccumulator::new, (sum, key, event) -> sum.add(event.value()).get()),
          () -> new JetProcessors.Discard<Long>(sum -> sum));
    }
  },
  /** W6, with a processor of our own. */
  ORDERS {
    @Override
    Pipeline pipelineOf(Workload workload) {
      int keys = workload.keys();
      return pipeline(
          workload,
          drawn(workload, event -> Order.drawn(event, keys))
              .groupingKey(Order::customer)
              .<Totals>customTransform(
                  "totals",
                  () ->
                      new JetProcessors.Fold<Order, String, JetTotals>(
                          Order::customer, JetTotals::new, JetTotals::add)),
          () -> new JetProcessors.Discard<>(Totals::digest));
    }
  },
  /** A {@link Rotation}, with a processor of our own. */
  ROTATION {
    @Override
    Pipeline pipelineOf(Workload workload) {
      int keys = workload.keys();
      return pipeline(
          workload,
          drawn(workload, event -> event)
              .groupingKey(event -> Rotation.key(event, keys))
              .<Arrival>customTransform(
                  "sum",
                  () ->
                      new JetProcessors.Fold<Long, Long, LongAccumulator>(
                          event -> Rotation.key(event, keys),
                          LongAccumulator::new,
                          (sum, event) ->
                              new Arrival(
                                  event,
                                  sum.add(Workload.value(Rotation.key(event, keys))).get()))),
          JetProcessors.ToTaker::new);
    }
  };

  /** The job of a workload, from its source to its sink. */
  abstract Pipeline pipelineOf(Workload workload);

  private static BatchStageWithKey<Event, Long> events(Workload workload) {
    int keys = workload.keys();
    return drawn(workload, event -> new Event().drawn(event, keys)).groupingKey(Event::key);
  }

  private static <T> BatchStage<T> drawn(Workload workload, FunctionEx<Long, T> drawing) {
    long events = workload.events();
    return Pipeline.create()
        .readFrom(
            Sources.<T>batchFromProcessor(
                "events", each(workload, () -> new JetProcessors.Draw<>(drawing, events))))
        .setLocalParallelism(workload.parallelism());
  }

  private static Pipeline pipeline(
      Workload workload, BatchStage<?> outputs, SupplierEx<Processor> sink) {
    outputs
        .setLocalParallelism(workload.parallelism())
        .writeTo(Sinks.fromProcessor("discard", each(workload, sink)))
        .setLocalParallelism(workload.parallelism());
    return outputs.getPipeline();
  }

  private static ProcessorMetaSupplier each(Workload workload, SupplierEx<Processor> supplier) {
    return ProcessorMetaSupplier.of(workload.parallelism(), supplier);
  }
}

package io.headrace.benchmarks;

import io.headrace.api.Context;
import io.headrace.api.Job;
import io.headrace.api.KeyedProcess;
import io.headrace.api.OnTimerContext;
import io.headrace.api.States;
import io.headrace.api.TimerService;
import io.headrace.api.ValueState;
import io.headrace.api.WatermarkStrategy;
import io.headrace.api.connector.Sources;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * A job as a user of Headrace writes it.
 *
 * @param <T> the type of its outputs
 * @param maker makes the job of a workload, whose sink hands outputs to what is supplied
 * @param digest the number that stands for an output
 * @param work what it is about
 */
record HeadraceJob<T>(
    BiFunction<Workload, Supplier<HeadraceSink.Output<T>>, Job> maker,
    ToLongFunction<T> digest,
    Work work) {

  /** The name of every job. */
  static final String NAME = "sums";

  /** W1. */
  static HeadraceJob<Long> sums() {
    return new HeadraceJob<>(HeadraceJob::sums, sum -> sum, Work.SUMS);
  }

  /** W6. */
  static HeadraceJob<Totals> orders() {
    return new HeadraceJob<>(HeadraceJob::orders, Totals::digest, Work.ORDERS);
  }

  /** W7. */
  static HeadraceJob<Long> timers() {
    return new HeadraceJob<>(HeadraceJob::timers, sum -> sum, Work.TIMERS);
  }

  /** The job of W1. */
  static Job sums(Workload workload, Supplier<HeadraceSink.Output<Long>> outputs) {
    int keys = workload.keys();
    return named(
        pipeline ->
            pipeline
                .source(
                    "events",
                    Sources.generate(
                            Long.class, workload.events(), event -> Workload.key(event, keys))
                        .splits(workload.parallelism()))
                .keyBy(key -> key)
                .process("sum", SumByKey::new)
                .sink("out", new HeadraceSink<>(outputs)));
  }

  private static Job orders(Workload workload, Supplier<HeadraceSink.Output<Totals>> outputs) {
    int keys = workload.keys();
    return named(
        pipeline ->
            pipeline
                .source(
                    "orders",
                    Sources.generate(
                            Order.class, workload.events(), event -> Order.drawn(event, keys))
                        .splits(workload.parallelism()))
                .keyBy(Order::customer)
                .process("totals", TotalsByCustomer::new)
                .sink("out", new HeadraceSink<>(outputs)));
  }

  private static Job timers(Workload workload, Supplier<HeadraceSink.Output<Long>> outputs) {
    int keys = workload.keys();
    return named(
        pipeline ->
            pipeline
                .source(
                    "events",
                    Sources.generate(Long.class, workload.events(), event -> event)
                        .splits(workload.parallelism()),
                    WatermarkStrategy.forMonotonousTimestamps(Instant::ofEpochMilli))
                .keyBy(event -> Workload.key(event, keys))
                .process("alarms", states -> new SumOfFired(states, workload.timerDelay()))
                .sink("out", new HeadraceSink<>(outputs)));
  }

  /** A job with the name of all jobs here. */
  static Job named(Job job) {
    return new Job() {
      @Override
      public String name() {
        return NAME;
      }

      @Override
      public void define(io.headrace.api.Pipeline pipeline) {
        job.define(pipeline);
      }
    };
  }

  /** Adds up the values of each key. */
  static final class SumByKey implements KeyedProcess<Long, Long, Long> {

    private final ValueState<Long> sum;

    SumByKey(States states) {
      sum = states.value("sum", Long.class, 0L);
    }

    @Override
    public void process(Long key, Context<Long, Long> at) {
      at.emit(sum.update(before -> before + Workload.value(key)));
    }
  }

  /** Adds up the orders of each customer. */
  static final class TotalsByCustomer implements KeyedProcess<String, Order, Totals> {

    private final ValueState<Totals> totals;

    TotalsByCustomer(States states) {
      totals = states.value("totals", Totals.class, Totals.NONE);
    }

    @Override
    public void process(Order order, Context<String, Totals> at) {
      at.emit(totals.update(before -> before.plus(order)));
    }
  }

  /** Adds the value of its key to a sum when a timer fires, of which each event registers one. */
  static final class SumOfFired implements KeyedProcess<Long, Long, Long> {

    private final ValueState<Long> sum;
    private final TimerService timers;
    private final Duration delay;

    SumOfFired(States states, Duration delay) {
      this.delay = delay;
      sum = states.value("sum", Long.class, 0L);
      timers = states.timers();
    }

    @Override
    public void process(Long event, Context<Long, Long> at) {
      timers.registerEventTimeTimer(at.timestamp().orElseThrow().plus(delay));
    }

    @Override
    public void onTimer(Instant time, OnTimerContext<Long, Long> at) {
      long value = Workload.value(at.key());
      at.emit(sum.update(before -> before + value));
    }
  }
}

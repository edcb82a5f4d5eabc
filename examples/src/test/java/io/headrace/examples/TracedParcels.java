package io.headrace.examples;

import io.headrace.api.Context;
import io.headrace.api.Job;
import io.headrace.api.KeyedProcess;
import io.headrace.api.ListState;
import io.headrace.api.OnTimerContext;
import io.headrace.api.Pipeline;
import io.headrace.api.Service;
import io.headrace.api.Services;
import io.headrace.api.Sink;
import io.headrace.api.Source;
import io.headrace.api.States;
import io.headrace.api.TimerService;
import io.headrace.api.WatermarkStrategy;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.Tracer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Sends what each customer has ordered in an hour in one parcel, and traces how it came to that.
 */
record TracedParcels(
    Source<TracedParcels.Order, ?> orders, Tracer tracer, Sink<TracedParcels.Parcel, ?> parcels)
    implements Job {

  // page:begin
  record Order(String customer, String item, Instant at, String traceparent) {
    Order in(Span span) {
      return new Order(customer, item, at, TraceParent.of(span));
    }
  }

  record Parcel(String customer, int items, String traceparent) {}

  @Override
  public Services services() {
    return Services.none().with(Tracer.class, tracer);
  }

  @Override
  public void define(Pipeline pipeline) {
    pipeline
        .source("orders", orders, WatermarkStrategy.forMonotonousTimestamps(Order::at))
        .keyBy(Order::customer)
        .process("packing", Packing::new)
        .sink("parcels", parcels);
  }

  static final class Packing implements KeyedProcess<String, Order, Parcel> {
    private final ListState<Order> waiting;
    private final TimerService timers;
    private final Service<Tracer> tracer;

    Packing(States states) {
      waiting = states.list("waiting", Order.class);
      timers = states.timers();
      tracer = states.service(Tracer.class);
    }

    @Override
    public void process(Order order, Context<String, Parcel> at) {
      Span span =
          tracer
              .get()
              .spanBuilder("take order")
              .setParent(TraceParent.context(order.traceparent()))
              .setAttribute("item", order.item())
              .startSpan();
      try {
        waiting.add(order.in(span));
        Instant hour = order.at().truncatedTo(ChronoUnit.HOURS);
        timers.registerEventTimeTimer(hour.plus(1, ChronoUnit.HOURS));
      } finally {
        span.end();
      }
    }

    @Override
    public void onTimer(Instant hour, OnTimerContext<String, Parcel> at) {
      SpanBuilder builder = tracer.get().spanBuilder("send parcel").setNoParent();
      waiting.forEach(
          order ->
              builder.addLink(
                  Span.fromContext(TraceParent.context(order.traceparent())).getSpanContext()));
      Span span = builder.startSpan();
      try {
        at.emit(new Parcel(at.key(), waiting.size(), TraceParent.of(span)));
        waiting.clear();
      } finally {
        span.end();
      }
    }
  }
  // page:end
}

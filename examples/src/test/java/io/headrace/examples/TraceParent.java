package io.headrace.examples;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;

/** A span as a record carries it: the header {@code traceparent} of W3C Trace Context. */
final class TraceParent {

  private TraceParent() {}

  // page:begin
  private static final TextMapGetter<String> OF_RECORD =
      (traceparent, name) -> name.equals("traceparent") ? traceparent : null;

  static Context context(String traceparent) {
    return W3CTraceContextPropagator.getInstance().extract(Context.root(), traceparent, OF_RECORD);
  }

  static String of(Span span) {
    SpanContext its = span.getSpanContext();
    return "00-%s-%s-%s".formatted(its.getTraceId(), its.getSpanId(), its.getTraceFlags().asHex());
  }
  // page:end
}

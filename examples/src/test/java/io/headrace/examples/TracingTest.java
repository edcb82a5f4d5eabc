package io.headrace.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.ConnectorContext;
import io.headrace.api.RestartStrategy;
import io.headrace.api.Settings;
import io.headrace.api.Source;
import io.headrace.api.SourceOutput;
import io.headrace.api.SourceReader;
import io.headrace.api.Split;
import io.headrace.api.TypeToken;
import io.headrace.api.connector.CollectingSink;
import io.headrace.api.connector.Sinks;
import io.headrace.engine.Headrace;
import io.headrace.engine.Run;
import io.headrace.examples.TracedParcels.Order;
import io.headrace.examples.TracedParcels.Parcel;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Traces that go through keyed state and timers, with the SDK of OpenTelemetry. */
@Tag("R22")
@Timeout(60)
class TracingTest {

  private static final int COUNT = 40;
  private static final int CUSTOMERS = 8;
  private static final int CHECKPOINT_AT = 30;
  private static final int FAILURE_AT = 34;
  private static final Instant NINE = Instant.parse("2001-01-10T09:00:00Z");
  private static final AttributeKey<String> ITEM = AttributeKey.stringKey("item");

  @TempDir Path folder;

  private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
  private final SdkTracerProvider provider =
      SdkTracerProvider.builder().addSpanProcessor(SimpleSpanProcessor.create(exporter)).build();
  private final Tracer tracer = provider.get("orders");

  /** The spans of whoever placed the orders, by item. */
  private final Map<String, SpanContext> placed = new HashMap<>();

  private final CollectingSink<Parcel> parcels = Sinks.collect();
  private final Gated orders = new Gated(orders());

  @AfterEach
  void close() {
    provider.close();
  }

  private List<Order> orders() {
    List<Order> all = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      Span span = tracer.spanBuilder("place order").startSpan();
      String item = "item " + i;
      placed.put(item, span.getSpanContext());
      all.add(
          new Order("customer " + i % CUSTOMERS, item, NINE.plusSeconds(i), TraceParent.of(span)));
      span.end();
    }
    return all;
  }

  private List<SpanData> spans(String name) {
    return exporter.getFinishedSpanItems().stream()
        .filter(span -> span.getName().equals(name))
        .toList();
  }

  private List<SpanData> taken(String item) {
    return spans("take order").stream()
        .filter(span -> item.equals(span.getAttributes().get(ITEM)))
        .toList();
  }

  private void awaitTaken(Run run, int count) {
    while (spans("take order").size() < count) {
      assertThat(run.isEnded()).isFalse();
      LockSupport.parkNanos(1_000);
    }
  }

  private Run start(Settings settings) {
    return Headrace.start(
        new TracedParcels(orders, tracer, parcels),
        settings.parallelism(2).checkpointInterval(Duration.ofHours(1)));
  }

  /** Each span that took an order is a child of the one that placed it. */
  private void assertChildrenOfWhatPlacedThem() {
    placed.forEach(
        (item, placing) ->
            assertThat(taken(item))
                .isNotEmpty()
                .allSatisfy(
                    span -> {
                      assertThat(span.getTraceId()).isEqualTo(placing.getTraceId());
                      assertThat(span.getParentSpanId()).isEqualTo(placing.getSpanId());
                    }));
  }

  /** Each parcel has a span that links to those that last took its orders, and to no others. */
  private void assertParcelsLinkToTheirOrders() {
    assertThat(parcels.values())
        .hasSize(CUSTOMERS)
        .allSatisfy(
            parcel ->
                assertThat(linksOf(parcel))
                    .containsExactlyElementsOf(lastTaken(parcel.customer())));
  }

  private List<String> linksOf(Parcel parcel) {
    List<SpanData> sent =
        spans("send parcel").stream()
            .filter(span -> parcel.traceparent().contains("-" + span.getSpanId() + "-"))
            .toList();
    assertThat(sent).hasSize(1);
    assertThat(sent.get(0).getParentSpanContext().isValid()).isFalse();
    return sent.get(0).getLinks().stream()
        .map(LinkData::getSpanContext)
        .map(TracingTest::name)
        .toList();
  }

  private List<String> lastTaken(String customer) {
    return orders.all.stream()
        .filter(order -> order.customer().equals(customer))
        .map(order -> taken(order.item()))
        .map(each -> name(each.get(each.size() - 1).getSpanContext()))
        .toList();
  }

  private static String name(SpanContext span) {
    return span.getTraceId() + "/" + span.getSpanId();
  }

  @Test
  void theSpanOfATimerLinksToThoseOfTheRecordsThatWaitedForIt() {
    orders.allowed.set(COUNT);
    try (Run run = start(Settings.ephemeral())) {
      run.await();

      assertThat(run.status().tasks())
          .filteredOn(task -> task.id().operators().startsWith("packing"))
          .hasSize(2)
          .allSatisfy(task -> assertThat(task.records()).isPositive());
    }

    assertThat(spans("take order")).hasSize(COUNT);
    assertChildrenOfWhatPlacedThem();
    assertParcelsLinkToTheirOrders();
  }

  @Test
  void traceContextIsStateAndGoesOnFromACheckpoint() {
    try (Run run =
        start(Settings.in(folder).withRestarts(RestartStrategy.fixedDelay(1, Duration.ZERO)))) {
      orders.allowed.set(CHECKPOINT_AT);
      awaitTaken(run, CHECKPOINT_AT);
      run.checkpoint().join();
      orders.allowed.set(FAILURE_AT);
      awaitTaken(run, FAILURE_AT);
      orders.isToFail.set(true);
      orders.allowed.set(COUNT);
      run.await();

      assertThat(run.status().restarts()).isEqualTo(1);
    }

    for (int i = 0; i < COUNT; i++) {
      boolean isReadAgain = i >= CHECKPOINT_AT && i < FAILURE_AT;
      assertThat(taken("item " + i)).hasSize(isReadAgain ? 2 : 1);
    }
    assertChildrenOfWhatPlacedThem();
    assertParcelsLinkToTheirOrders();
  }

  @Test
  void theCodeOnThePageIsWhatIsCompiled() throws IOException {
    String page = Files.readString(Path.of("../docs/TRACING.md"));

    for (Class<?> shown : List.of(TracedParcels.class, TraceParent.class)) {
      assertThat(page).contains("```java\n" + region(shown) + "\n```");
    }
  }

  private static String region(Class<?> shown) throws IOException {
    String source =
        Files.readString(
            Path.of("src/test/java/io/headrace/examples", shown.getSimpleName() + ".java"));
    String begin = "// page:begin\n";
    return source
        .substring(source.indexOf(begin) + begin.length(), source.indexOf("  // page:end"))
        .lines()
        .map(line -> line.startsWith("  ") ? line.substring(2) : line)
        .collect(Collectors.joining("\n"))
        .strip();
  }

  /** Orders that are read as far as the test allows, and a failure to read, once. */
  private record Gated(List<Order> all, AtomicInteger allowed, AtomicBoolean isToFail)
      implements Source<Order, Integer> {

    Gated(List<Order> all) {
      this(all, new AtomicInteger(), new AtomicBoolean());
    }

    @Override
    public TypeToken<Order> type() {
      return TypeToken.of(Order.class);
    }

    @Override
    public TypeToken<Integer> positionType() {
      return TypeToken.of(Integer.class);
    }

    @Override
    public boolean isBounded() {
      return true;
    }

    @Override
    public List<Split<Integer>> splits() {
      return List.of(new Split<>("orders", 0));
    }

    @Override
    public SourceReader<Order, Integer> open(
        String split, Integer position, ConnectorContext context) {
      return new SourceReader<>() {
        private int next = position;

        @Override
        public Poll poll(SourceOutput<Order> out) throws IOException {
          if (isToFail.compareAndSet(true, false)) {
            throw new IOException("connection reset");
          }
          if (next == all.size()) {
            return Poll.END;
          }
          if (next == allowed.get()) {
            return Poll.LATER;
          }
          out.emit(all.get(next++));
          return Poll.MORE;
        }

        @Override
        public Integer position() {
          return next;
        }

        @Override
        public void close() {
          // Nothing is held open.
        }
      };
    }
  }
}

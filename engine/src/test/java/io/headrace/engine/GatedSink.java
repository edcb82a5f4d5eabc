package io.headrace.engine;

import io.headrace.api.CheckpointId;
import io.headrace.api.Committer;
import io.headrace.api.ConnectorContext;
import io.headrace.api.Sink;
import io.headrace.api.SinkWriter;
import io.headrace.api.TypeToken;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes nothing durable before a gate opens, and counts the writers that are open. */
final class GatedSink<T> implements Sink<T, String> {

  private final AtomicInteger opened = new AtomicInteger();
  private final AtomicInteger closed = new AtomicInteger();
  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch gate;
  private final Runnable onCommit;

  GatedSink(CountDownLatch gate, Runnable onCommit) {
    this.gate = gate;
    this.onCommit = onCommit;
  }

  GatedSink(CountDownLatch gate) {
    this(gate, () -> {});
  }

  static <T> GatedSink<T> open() {
    return new GatedSink<>(new CountDownLatch(0));
  }

  int opened() {
    return opened.get();
  }

  int closed() {
    return closed.get();
  }

  /** Waits until a transaction is to be made durable. */
  void awaitReached() throws InterruptedException {
    reached.await();
  }

  @Override
  public TypeToken<String> committableType() {
    return TypeToken.of(String.class);
  }

  @Override
  public Delivery delivery() {
    return Delivery.TRANSACTIONAL;
  }

  @Override
  public SinkWriter<T, String> openWriter(ConnectorContext context) {
    opened.incrementAndGet();
    return new SinkWriter<>() {
      @Override
      public void write(T value) {
        // Nobody looks.
      }

      @Override
      public Prepared<String> prepare(CheckpointId checkpoint) {
        return () -> {
          reached.countDown();
          gate.await();
          return List.of("transaction");
        };
      }

      @Override
      public void close() {
        closed.incrementAndGet();
      }
    };
  }

  @Override
  public Committer<String> openCommitter(ConnectorContext context) {
    return new Committer<>() {
      @Override
      public void recover(List<String> prepared) {
        // Nothing is kept outside.
      }

      @Override
      public void commit(List<String> committables) {
        onCommit.run();
      }

      @Override
      public void close() {
        // Nothing is held open.
      }
    };
  }
}

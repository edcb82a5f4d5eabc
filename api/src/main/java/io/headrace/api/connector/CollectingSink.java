package io.headrace.api.connector;

import io.headrace.api.CheckpointId;
import io.headrace.api.Committer;
import io.headrace.api.ConnectorContext;
import io.headrace.api.Sink;
import io.headrace.api.SinkWriter;
import io.headrace.api.TypeToken;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Collects what is committed in memory, exactly once over restarts within this JVM. Any thread may
 * read it.
 */
public final class CollectingSink<T> implements Sink<T, String> {

  private final Map<String, List<T>> prepared = new ConcurrentHashMap<>();
  private final List<T> committed = new ArrayList<>();

  CollectingSink() {}

  /** A copy of everything committed so far; each task's values are in their order. */
  public List<T> values() {
    synchronized (committed) {
      return List.copyOf(committed);
    }
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
    return new Writer(context.attempt() + "-" + context.task());
  }

  @Override
  public Committer<String> openCommitter(ConnectorContext context) {
    return new Committer<>() {
      @Override
      public void recover(List<String> known) {
        commit(known);
        prepared.clear();
      }

      @Override
      public void commit(List<String> committables) {
        for (String transaction : committables) {
          publish(transaction);
        }
      }

      @Override
      public void close() {
        // Nothing is held open.
      }
    };
  }

  /** Moves a transaction to the values, unless that was done before. */
  private void publish(String transaction) {
    List<T> values = prepared.remove(transaction);
    if (values != null) {
      synchronized (committed) {
        committed.addAll(values);
      }
    }
  }

  private final class Writer implements SinkWriter<T, String> {

    private final String name;
    private List<T> open = new ArrayList<>();

    Writer(String name) {
      this.name = name;
    }

    @Override
    public void write(T value) {
      open.add(value);
    }

    @Override
    public Prepared<String> prepare(CheckpointId checkpoint) {
      if (open.isEmpty()) {
        return Prepared.nothing();
      }
      String transaction = name + "-" + checkpoint;
      List<T> ended = open;
      open = new ArrayList<>();
      return () -> {
        prepared.put(transaction, ended);
        return List.of(transaction);
      };
    }

    @Override
    public void close() {
      open = new ArrayList<>();
    }
  }
}

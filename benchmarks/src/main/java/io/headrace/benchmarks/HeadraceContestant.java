package io.headrace.benchmarks;

import io.headrace.api.CheckpointId;
import io.headrace.api.Committer;
import io.headrace.api.ConnectorContext;
import io.headrace.api.Context;
import io.headrace.api.Job;
import io.headrace.api.KeyedProcess;
import io.headrace.api.Settings;
import io.headrace.api.Sink;
import io.headrace.api.SinkWriter;
import io.headrace.api.States;
import io.headrace.api.TypeToken;
import io.headrace.api.ValueState;
import io.headrace.api.connector.Sources;
import io.headrace.checkpoint.CheckpointStore;
import io.headrace.checkpoint.Facts;
import io.headrace.checkpoint.Manifest;
import io.headrace.codec.Decoder;
import io.headrace.engine.Headrace;
import io.headrace.engine.Run;
import io.headrace.engine.coordinator.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Headrace, as its README teaches it: boxed values, default settings but for the parallelism. */
final class HeadraceContestant implements Contestant {

  private static final String JOB = "sums";

  @Override
  public Result run(Workload workload) throws Exception {
    Settings settings =
        Settings.in(workload.directory().resolve("state"))
            .parallelism(workload.parallelism())
            .checkpointInterval(workload.checkpointInterval());
    RunStatus status;
    try (Run run = Headrace.start(job(workload, HeadraceContestant::tally), settings)) {
      run.await();
      status = run.status();
    }
    return new Result(
        status.complete() + status.givenUp(), status.complete(), restore(workload, settings));
  }

  private static Output tally() {
    Tally tally = Meter.newTally();
    return new Output(tally::add, tally::flush);
  }

  /** The job. */
  static Job job(Workload workload, Supplier<Output> outputs) {
    int keys = workload.keys();
    return new Job() {
      @Override
      public String name() {
        return JOB;
      }

      @Override
      public void define(io.headrace.api.Pipeline pipeline) {
        pipeline
            .source(
                "events",
                Sources.generate(Long.class, workload.events(), event -> Workload.key(event, keys))
                    .splits(workload.parallelism()))
            .keyBy(key -> key)
            .process("sum", SumByKey::new)
            .sink("out", new Discard(outputs));
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

  /** What takes the outputs of one task. */
  record Output(LongConsumer add, Runnable flush) {}

  /** Hands each output on, and forgets it. */
  private record Discard(Supplier<Output> outputs) implements Sink<Long, String> {

    @Override
    public TypeToken<String> committableType() {
      return TypeToken.of(String.class);
    }

    @Override
    public Delivery delivery() {
      return Delivery.AT_LEAST_ONCE;
    }

    @Override
    public SinkWriter<Long, String> openWriter(ConnectorContext context) {
      Output output = outputs.get();
      return new SinkWriter<>() {
        @Override
        public void write(Long value) {
          output.add().accept(value);
        }

        @Override
        public Prepared<String> prepare(CheckpointId checkpoint) {
          output.flush().run();
          return Prepared.nothing();
        }

        @Override
        public void close() {
          output.flush().run();
        }
      };
    }

    @Override
    public Committer<String> openCommitter(ConnectorContext context) {
      return new Committer<>() {
        @Override
        public void recover(List<String> prepared) {
          // Nothing is ever prepared.
        }

        @Override
        public void commit(List<String> committables) {
          // Nothing is ever prepared.
        }

        @Override
        public void close() {
          // Nothing is held open.
        }
      };
    }
  }

  // Restoring

  /** Deletes the newest checkpoint, goes on from the one before, and compares what comes out. */
  private static Result.Restore restore(Workload workload, Settings settings) throws Exception {
    CheckpointStore store = new CheckpointStore(workload.directory().resolve("state"), JOB);
    Facts facts = store.inspect(Optional.empty());
    if (facts.found().size() < 2) {
      return Result.Restore.NOT_TRIED;
    }
    delete(workload, facts.found().get(0));
    if (!(facts.found().get(1) instanceof Facts.Intact older)) {
      return Result.Restore.WRONG;
    }
    LongAdder outputs = new LongAdder();
    Job again = job(workload, () -> new Output(outputs::add, () -> {}));
    try (Run run = Headrace.start(again, settings)) {
      run.await();
    }
    long expected = workload.checksum() - checksumBefore(workload, older.manifest());
    return outputs.sum() == expected ? Result.Restore.RIGHT : Result.Restore.WRONG;
  }

  private static void delete(Workload workload, Facts.Found found) throws IOException {
    Path folder =
        workload.directory().resolve("state/checkpoints/" + found.id() + "-" + found.attempt());
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  /** The sum of the outputs of all events before the positions of a checkpoint. */
  private static long checksumBefore(Workload workload, Manifest manifest) {
    HashMap<Long, Long> counts = new HashMap<>();
    for (Manifest.Position split : manifest.sources().get(0).positions()) {
      long end = new Decoder(split.position()).readLong();
      long first = Long.parseLong(split.split());
      for (long event = first; event < end; event += workload.parallelism()) {
        counts.merge(Workload.key(event, workload.keys()), 1L, Long::sum);
      }
    }
    long sum = 0;
    for (Map.Entry<Long, Long> entry : counts.entrySet()) {
      long count = entry.getValue();
      sum += Workload.value(entry.getKey()) * (count * (count + 1) / 2);
    }
    return sum;
  }
}

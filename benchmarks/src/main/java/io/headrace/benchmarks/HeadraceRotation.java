package io.headrace.benchmarks;

import io.headrace.api.ConnectorContext;
import io.headrace.api.Context;
import io.headrace.api.Job;
import io.headrace.api.KeyedProcess;
import io.headrace.api.Source;
import io.headrace.api.SourceOutput;
import io.headrace.api.SourceReader;
import io.headrace.api.Split;
import io.headrace.api.States;
import io.headrace.api.TypeToken;
import io.headrace.api.ValueState;
import io.headrace.api.connector.GeneratedSource;
import io.headrace.api.connector.Sources;
import io.headrace.engine.Headrace;
import io.headrace.engine.Run;
import io.headrace.engine.coordinator.CheckpointStatus;
import io.headrace.engine.coordinator.RunStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A {@link Rotation} on Headrace. */
final class HeadraceRotation implements Contestant, Restartable {

  @Override
  public Result run(Workload workload) {
    try (Run run = Headrace.start(job(workload), HeadraceContestant.settingsOf(workload))) {
      run.await();
      RunStatus status = run.status();
      return new Result(
          status.complete() + status.givenUp(), status.complete(), Result.Restore.NOT_TRIED);
    }
  }

  @Override
  public Running start(Workload workload) {
    return new InThisJvm(Headrace.start(job(workload), HeadraceContestant.settingsOf(workload)));
  }

  private record InThisJvm(Run run) implements Running {

    @Override
    public long complete() {
      if (run.isEnded()) {
        run.await();
      }
      return run.status().complete();
    }

    @Override
    public Optional<Instant> lastComplete() {
      return run.status().lastComplete().map(CheckpointStatus::triggered);
    }
  }

  private static Job job(Workload workload) {
    GeneratedSource<Long> events =
        Sources.generate(Long.class, workload.events(), event -> event)
            .splits(workload.parallelism());
    Source<Long, Long> source =
        Schedule.installed()
            .<Source<Long, Long>>map(schedule -> new Scheduled(events, workload, schedule))
            .orElse(events);
    int keys = workload.keys();
    return HeadraceJob.named(
        pipeline ->
            pipeline
                .source("events", source)
                .keyBy(event -> Rotation.key(event, keys))
                .process("sum", RunningSum::new)
                .sink("out", new HeadraceSink<>(HeadraceRotation::output)));
  }

  private static HeadraceSink.Output<Arrival> output() {
    Taker taker = Takers.next();
    return new HeadraceSink.Output<>(
        arrival -> taker.take(arrival.event(), arrival.sum()), () -> {});
  }

  private static final class RunningSum implements KeyedProcess<Long, Long, Arrival> {

    private final ValueState<Long> sum;

    RunningSum(States states) {
      sum = states.value("sum", Long.class, 0L);
    }

    @Override
    public void process(Long event, Context<Long, Arrival> at) {
      long value = Workload.value(at.key());
      at.emit(new Arrival(event, sum.update(before -> before + value)));
    }
  }

  /** Events that come when they are due. */
  private record Scheduled(GeneratedSource<Long> events, Workload workload, Schedule schedule)
      implements Source<Long, Long> {

    @Override
    public TypeToken<Long> type() {
      return events.type();
    }

    @Override
    public TypeToken<Long> positionType() {
      return events.positionType();
    }

    @Override
    public boolean isBounded() {
      return events.isBounded();
    }

    @Override
    public List<Split<Long>> splits() {
      return events.splits();
    }

    @Override
    public SourceReader<Long, Long> open(String split, Long position, ConnectorContext context) {
      return new Reader(this, position);
    }
  }

  private static final class Reader implements SourceReader<Long, Long> {

    private static final int MOST_PER_POLL = 256;

    private final Scheduled source;
    private long next;

    Reader(Scheduled source, long position) {
      this.source = source;
      this.next = position;
    }

    @Override
    public Poll poll(SourceOutput<Long> out) {
      int emitted = 0;
      while (emitted < MOST_PER_POLL && !isAtEnd() && source.schedule().isDue(next)) {
        out.emit(next);
        next += source.workload().parallelism();
        emitted++;
      }
      if (isAtEnd()) {
        return Poll.END;
      }
      return emitted == MOST_PER_POLL ? Poll.MORE : Poll.LATER;
    }

    private boolean isAtEnd() {
      return next >= source.workload().events();
    }

    @Override
    public Long position() {
      return next;
    }

    @Override
    public void close() {
      // Nothing is held open.
    }
  }
}

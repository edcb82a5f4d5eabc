package io.headrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.CheckpointId;
import io.headrace.api.CheckpointListener;
import io.headrace.api.CheckpointSettings;
import io.headrace.api.Committer;
import io.headrace.api.ConnectorContext;
import io.headrace.api.Context;
import io.headrace.api.HeadraceException;
import io.headrace.api.Job;
import io.headrace.api.KeyedProcess;
import io.headrace.api.RestartStrategy;
import io.headrace.api.Settings;
import io.headrace.api.Sink;
import io.headrace.api.SinkWriter;
import io.headrace.api.SourceOutput;
import io.headrace.api.SourceReader;
import io.headrace.api.States;
import io.headrace.api.TypeToken;
import io.headrace.api.ValueState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@Tag("AB-8")
class CheckpointListenerTest {

  @TempDir Path directory;

  private final List<String> told = new CopyOnWriteArrayList<>();
  private CountDownLatch gate = new CountDownLatch(0);

  private Settings settings() {
    return Settings.in(directory).parallelism(1).withRestarts(RestartStrategy.none());
  }

  private Settings onDemand(Duration timeout) {
    return settings()
        .withCheckpoints(
            CheckpointSettings.defaults().interval(Duration.ofDays(1)).timeout(timeout));
  }

  private Job job(Remembering.What what) {
    return pipeline ->
        pipeline
            .source("numbers", new Listening())
            .keyBy(number -> number)
            .process("process", states -> new Remembering(states, what, this::tell))
            .sink("out", new Out());
  }

  private void tell(String who, CheckpointId checkpoint, String what) {
    told.add(who + " " + what + " " + checkpoint);
    assertThat(Thread.currentThread().getName()).contains("-worker-");
  }

  private void awaitTold(String... all) {
    while (!told.containsAll(List.of(all))) {
      assertThat(Thread.interrupted()).as("told only %s", told).isFalse();
      LockSupport.parkNanos(1_000);
    }
  }

  @Test
  void readersProcessesAndWritersAreToldOfCompleteCheckpointsOnTheThreadsOfTheirTasks()
      throws Exception {
    try (Run run = Headrace.start(job(Remembering.What.NOTHING), onDemand(Duration.ofMinutes(1)))) {
      run.checkpoint().get();
      run.checkpoint().get();

      awaitTold("reader complete 2", "process complete 2", "writer complete 2");
      assertThat(told.indexOf("process complete 1")).isLessThan(told.indexOf("process complete 2"));
      assertThat(run.status().lastFailure()).isEmpty();
    }
  }

  @Test
  void theyAreToldOfCheckpointsThatWereGivenUp() {
    gate = new CountDownLatch(1);
    try (Run run = Headrace.start(job(Remembering.What.NOTHING), onDemand(Duration.ofMillis(20)))) {
      assertThatThrownBy(run.checkpoint()::get).hasMessageContaining("it took longer");

      awaitTold("reader aborted 1", "process aborted 1", "writer aborted 1");
      gate.countDown();
    }
  }

  @Test
  void aListenerThatThrowsEndsTheAttempt() {
    assertThatThrownBy(() -> Headrace.run(job(Remembering.What.THROW), settings()))
        .isInstanceOf(HeadraceException.class)
        .hasMessageContaining(
            "checkpoint listener of operator \"process\", in task \"process -> out #0\", threw")
        .hasMessageContaining("not now");
  }

  @Test
  void stateCannotBeUsedInAListener() {
    assertThatThrownBy(() -> Headrace.run(job(Remembering.What.USE_STATE), settings()))
        .isInstanceOf(HeadraceException.class)
        .hasMessageContaining("STATE_OUT_OF_SCOPE");
  }

  /** Is told. */
  private interface Told {
    void tell(String who, CheckpointId checkpoint, String what);
  }

  private static final class Remembering
      implements KeyedProcess<Long, Long, Long>, CheckpointListener {

    enum What {
      NOTHING,
      THROW,
      USE_STATE
    }

    private final ValueState<Long> last;
    private final What what;
    private final Told told;

    Remembering(States states, What what, Told told) {
      this.last = states.value("last", Long.class, 0L);
      this.what = what;
      this.told = told;
    }

    @Override
    public void process(Long value, Context<Long, Long> at) {
      last.set(value);
      at.emit(value);
    }

    @Override
    public void checkpointComplete(CheckpointId checkpoint) {
      told.tell("process", checkpoint, "complete");
      if (what == What.THROW) {
        throw new IllegalStateException("not now");
      }
      if (what == What.USE_STATE) {
        last.clear();
      }
    }

    @Override
    public void checkpointAborted(CheckpointId checkpoint) {
      told.tell("process", checkpoint, "aborted");
    }
  }

  /** Ends never, and emits nothing but a first value. */
  private final class Listening implements Numbers {

    @Override
    public SourceReader<Long, Long> open(String split, Long position, ConnectorContext context) {
      return new Reader(position);
    }
  }

  private final class Reader implements SourceReader<Long, Long>, CheckpointListener {

    private long position;

    Reader(long position) {
      this.position = position;
    }

    @Override
    public Poll poll(SourceOutput<Long> out) {
      if (position == 0) {
        out.emit(position++);
      }
      return Poll.LATER;
    }

    @Override
    public Long position() {
      return position;
    }

    @Override
    public void checkpointComplete(CheckpointId checkpoint) {
      tell("reader", checkpoint, "complete");
    }

    @Override
    public void checkpointAborted(CheckpointId checkpoint) {
      tell("reader", checkpoint, "aborted");
    }

    @Override
    public void close() {
      // Nothing is held open.
    }
  }

  private final class Out implements Sink<Long, String> {

    private final GatedSink<Long> plain = GatedSink.open();

    @Override
    public TypeToken<String> committableType() {
      return plain.committableType();
    }

    @Override
    public Delivery delivery() {
      return plain.delivery();
    }

    @Override
    public SinkWriter<Long, String> openWriter(ConnectorContext context) {
      return new Writer();
    }

    @Override
    public Committer<String> openCommitter(ConnectorContext context) {
      return plain.openCommitter(context);
    }
  }

  private final class Writer implements SinkWriter<Long, String>, CheckpointListener {

    @Override
    public void write(Long value) {
      // Nobody looks.
    }

    @Override
    public Prepared<String> prepare(CheckpointId checkpoint) {
      return () -> {
        gate.await();
        return List.of();
      };
    }

    @Override
    public void checkpointComplete(CheckpointId checkpoint) {
      tell("writer", checkpoint, "complete");
    }

    @Override
    public void checkpointAborted(CheckpointId checkpoint) {
      tell("writer", checkpoint, "aborted");
    }

    @Override
    public void close() {
      // Nothing is held open.
    }
  }
}

package io.headrace.engine.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.Settings;
import io.headrace.checkpoint.Manifest;
import io.headrace.codec.HashRange;
import io.headrace.engine.task.Mailbox;
import io.headrace.engine.task.ManualHost;
import io.headrace.engine.task.Restored;
import io.headrace.engine.task.StateRead;
import io.headrace.state.KeyedStates;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("RE-1")
class StateReadingTest {

  private final ManualHost host = new ManualHost();
  private final Mailbox mailbox = new Mailbox(host.ownPlace("coordinator"));
  private final BlockingWork work =
      new BlockingWork(host, mailbox, Settings.defaults(), this::thrown);
  private final List<String> told = new ArrayList<>();
  private final Read restored = new Read();

  /** Nothing is read from it. */
  private static final class Read implements Restored {

    private final Restored nothing = new EphemeralStorage.Nothing();
    private boolean isGivenUp;

    @Override
    public int percent() {
      return nothing.percent();
    }

    @Override
    public long entries() {
      return nothing.entries();
    }

    @Override
    public long bytes() {
      return nothing.bytes();
    }

    @Override
    public List<Manifest.Position> positions(String source) {
      return nothing.positions(source);
    }

    @Override
    public List<byte[]> elements(String operator, String state) {
      return nothing.elements(operator, state);
    }

    @Override
    public void readState(String operator, KeyedStates<?> states, HashRange range)
        throws IOException {
      nothing.readState(operator, states, range);
    }

    @Override
    public void giveUp() {
      isGivenUp = true;
    }
  }

  private void thrown(Throwable failure) {
    told.add("thrown " + failure.getMessage());
  }

  /** So many reads, of which some fail. */
  private StateReading reading(int count, int most, List<Integer> failing) {
    List<StateRead> reads =
        IntStream.range(0, count).<StateRead>mapToObj(i -> () -> read(i, failing)).toList();
    return new StateReading(work, reads, most, restored);
  }

  private void read(int number, List<Integer> failing) throws IOException {
    told.add("read " + number);
    if (failing.contains(number)) {
      throw new IOException("of " + number);
    }
  }

  private void begin(StateReading reading) {
    reading.begin(() -> told.add("all"), failure -> told.add("failed " + failure.getMessage()));
  }

  /** Has the reads done that were begun, and what they led to taken. */
  private void step() {
    host.step();
    mailbox.drain();
  }

  @Test
  void soManyTasksAsThereAreWorkersReadAtATime() {
    begin(reading(5, 2, List.of()));

    step();
    assertThat(told).containsExactly("read 0", "read 1");
    step();
    assertThat(told).containsExactly("read 0", "read 1", "read 2", "read 3");
    step();
    assertThat(told).endsWith("read 4", "all");
  }

  @Test
  void whereThereIsNothingToReadAllIsReadAtOnce() {
    begin(reading(0, 2, List.of()));

    assertThat(told).containsExactly("all");
  }

  @Test
  void theFirstFailureIsToldAndNothingElseIsRead() {
    begin(reading(5, 2, List.of(0, 1)));

    step();
    step();

    assertThat(told).containsExactly("read 0", "read 1", "failed of 0");
    assertThat(restored.isGivenUp).isTrue();
    assertThat(work.isDone()).isTrue();
  }

  @Test
  void whatIsGivenUpBeforeItBeginsIsNotReadAndTellsNobody() {
    StateReading reading = reading(3, 1, List.of(0));
    begin(reading);
    reading.giveUp();

    step();
    step();

    assertThat(told).isEmpty();
    assertThat(restored.isGivenUp).isTrue();
    assertThat(work.isDone()).isTrue();
  }

  @Test
  void whatIsGivenUpBeforeTheLastIsReadIsNotSaidToBeRead() {
    AtomicReference<@Nullable StateReading> reading = new AtomicReference<>();
    StateRead givingUp =
        () -> {
          told.add("read 0");
          Objects.requireNonNull(reading.get()).giveUp();
        };
    reading.set(new StateReading(work, List.of(givingUp), 1, restored));
    begin(Objects.requireNonNull(reading.get()));

    step();

    assertThat(told).containsExactly("read 0");
    assertThat(Thread.interrupted()).isFalse();
  }
}

package io.headrace.engine.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.engine.task.Mailbox;
import io.headrace.engine.task.ManualHost;
import io.headrace.engine.task.StateRead;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("RE-1")
class StateReadingTest {

  private final ManualHost host = new ManualHost();
  private final Mailbox mailbox = new Mailbox(host.ownPlace("coordinator"));
  private final BlockingWork work = new BlockingWork(host, mailbox, this::thrown);
  private final List<String> told = new ArrayList<>();
  private boolean isGivenUp;

  private void thrown(Throwable failure) {
    told.add("thrown " + failure.getMessage());
  }

  /** So many reads, of which some fail. */
  private StateReading reading(int count, int most, List<Integer> failing) {
    List<StateRead> reads =
        IntStream.range(0, count).<StateRead>mapToObj(i -> () -> read(i, failing)).toList();
    return new StateReading(work, reads, most, () -> isGivenUp = true);
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
    assertThat(isGivenUp).isTrue();
    assertThat(work.isDone()).isTrue();
  }

  @Test
  void whatIsGivenUpTellsNobody() {
    StateReading reading = reading(3, 1, List.of(0));
    begin(reading);
    reading.giveUp();

    step();
    step();

    assertThat(told).containsExactly("read 0");
    assertThat(isGivenUp).isTrue();
  }

  @Test
  void whatIsGivenUpBeforeTheLastIsReadIsNotSaidToBeRead() {
    StateReading reading = reading(1, 1, List.of());
    begin(reading);
    reading.giveUp();

    step();

    assertThat(told).containsExactly("read 0");
  }
}

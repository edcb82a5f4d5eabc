package io.headrace.engine.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.CheckpointingMode;
import io.headrace.api.SourceOutput;
import io.headrace.api.SourceReader;
import io.headrace.api.SourceReader.Poll;
import io.headrace.api.WatermarkStrategy;
import io.headrace.codec.Codecs;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a source task says of event time. */
@Tag("TM-2")
class SourceTimeTest {

  private static final Duration IDLE = Duration.ofSeconds(10);

  private final Edge out = new Edge(16, () -> {}, () -> {});
  private final ManualHost host = new ManualHost();
  private final TaskContext context = context();
  private final Chain chain =
      new Chain(List.of(), List.of(new PlainOutlet(new Lanes(List.of(out)), context.track())));
  private final SourceTime time =
      new SourceTime(
          WatermarkStrategy.<Object>forBoundedOutOfOrderness(
                  Duration.ofMillis(10), value -> Instant.ofEpochMilli((Long) value))
              .withIdleness(IDLE),
          new CallSite("in", context.id(), context.track(), () -> Codecs.of((Type) Long.class)),
          context);
  private final List<TaskSplits.OpenSplit> splits =
      new ArrayList<>(List.of(split("a"), split("b")));

  private TaskContext context() {
    return new TaskContext(
        new TaskId("in", 0),
        false,
        host.sharedPlace(),
        host,
        OperatorTaskTest.NO_REPORTS,
        RunListener.NONE,
        checkpoint -> (task, operator, state) -> Optional.empty(),
        CheckpointingMode.EXACTLY_ONCE,
        new Meter(),
        new Track(true));
  }

  private static TaskSplits.OpenSplit split(String name) {
    SourceReader<Object, Object> reader =
        new SourceReader<>() {
          @Override
          public Poll poll(SourceOutput<Object> output) {
            return Poll.END;
          }

          @Override
          public Object position() {
            return 0L;
          }

          @Override
          public void close() {
            // Nothing is held open.
          }
        };
    return new TaskSplits.OpenSplit(name, reader, reader);
  }

  /** Reads values, and returns what is told about time. */
  private List<Item> read(String split, Poll found, long... values) {
    time.reading(split);
    for (long value : values) {
      time.stamp(value);
    }
    time.read(values.length, found);
    time.tell(splits, found == Poll.MORE, chain);
    List<Item> told = new ArrayList<>();
    for (Item item = out.poll(); item != null; item = out.poll()) {
      told.add(item);
    }
    return told;
  }

  @Test
  void theWatermarkIsBehindTheLatestValueOfTheSlowestSplit() {
    assertThat(read("a", Poll.LATER, 100, 120, 110)).isEmpty();

    assertThat(read("b", Poll.LATER, 50)).containsExactly(new Watermark(39));
    assertThat(read("b", Poll.LATER, 200)).containsExactly(new Watermark(109));
    assertThat(read("b", Poll.LATER, 100)).isEmpty();
  }

  @Test
  void whileThereIsMoreToReadTheWatermarkIsToldNowAndThen() {
    read("a", Poll.MORE, 100);
    assertThat(read("b", Poll.MORE, 100)).containsExactly(new Watermark(89));
    read("a", Poll.MORE, 200);
    assertThat(read("b", Poll.MORE, 200)).isEmpty();

    host.pass(Duration.ofSeconds(1));
    assertThat(read("a", Poll.MORE, 300)).containsExactly(new Watermark(189));
  }

  @Test
  @Tag("R8")
  @Tag("FAULT-55")
  void aSplitIsIdleThatHadNothingToReadForSomeTimeAndNoOther() {
    read("a", Poll.LATER, 100);
    read("b", Poll.LATER);
    host.pass(IDLE.minusMillis(1));
    assertThat(read("b", Poll.LATER)).isEmpty();

    host.pass(Duration.ofMillis(1));
    assertThat(read("b", Poll.LATER)).containsExactly(new Watermark(89));
    host.pass(IDLE);
    assertThat(read("a", Poll.MORE)).isEmpty();
    assertThat(read("a", Poll.LATER)).isEmpty();
  }

  @Test
  @Tag("R8")
  void aTaskIsIdleWhileAllItsSplitsAre() {
    read("a", Poll.LATER, 100);
    read("b", Poll.LATER, 50);
    host.pass(IDLE);
    read("a", Poll.LATER);

    assertThat(read("b", Poll.LATER)).containsExactly(new Watermark(89), Idle.INSTANCE);
    assertThat(read("b", Poll.LATER)).isEmpty();
    assertThat(read("b", Poll.LATER, 60)).containsExactly(new Watermark(89));
  }

  @Test
  void aSplitThatHasEndedHoldsBackNobody() {
    read("a", Poll.LATER, 100);
    read("b", Poll.LATER, 50);

    time.ended("b");
    splits.remove(1);

    assertThat(read("a", Poll.LATER, 101)).containsExactly(new Watermark(90));
  }

  @Test
  @Tag("FAULT-17")
  void aValueWhoseTimeCannotBeToldIsRefused() {
    time.reading("a");

    assertThatThrownBy(() -> time.stamp("no number"))
        .hasMessageContaining("its timestamp assigner threw java.lang.ClassCastException")
        .hasMessageContaining("USER_FUNCTION_FAILED");
  }
}

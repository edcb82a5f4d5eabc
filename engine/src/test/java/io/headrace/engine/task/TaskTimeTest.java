package io.headrace.engine.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.TimeDomain;
import io.headrace.engine.task.TaskTime.Due;
import io.headrace.state.Times;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** In which order a task fires timers and passes on time. */
@Tag("ST-10")
class TaskTimeTest {

  private final Edge out = new Edge(16, () -> {}, () -> {});
  private final Track track = new Track(true);
  private final List<String> fired = new ArrayList<>();

  /** How many timers are due, and what is said of them. */
  private final Map<TimeDomain, Integer> due = new EnumMap<>(TimeDomain.class);

  private Due answer = Due.FIRED;

  private final TaskTime.Timed timed =
      new TaskTime.Timed() {
        @Override
        public Due fire(TimeDomain domain) {
          int left = due.getOrDefault(domain, 0);
          if (left == 0) {
            return Due.NOTHING;
          }
          if (answer == Due.FIRED) {
            due.put(domain, left - 1);
            fired.add(domain + " at " + track.watermark());
          }
          return answer;
        }
      };

  private final TaskTime time =
      new TaskTime(
          track,
          timed,
          new Chain(List.of(), List.of(new PlainOutlet(new Lanes(List.of(out)), track))),
          2);

  private List<Item> sent() {
    List<Item> items = new ArrayList<>();
    for (Item item = out.poll(); item != null; item = out.poll()) {
      items.add(item);
    }
    return items;
  }

  @Test
  void theWatermarkIsPassedOnWhenAllThatIsDueHasFired() {
    due.put(TimeDomain.EVENT_TIME, 2);
    time.advance(0, 5);
    time.advance(1, 7);

    assertThat(time.step()).isEqualTo(Due.FIRED);
    assertThat(time.step()).isEqualTo(Due.FIRED);
    assertThat(sent()).isEmpty();
    assertThat(time.step()).isEqualTo(Due.PASSED_ON);
    assertThat(sent()).containsExactly(new Watermark(5));
    assertThat(time.step()).isEqualTo(Due.NOTHING);
    assertThat(fired).containsOnly("EVENT_TIME at 5");
  }

  @Test
  void nothingIsPassedOnWhileThereMayBeNoMemoryForTimers() {
    due.put(TimeDomain.EVENT_TIME, 1);
    time.advance(0, 5);
    time.advance(1, 7);
    answer = Due.MUST_WAIT;

    assertThat(time.step()).isEqualTo(Due.MUST_WAIT);
    assertThat(sent()).isEmpty();
    answer = Due.FIRED;
    assertThat(time.step()).isEqualTo(Due.FIRED);
  }

  @Test
  @Tag("FAULT-64")
  void timersOfProcessingTimeTakeTurnsWithInput() {
    due.put(TimeDomain.PROCESSING_TIME, 2);

    assertThat(time.step()).isEqualTo(Due.FIRED);
    assertThat(time.step()).isEqualTo(Due.NOTHING);
    assertThat(time.step()).isEqualTo(Due.FIRED);
    assertThat(time.step()).isEqualTo(Due.NOTHING);
  }

  @Test
  void theEndIsPassedOnWhenAllTimersHaveFired() {
    due.put(TimeDomain.EVENT_TIME, 1);
    due.put(TimeDomain.PROCESSING_TIME, 2);
    time.end(0);
    time.end(1);

    for (int i = 0; i < 3; i++) {
      assertThat(time.step()).isEqualTo(Due.FIRED);
      assertThat(sent()).isEmpty();
    }
    assertThat(time.step()).isEqualTo(Due.PASSED_ON);
    assertThat(sent()).containsExactly(EndOfInput.INSTANCE);
    assertThat(time.hasEnded()).isTrue();
    assertThat(time.step()).isEqualTo(Due.NOTHING);
    assertThat(fired.get(0)).isEqualTo("EVENT_TIME at " + Times.END);
  }

  @Test
  @Tag("R8")
  void idlenessIsPassedOnAndTakenBack() {
    time.advance(0, 5);
    time.idle(1);
    time.step();
    assertThat(sent()).containsExactly(new Watermark(5));

    time.idle(0);
    time.step();
    assertThat(sent()).containsExactly(Idle.INSTANCE);

    time.advance(1, 2);
    time.step();
    assertThat(sent()).containsExactly(new Watermark(5));
    assertThat(track.watermark()).isEqualTo(5);
  }

  /** What is late after a restart is what was late before. */
  @Test
  @Tag("FAULT-65")
  void theWatermarkBeginsWhereTheCheckpointWas() {
    track.watermark(9);

    time.advance(0, 5);
    time.advance(1, 7);
    time.step();
    assertThat(track.watermark()).isEqualTo(9);
    time.advance(0, 11);
    time.advance(1, 12);
    time.step();
    assertThat(track.watermark()).isEqualTo(11);
    assertThat(sent()).containsExactly(new Watermark(9), new Watermark(11));
  }

  @Test
  void theEndIsNotKeptAsAWatermark() {
    time.advance(0, 5);
    time.advance(1, 7);
    time.end(0);
    time.end(1);

    assertThat(track.watermark()).isEqualTo(Times.END);
    assertThat(track.watermarkBeforeEnd()).isEqualTo(7);
  }
}

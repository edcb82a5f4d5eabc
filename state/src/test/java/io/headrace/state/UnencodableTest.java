package io.headrace.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.AggregatingState;
import io.headrace.api.Aggregation;
import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.ListState;
import io.headrace.api.MapState;
import io.headrace.api.MutableState;
import io.headrace.api.ReducingState;
import io.headrace.api.TypeToken;
import io.headrace.api.ValueState;
import io.headrace.codec.Codecs;
import io.headrace.codec.KeyCodec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A value whose encoding breaks off half-way is refused where it is put, and leaves no trace. */
@Tag("FAULT-58")
final class UnencodableTest {

  private static final String PATH = "io.headrace.state.UnencodableTest$Line.words";

  /** The number is encoded before the words are. */
  record Line(long number, List<@Nullable String> words) {}

  private static final Line GOOD = new Line(1, List.of("a", "b"));
  private static final Line OTHER = new Line(2, List.of("c"));
  private static final Line BAD = new Line(3, new ArrayList<>(Collections.nCopies(5, null)));

  private final KeyCodec<String> keys = TestTypes.strings();
  private final KeyedStates<String> states = StatesFixture.states(keys);
  private final ValueState<Line> value = states.value("value", Line.class, OTHER);
  private final MapState<String, Line> map = states.map("map", String.class, Line.class);
  private final MapState<Line, Long> keyed = states.map("keyed", Line.class, Long.class);
  private final ListState<Line> list = states.list("list", Line.class);
  private final ReducingState<Line> reducing =
      states.reducing("reducing", TypeToken.of(Line.class), (one, more) -> more);
  private final AggregatingState<Line, Line> aggregating =
      states.aggregating("aggregating", TypeToken.of(Line.class), LAST);
  private final MutableState<Line> mutable = states.mutable("mutable", Line.class, OTHER);

  private static final Aggregation<Line, Line, Line> LAST =
      new Aggregation<>() {
        @Override
        public Line initial() {
          return OTHER;
        }

        @Override
        public Line add(Line accumulator, Line line) {
          return line;
        }

        @Override
        public Line result(Line accumulator) {
          return accumulator;
        }
      };

  private void enter(String key) {
    StatesFixture.enter(states, keys, key);
  }

  private static void assertRefused(ThrowingCallable put) {
    assertThatThrownBy(put)
        .isInstanceOfSatisfying(
            HeadraceException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.VALUE_NOT_ENCODABLE))
        .hasMessageContaining(PATH)
        .hasMessageContaining("[0] is null. Use Optional for what may be absent.");
  }

  private void fill(String key) {
    enter(key);
    value.set(GOOD);
    map.put("one", GOOD);
    keyed.put(GOOD, 1L);
    list.add(GOOD);
    reducing.add(GOOD);
    aggregating.add(GOOD);
    mutable.set(GOOD);
  }

  private void assertFilled(String key) {
    enter(key);
    assertThat(value.get()).isEqualTo(GOOD);
    assertThat(map.get("one")).contains(GOOD);
    assertThat(map.size()).isEqualTo(1);
    assertThat(keyed.get(GOOD)).contains(1L);
    assertThat(keyed.size()).isEqualTo(1);
    assertThat(list.toList()).containsExactly(GOOD);
    assertThat(reducing.get()).contains(GOOD);
    assertThat(aggregating.get()).contains(GOOD);
    assertThat(mutable.get()).isEqualTo(GOOD);
    states.leave();
  }

  private void failEverywhere(String key) {
    enter(key);
    assertRefused(() -> value.set(BAD));
    assertRefused(() -> map.put("one", BAD));
    assertRefused(() -> map.put("two", BAD));
    assertRefused(() -> keyed.put(BAD, 2L));
    assertRefused(() -> list.add(BAD));
    assertRefused(() -> reducing.add(BAD));
    assertRefused(() -> aggregating.add(BAD));
    assertRefused(() -> mutable.set(BAD));
  }

  @Test
  void itIsRefusedWhereItIsPutAndWhatWasThereStays() {
    fill("k");
    fill("neighbour");

    failEverywhere("k");
    failEverywhere("neighbour");

    assertFilled("k");
    assertFilled("neighbour");
  }

  @Test
  void aViewHasWhatWasPutAndNothingElse() {
    fill("k");
    failEverywhere("k");
    failEverywhere("nobody");
    fill("neighbour");
    states.leave();

    try (StatesView view = states.view()) {
      for (StatesView.State state : view.states()) {
        assertThat(StatesFixture.entries(state)).as("%s", state.name()).hasSize(2);
      }
    }
  }

  @Test
  void whatIsPutAfterItIsWhole() {
    failEverywhere("k");

    fill("k");

    assertFilled("k");
  }

  @Test
  void anObjectThatIsChangedToOneIsRefusedByTheNextSnapshotAndTheOthersStay() {
    fill("k");
    enter("changed");
    mutable.set(new Line(1, List.of("a")));
    mutable.get().words().add(null);
    states.leave();

    assertThatThrownBy(states::view)
        .isInstanceOf(HeadraceException.class)
        .hasMessageStartingWith("State \"mutable\" of operator \"op\" holds an object")
        .hasMessageContaining(PATH + "[1] is null");
    enter("changed");
    mutable.get().words().remove(1);
    states.leave();
    try (StatesView view = states.view()) {
      assertThat(view.states()).isNotEmpty();
    }
    assertFilled("k");
  }

  @Test
  void aKeyThatCannotBeEncodedHasNoState() {
    KeyCodec<Map<String, Long>> maps = Codecs.keyOf(new TypeToken<Map<String, Long>>() {}.type());
    KeyedStates<Map<String, Long>> byMap = StatesFixture.states(maps);
    ValueState<Long> count = byMap.value("count", Long.class, 0L);
    StatesFixture.enter(byMap, maps, Map.of("a", 1L));
    count.set(1L);

    assertThatThrownBy(() -> maps.hash(Collections.singletonMap("a", null)))
        .hasMessageContaining("{value} is null");
    StatesFixture.enter(byMap, maps, Map.of("a", 1L));
    assertThat(count.get()).isEqualTo(1L);
  }

  @Test
  @Tag("FAULT-60")
  void aKeyThatIsTooLargeIsRefusedWithItsSizeAndTheLimit() {
    enter("x".repeat(KeyedStates.MOST_KEY_BYTES - 4));
    value.set(GOOD);
    assertThat(value.get()).isEqualTo(GOOD);

    enter("x".repeat(KeyedStates.MOST_KEY_BYTES));

    assertTooLarge(() -> value.set(GOOD), "A key of operator \"op\" takes 1048580 bytes");
    assertTooLarge(value::get, "A key of operator \"op\" takes");
  }

  @Test
  @Tag("FAULT-60")
  void aMapKeyThatIsTooLargeIsRefusedWithItsSizeAndTheLimit() {
    enter("k");
    map.put("one", GOOD);

    assertTooLarge(
        () -> map.put("x".repeat(KeyedStates.MOST_KEY_BYTES), GOOD),
        "A map key of state \"map\" of operator \"op\" takes 1048580 bytes");
    assertThat(map.size()).isEqualTo(1);
  }

  @Test
  @Tag("FAULT-60")
  void aValueThatIsTooLargeIsRefusedWithItsSizeAndTheLimitAndTheOldOneStays() {
    ValueState<String> text = states.value("text", String.class, "");
    MapState<String, String> texts = states.map("texts", String.class, String.class);
    String large = "x".repeat((1 << 28) + 1);
    enter("k");
    text.set("small");
    texts.put("a", "small");

    assertTooLarge(() -> text.set(large), "State \"text\" of operator \"op\" was set to a value");
    assertTooLarge(() -> texts.put("b", large), "State \"texts\" of operator \"op\"");

    assertThat(text.get()).isEqualTo("small");
    assertThat(texts.get("a")).contains("small");
    assertThat(texts.size()).isEqualTo(1);
  }

  private static void assertTooLarge(ThrowingCallable use, String words) {
    assertThatThrownBy(use)
        .isInstanceOfSatisfying(
            HeadraceException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.VALUE_NOT_ENCODABLE))
        .hasMessageStartingWith(words)
        .hasMessageContaining(" may take ")
        .message()
        .doesNotContain("xxx");
  }
}

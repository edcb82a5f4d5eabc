package io.headrace.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.HeadraceException;
import io.headrace.api.ListState;
import io.headrace.api.MapState;
import io.headrace.api.ValueState;
import io.headrace.codec.Decoder;
import io.headrace.codec.Encoder;
import io.headrace.codec.KeyCodec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What one element wrote is undone as if the element had never come. */
@Tag("N15")
final class UndoTest {

  private final KeyCodec<String> keys = TestTypes.strings();
  private final MemoryBudget budget = new MemoryBudget(StatesFixture.PLENTY);
  private final KeyedStates<String> states = StatesFixture.undoable(keys, budget);
  private final ValueState<String> text = states.value("text", String.class, "");
  private final MapState<String, Long> map = states.map("map", String.class, Long.class);
  private final ListState<String> list = states.list("list", String.class);

  @Test
  void everyKindOfStateIsWhatItWas() {
    enter("k");
    text.set("before");
    List.of("a", "b", "c").forEach(each -> map.put(each, 1L));
    list.addAll(List.of("x", "y"));
    states.commit();

    enter("k");
    text.set("a text that needs far more room than the one before it");
    map.remove("a");
    map.put("d", 2L);
    map.put("b", 3L);
    list.update(List.of("z"));
    list.add("w");
    text.clear();
    states.undo();

    enter("k");
    assertThat(text.get()).isEqualTo("before");
    assertThat(order()).containsExactly("a1", "b1", "c1");
    assertThat(list.toList()).containsExactly("x", "y");
  }

  @Test
  void nothingIsLeftOfANewKey() {
    enter("k");
    text.set("a");
    map.put("a", 1L);
    list.add("a");
    states.undo();

    enter("k");
    assertThat(text.get()).isEmpty();
    assertThat(map.size()).isZero();
    assertThat(list.size()).isZero();
    states.commit();
    for (StatesView.State state : states.view().states()) {
      assertThat(StatesFixture.entries(state)).isEmpty();
    }
  }

  @Test
  void whatWasClearedIsThereAgain() {
    enter("k");
    text.set("a");
    map.put("a", 1L);
    list.add("a");
    states.commit();

    enter("k");
    text.clear();
    map.clear();
    list.clear();
    states.undo();

    enter("k");
    assertThat(text.get()).isEqualTo("a");
    assertThat(order()).containsExactly("a1");
    assertThat(list.toList()).containsExactly("a");
  }

  @Test
  void onlyTheElementThatIsUndoneIs() {
    enter("k");
    text.set("a");
    states.commit();
    enter("other");
    text.set("b");
    states.commit();
    enter("k");
    text.set("c");
    states.undo();

    enter("k");
    assertThat(text.get()).isEqualTo("a");
    states.commit();
    enter("other");
    assertThat(text.get()).isEqualTo("b");
  }

  /** The rows may be elsewhere by then: in other segments, or moved together. */
  @Test
  void whatMadeATableSplitIsUndone() {
    enter("k");
    map.put("first", 1L);
    states.commit();

    enter("k");
    for (long each = 0; each < 20_000; each++) {
      map.put("entry-" + each, each);
    }
    map.remove("first");
    states.undo();

    enter("k");
    assertThat(order()).containsExactly("first1");
    states.commit();
  }

  @Test
  void anElementThatIsOverCannotUseState() {
    enter("k");
    states.commit();
    assertThatThrownBy(text::get).hasMessageContaining("STATE_OUT_OF_SCOPE");
    enter("k");
    text.set("a");
    states.undo();
    assertThatThrownBy(text::get).hasMessageContaining("STATE_OUT_OF_SCOPE");
  }

  @Test
  void everyElementIsCommittedOrUndone() {
    enter("k");

    assertThatThrownBy(() -> enter("k")).hasMessageContaining("neither committed nor undone");
    states.leave();
    assertThatThrownBy(states::view).hasMessageContaining("while an element is processed");
  }

  @Test
  void whereNothingIsNotedNothingCanBeUndone() {
    KeyedStates<String> plain = StatesFixture.states(keys);
    StatesFixture.enter(plain, keys, "k");

    assertThatThrownBy(plain::undo)
        .hasMessageContaining("an element of op was undone, which is not undoable");
  }

  /** An entry that is as it was may be told as changed, but what changed is always told. */
  @Test
  void aViewTellsWhatAnUndoneDeletionOfANewEntryIs() {
    enter("k");
    text.set("a");
    states.commit();
    enter("k");
    text.clear();
    states.undo();

    StatesView.State shown = states.view().states().get(0);

    assertThat(StatesFixture.changes(shown)).hasSize(1);
    assertThat(StatesFixture.deletions(shown)).isEmpty();
  }

  /** One element may write much: what is noted of it is within the limit, and given back. */
  @Test
  void whatIsNotedIsTakenFromTheBudget() {
    enter("k");
    for (int each = 0; each < 1_000; each++) {
      list.add("x".repeat(100));
    }
    states.commit();
    long before = budget.used();

    enter("k");
    list.update(list.toList());
    assertThat(budget.used()).isGreaterThan(before + 1_000 * 100);
    states.commit();
    assertThat(budget.used()).isEqualTo(before);

    enter("k");
    list.update(list.toList());
    states.undo();
    assertThat(budget.used()).isEqualTo(before);
  }

  @Test
  void anElementThatWritesWithoutEndReachesTheLimit() {
    MemoryBudget small = new MemoryBudget(1_000_000);
    KeyedStates<String> bounded = StatesFixture.undoable(keys, small);
    ValueState<Long> sum = bounded.value("sum", Long.class, 0L);
    StatesFixture.enter(bounded, keys, "k");
    sum.set(1L);
    bounded.commit();
    StatesFixture.enter(bounded, keys, "k");

    assertThatThrownBy(
            () -> {
              while (true) {
                sum.set(sum.get() + 1);
              }
            })
        .isInstanceOf(HeadraceException.class)
        .hasMessageContaining("State \"sum\" of operator \"op\" needs")
        .hasMessageContaining("STATE_LIMIT_REACHED");
    bounded.undo();
    StatesFixture.enter(bounded, keys, "k");
    assertThat(sum.get()).isEqualTo(1);
  }

  @Test
  void whatIsRestoredIsNotNoted() {
    Encoder entry = new Encoder();
    entry.writeString("k");
    entry.writeString("restored");
    states.restore("text", new Decoder(entry.toBytes()));

    enter("k");
    text.set("a");
    states.undo();

    enter("k");
    assertThat(text.get()).isEqualTo("restored");
  }

  private List<String> order() {
    List<String> order = new ArrayList<>();
    map.forEach((key, value) -> order.add(key + value));
    return order;
  }

  private void enter(String key) {
    StatesFixture.enter(states, keys, key);
  }
}

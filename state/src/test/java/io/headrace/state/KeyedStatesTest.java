package io.headrace.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.MapState;
import io.headrace.api.TypeToken;
import io.headrace.api.ValueState;
import io.headrace.api.plan.StateDeclaration;
import io.headrace.codec.Decoder;
import io.headrace.codec.Encoder;
import io.headrace.codec.Hash;
import io.headrace.codec.HashRange;
import io.headrace.codec.MalformedDataException;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("KS-1")
@Tag("KS-2")
final class KeyedStatesTest {

  private final KeyedStates<Long> states = StatesFixture.states(TestTypes.longs());

  @Test
  void aKeyHasTheInitialValueUntilItIsSetAndAfterItIsCleared() {
    ValueState<Long> sum = states.value("sum", Long.class, 7L);
    states.seal();

    enter(1);
    assertThat(sum.get()).isEqualTo(7);
    sum.set(8L);
    assertThat(sum.get()).isEqualTo(8);
    enter(2);
    assertThat(sum.get()).isEqualTo(7);
    enter(1);
    assertThat(sum.get()).isEqualTo(8);
    sum.clear();
    assertThat(sum.get()).isEqualTo(7);
    sum.set(9L);
    enter(2);
    enter(1);
    assertThat(sum.get()).isEqualTo(9);
  }

  @Test
  void readingTheInitialValueKeepsNothing() {
    ValueState<Long> sum = states.value("sum", Long.class, 7L);

    enter(1);
    sum.get();
    sum.clear();
    states.leave();

    try (StatesView view = states.view()) {
      assertThat(StatesFixture.entries(view.states().get(0))).isEmpty();
      assertThat(StatesFixture.changes(view.states().get(0))).isEmpty();
      assertThat(StatesFixture.deletions(view.states().get(0))).isEmpty();
    }
  }

  @Test
  void keysWhoseHashesAreZeroOrEqualInManyBitsAreKeptApart() {
    ValueState<Long> sum = states.value("sum", Long.class, 0L);
    List<Long> hashes = List.of(0L, 1L, -1L, Long.MIN_VALUE, 1L << 32, (1L << 32) + 1);

    for (long hash : hashes) {
      enter(Hash.unmix(hash));
      assertThat(sum.get()).isZero();
      sum.set(hash + 1);
    }

    for (long hash : hashes) {
      enter(Hash.unmix(hash));
      assertThat(sum.get()).isEqualTo(hash + 1);
    }
  }

  @Test
  void aValueThatTheUserChangesLaterStaysAsItWasSet() {
    TypeToken<List<Long>> type = TestTypes.LIST;
    List<Long> initial = new ArrayList<>(List.of(1L));
    ValueState<List<Long>> state = states.value("list", type, initial);

    initial.add(2L);
    enter(1);
    assertThat(state.get()).containsExactly(1L);
    List<Long> set = new ArrayList<>(List.of(4L));
    state.set(set);
    set.add(5L);
    assertThat(state.get()).containsExactly(4L);
    enter(2);
    assertThat(state.get()).containsExactly(1L);
  }

  @Test
  void stateIsOutOfScopeWhereNoElementIsProcessed() {
    ValueState<Long> sum = states.value("sum", Long.class, 0L);
    MapState<String, Long> map = states.map("counts", String.class, Long.class);
    states.seal();
    List<ThrowingCallable> uses =
        List.of(
            sum::get,
            () -> sum.set(1L),
            sum::clear,
            () -> map.get("a"),
            () -> map.getOrDefault("a", 1L),
            () -> map.contains("a"),
            () -> map.put("a", 1L),
            () -> map.remove("a"),
            map::size,
            map::isEmpty,
            () -> map.forEach((key, value) -> {}),
            map::clear);

    uses.forEach(KeyedStatesTest::isOutOfScope);
    enter(1);
    states.leave();
    uses.forEach(KeyedStatesTest::isOutOfScope);

    assertThatThrownBy(sum::get)
        .hasMessage(
            "State \"sum\" of operator \"op\" was used while no value and no timer of a key was"
                + " being processed. State belongs to a key: use it in process(...) and"
                + " onTimer(...) only, on the thread that calls them.   [STATE_OUT_OF_SCOPE, user"
                + " error]");
  }

  private static void isOutOfScope(ThrowingCallable use) {
    assertThatExceptionOfType(HeadraceException.class)
        .isThrownBy(use)
        .satisfies(thrown -> assertThat(thrown.code()).isEqualTo(ErrorCode.STATE_OUT_OF_SCOPE));
  }

  @Test
  void stateIsDeclaredBeforeTheJobRunsAndOnce() {
    states.value("sum", Long.class, 0L);

    assertThatThrownBy(() -> states.map("sum", Long.class, Long.class))
        .hasMessage(
            "State \"sum\" of operator \"op\" was declared twice. Each state of an operator needs a"
                + " name of its own.   [INVALID_JOB, user error]");
    states.seal();
    assertThatThrownBy(() -> states.value("late", Long.class, 0L))
        .hasMessage(
            "State \"late\" of operator \"op\" was declared while the job runs. Declare state in"
                + " the constructor of the process.   [STATE_OUT_OF_SCOPE, user error]");
    assertThat(states.names()).containsExactly("sum");
  }

  @Test
  @SuppressWarnings("NullAway") // What users without NullAway may do.
  void aNullIsRefusedAndChangesNothing() {
    ValueState<Long> sum = states.value("sum", Long.class, 0L);
    MapState<String, Long> map = states.map("counts", String.class, Long.class);
    enter(1);
    map.put("a", 1L);

    List<ThrowingCallable> uses =
        List.of(() -> sum.set(null), () -> map.put("b", null), () -> map.put(null, 1L));

    for (ThrowingCallable use : uses) {
      assertThatThrownBy(use)
          .hasMessageContaining("was given a null. Clear it, remove the map key, or declare an")
          .hasMessageContaining("[VALUE_NOT_ENCODABLE, user error]");
    }
    assertThat(map.size()).isEqualTo(1);
    assertThat(sum.get()).isZero();
  }

  @Test
  void aViewIsTakenBetweenElementsAndReadUntilItIsClosed() {
    states.value("sum", Long.class, 0L);
    enter(1);

    assertThatThrownBy(states::view).hasMessageContaining("while an element is processed");
    states.leave();
    StatesView view = states.view();
    view.close();
    view.close();

    assertThatThrownBy(() -> StatesFixture.entries(view.states().get(0)))
        .hasMessageContaining("view 1 was read although it is closed");
    assertThatThrownBy(() -> StatesFixture.changes(view.states().get(0)))
        .hasMessageContaining("view 1 was read although it is closed");
  }

  @Test
  void viewsHaveNumbersAndBases() {
    states.value("sum", Long.class, 0L);

    StatesView first = states.view();
    states.coveredUpTo(first.number());
    StatesView second = states.view();

    assertThat(List.of(first.number(), first.base())).containsExactly(1L, 0L);
    assertThat(List.of(second.number(), second.base())).containsExactly(2L, 1L);
    assertThat(states.views()).isEqualTo(2);
    assertThatThrownBy(() -> states.coveredUpTo(3)).hasMessageContaining("epoch 3 is covered");
  }

  @Test
  void aViewSaysWhatItsStatesAre() {
    states.value("sum", Long.class, 0L);
    states.map("counts", String.class, Long.class);

    List<StatesView.State> shown = states.view().states();

    assertThat(shown).extracting(StatesView.State::name).containsExactly("sum", "counts");
    assertThat(shown)
        .extracting(StatesView.State::kind)
        .containsExactly(StateDeclaration.Kind.VALUE, StateDeclaration.Kind.MAP);
    assertThat(shown)
        .extracting(state -> state.entrySchema().json())
        .allSatisfy(schema -> assertThat(schema).contains("\"name\":\"key\",\"type\":\"long\""));
  }

  @Test
  void entriesAreKeyAndValueAndDeletionsAreKeys() {
    ValueState<Long> sum = states.value("sum", Long.class, 0L);
    MapState<String, Long> map = states.map("counts", String.class, Long.class);
    enter(11);
    sum.set(12L);
    map.put("a", 13L);
    map.put("b", 14L);
    states.leave();
    states.coveredUpTo(states.view().number());
    enter(11);
    sum.clear();
    map.remove("b");
    states.leave();
    StatesView view = states.view();

    Encoder value = new Encoder();
    value.writeLong(11);
    assertThat(StatesFixture.changes(view.states().get(0))).isEmpty();
    assertThat(StatesFixture.deletions(view.states().get(0)))
        .singleElement()
        .satisfies(entry -> assertThat(entry.bytes()).isEqualTo(value.toBytes()))
        .satisfies(entry -> assertThat(entry.keyHash()).isEqualTo(Hash.mix(11)));
    Encoder entry = new Encoder();
    entry.writeLong(11);
    entry.writeString("a");
    entry.writeLong(0);
    entry.writeLong(13);
    assertThat(StatesFixture.entries(view.states().get(1)))
        .singleElement()
        .satisfies(only -> assertThat(only.bytes()).isEqualTo(entry.toBytes()))
        .satisfies(only -> assertThat(only.keyHash()).isEqualTo(Hash.mix(11)));
  }

  @Test
  void anEntryOfAnotherTaskIsReadAndLeft() {
    KeyedStates<Long> half =
        StatesFixture.states(
            TestTypes.longs(), HashRange.ofTask(0, 2), new MemoryBudget(StatesFixture.PLENTY));
    half.value("sum", Long.class, 0L);
    Encoder entries = new Encoder();
    for (long hash : new long[] {-1, 1}) {
      entries.writeLong(Hash.unmix(hash));
      entries.writeLong(5);
    }
    Decoder in = new Decoder(entries.toBytes());

    assertThat(half.restore("sum", in)).isFalse();
    assertThat(half.restore("sum", in)).isTrue();
    assertThat(in.remaining()).isZero();
    assertThatThrownBy(() -> half.restore("sum", in)).isInstanceOf(MalformedDataException.class);
    assertThatThrownBy(() -> half.restore("other", in))
        .hasMessage("operator op has no state other");
  }

  @Test
  void aNegativeIndexIsMalformed() {
    states.map("map", Long.class, Long.class);
    Encoder entry = new Encoder();
    entry.writeLong(1);
    entry.writeLong(2);
    entry.writeLong(-1);
    entry.writeLong(3);

    assertThatThrownBy(() -> states.restore("map", new Decoder(entry.toBytes())))
        .isInstanceOf(MalformedDataException.class)
        .hasMessageContaining("index of an entry of a map is -1");
  }

  @Test
  void aMapKeepsTheOrderOfFirstPutsAndFillsHolesWithTheLast() {
    MapState<String, Long> map = states.map("counts", String.class, Long.class);
    enter(1);
    for (String key : List.of("a", "b", "c", "d")) {
      map.put(key, 1L);
    }
    map.put("b", 2L);
    map.remove("a");

    List<String> order = new ArrayList<>();
    map.forEach((key, value) -> order.add(key + value));

    assertThat(order).containsExactly("d1", "b2", "c1");
    assertThat(map.size()).isEqualTo(3);
    assertThat(map.get("a")).isEmpty();
    assertThat(map.getOrDefault("d", 9L)).isEqualTo(1);
    assertThat(map.contains("c")).isTrue();
    map.clear();
    assertThat(map.isEmpty()).isTrue();
    assertThat(map.contains("c")).isFalse();
  }

  @Test
  void aMapThatForEachChangesSaysSo() {
    MapState<String, Long> map = states.map("counts", String.class, Long.class);
    enter(1);
    map.put("a", 1L);

    assertThatThrownBy(() -> map.forEach((key, value) -> map.put("b", value)))
        .isInstanceOf(ConcurrentModificationException.class)
        .hasMessageContaining("Collect what is to be changed, and change it after forEach.");
  }

  private void enter(long key) {
    StatesFixture.enter(states, TestTypes.longs(), key);
  }
}

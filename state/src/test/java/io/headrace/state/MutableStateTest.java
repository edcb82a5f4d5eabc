package io.headrace.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.MutableState;
import io.headrace.api.TypeToken;
import io.headrace.api.ValueState;
import io.headrace.api.plan.StateDeclaration;
import io.headrace.codec.Decoder;
import io.headrace.codec.Encoder;
import io.headrace.codec.Hash;
import io.headrace.codec.HashRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Objects that a process changes in place. */
final class MutableStateTest {

  private final KeyedStates<Long> states = StatesFixture.states(TestTypes.longs());
  private final MutableState<List<Long>> list = states.mutable("list", TestTypes.LIST, List.of(7L));

  @Test
  void whatIsChangedInPlaceStays() {
    enter(1);
    list.get().add(8L);
    enter(2);
    list.get().add(9L);
    enter(1);
    list.get().add(10L);

    assertThat(list.get()).containsExactly(7L, 8L, 10L).isSameAs(list.get());
    enter(2);
    assertThat(list.get()).containsExactly(7L, 9L);
  }

  @Test
  void collectionsCanBeChangedWhereverTheyAre() {
    record Parts(Map<String, List<Long>> lists, long[] numbers) {}
    Parts initial = new Parts(Map.of(), new long[] {1, 2});
    MutableState<Parts> parts = states.mutable("parts", Parts.class, initial);
    enter(1);
    parts.get().lists().put("a", new ArrayList<>(List.of(1L)));
    parts.get().numbers()[0] = 5;
    states.leave();
    KeyedStates<Long> others = StatesFixture.states(TestTypes.longs());
    MutableState<Parts> restored = others.mutable("parts", Parts.class, initial);
    StatesFixture.restore(others, "parts", StatesFixture.entries(states.view().states().get(1)));
    StatesFixture.enter(others, TestTypes.longs(), 1L);

    Objects.requireNonNull(restored.get().lists().get("a")).add(2L);

    assertThat(restored.get().lists()).isEqualTo(Map.of("a", List.of(1L, 2L)));
    assertThat(restored.get().numbers()).containsExactly(5, 2);
  }

  /** Neither the initial object nor one that was set is the one of any key. */
  @Test
  void noObjectIsThatOfTwoKeys() {
    List<Long> given = new ArrayList<>(List.of(1L));
    enter(1);
    list.set(given);
    enter(2);
    list.set(given);
    list.get().add(2L);
    given.add(3L);

    assertThat(list.get()).containsExactly(1L, 2L);
    enter(1);
    assertThat(list.get()).containsExactly(1L);
    enter(3);
    list.get().add(1L);
    enter(4);
    assertThat(list.get()).containsExactly(7L);
  }

  @Test
  @Tag("KS-9")
  void aClearIsAboutTheCurrentKeyAndState() {
    ValueState<Long> sum = states.value("sum", Long.class, 0L);
    for (long key = 1; key <= 2; key++) {
      enter(key);
      list.get().add(8L);
      sum.set(1L);
    }

    enter(1);
    list.clear();

    assertThat(list.get()).containsExactly(7L);
    assertThat(sum.get()).isEqualTo(1);
    enter(2);
    assertThat(list.get()).containsExactly(7L, 8L);
    states.leave();
    assertThat(StatesFixture.entries(states.view().states().get(0))).hasSize(1);
  }

  @Test
  void aViewShowsObjectsAsTheyWere() {
    enter(1);
    list.get().add(8L);
    List<Long> kept = list.get();
    states.leave();

    StatesView view = states.view();
    kept.add(9L);
    enter(1);
    list.get().add(10L);
    states.leave();

    assertThat(shown(view)).containsExactly(List.of(7L, 8L));
    assertThat(shown(states.view())).containsExactly(List.of(7L, 8L, 9L, 10L));
  }

  /** An object that was only looked at costs no increment and no copy. */
  @Test
  void whatWasNotChangedIsNotStored() {
    for (long key = 0; key < 100; key++) {
      enter(key);
      list.get().add(8L);
    }
    states.leave();
    states.coveredUpTo(states.view().number());
    for (long key = 0; key < 200; key++) {
      enter(key);
      assertThat(list.get()).isNotEmpty();
    }
    enter(50);
    list.get().add(9L);
    enter(60);
    list.get().remove(8L);
    states.leave();

    StatesView.State shown = states.view().states().get(0);

    assertThat(StatesFixture.changes(shown)).hasSize(1);
    assertThat(StatesFixture.deletions(shown)).as("what is as at first").hasSize(1);
    assertThat(StatesFixture.entries(shown)).hasSize(99);
  }

  /** It is stored as a value, so that a job may change from one to the other. */
  @Test
  void entriesAreThoseOfValues() {
    enter(11);
    list.get().add(8L);
    states.leave();
    StatesView.State shown = states.view().states().get(0);
    KeyedStates<Long> plain = StatesFixture.states(TestTypes.longs());
    ValueState<List<Long>> value = plain.value("list", TestTypes.LIST, List.of());

    StatesFixture.restore(plain, "list", StatesFixture.entries(shown));

    StatesFixture.enter(plain, TestTypes.longs(), 11L);
    assertThat(value.get()).containsExactly(7L, 8L);
    plain.leave();
    assertThat(shown.kind()).isEqualTo(StateDeclaration.Kind.VALUE);
    assertThat(shown.entrySchema()).isEqualTo(plain.view().states().get(0).entrySchema());
    Encoder entry = new Encoder();
    entry.writeLong(11);
    entry.writeLong(2);
    entry.writeLong(7);
    entry.writeLong(8);
    entry.writeLong(0);
    assertThat(StatesFixture.entries(shown))
        .singleElement()
        .satisfies(only -> assertThat(only.bytes()).isEqualTo(entry.toBytes()))
        .satisfies(only -> assertThat(only.keyHash()).isEqualTo(Hash.mix(11)));
  }

  @Test
  void whatIsRestoredCanBeChanged() {
    Encoder entry = new Encoder();
    entry.writeLong(1);
    entry.writeLong(1);
    entry.writeLong(3);
    entry.writeLong(0);
    states.restore("list", new Decoder(entry.toBytes()));

    enter(1);
    list.get().add(4L);

    assertThat(list.get()).containsExactly(3L, 4L);
  }

  /** The others are stored, and come back when they are asked for. */
  @Test
  void aBoundedNumberOfObjectsIsKept() {
    LiveObjects<?> live = ((TableMutableState<?, ?>) states.state("list")).live();
    for (int round = 0; round < 2; round++) {
      for (long key = 0; key < 20_000; key++) {
        enter(key);
        list.get().add(key);
      }
    }

    assertThat(live.count()).isLessThanOrEqualTo(LiveObjects.PLACES);
    for (long key = 0; key < 20_000; key++) {
      enter(key);
      assertThat(list.get()).containsExactly(7L, key, key);
    }
  }

  /** A key whose bytes are needed is not mixed up with the one that has to make room for it. */
  @Test
  void makingRoomLeavesTheCurrentKeyAlone() {
    KeyedStates<String> named = StatesFixture.states(TestTypes.strings());
    MutableState<List<Long>> lists = named.mutable("list", TestTypes.LIST, List.of());
    ValueState<Long> sum = named.value("sum", Long.class, 0L);
    for (int round = 1; round <= 2; round++) {
      for (long key = 0; key < 10_000; key++) {
        StatesFixture.enter(named, TestTypes.strings(), "key-" + key);
        assertThat(sum.get()).isEqualTo((round - 1) * key);
        lists.get().add(key);
        sum.set(round * key);
        assertThat(lists.get()).hasSize(round);
      }
    }
  }

  @Test
  @SuppressWarnings("NullAway") // What users without NullAway may do.
  void anObjectThatCannotBeStoredIsNamedAtTheView() {
    enter(1);
    list.get().add(null);
    states.leave();

    assertThatThrownBy(states::view)
        .hasMessageContaining("State \"list\" of operator \"op\" holds an object that was changed")
        .hasMessageContaining("[1]")
        .hasMessageContaining("[VALUE_NOT_ENCODABLE, user error]");
  }

  @Test
  @SuppressWarnings("NullAway") // What users without NullAway may do.
  void anObjectThatCannotBeStoredIsNamedWhereItHasToMakeRoom() {
    enter(1);
    list.get().add(null);

    assertThatThrownBy(
            () -> {
              for (long key = 2; key < 100_000; key++) {
                enter(key);
                list.get();
              }
            })
        .hasMessageContaining("State \"list\" of operator \"op\" holds an object that was changed");
  }

  @Test
  void objectsThatGrewBeyondTheLimitAreNamedAtTheView() {
    KeyedStates<Long> small =
        StatesFixture.states(TestTypes.longs(), HashRange.ALL, new MemoryBudget(10_000));
    MutableState<List<Long>> lists = small.mutable("list", TestTypes.LIST, List.of());
    StatesFixture.enter(small, TestTypes.longs(), 1L);
    for (long each = 0; each < 10_000; each++) {
      lists.get().add(each);
    }
    small.leave();

    assertThatThrownBy(small::view)
        .hasMessageContaining("State \"list\" of operator \"op\" needs")
        .hasMessageContaining("[STATE_LIMIT_REACHED, resource limit]");
  }

  @Test
  void anObjectIsOutOfScopeWhereNoElementIsProcessed() {
    enter(1);
    states.leave();

    for (ThrowingCallable use :
        List.<ThrowingCallable>of(list::get, () -> list.set(List.of()), list::clear)) {
      assertThatThrownBy(use).hasMessageContaining("[STATE_OUT_OF_SCOPE, user error]");
    }
  }

  @Test
  @SuppressWarnings("NullAway") // What users without NullAway may do.
  void aNullIsRefused() {
    enter(1);

    assertThatThrownBy(() -> list.set(null)).hasMessageContaining("was given a null");
    assertThatThrownBy(() -> states.mutable("other", new TypeToken<List<Long>>() {}, null))
        .hasMessageContaining("State \"other\" of operator \"op\" was given a null");
    assertThat(list.get()).containsExactly(7L);
  }

  @Test
  @Tag("N15")
  void whatWasChangedInPlaceIsUndone() {
    KeyedStates<String> undoable = StatesFixture.undoable(TestTypes.strings());
    MutableState<List<Long>> lists = undoable.mutable("list", TestTypes.LIST, List.of());
    change(undoable, lists, "k", 1);
    undoable.commit();
    change(undoable, lists, "k", 2);
    undoable.undo();
    change(undoable, lists, "new", 3);
    undoable.undo();
    StatesFixture.enter(undoable, TestTypes.strings(), "k");
    lists.clear();
    lists.get().add(4L);
    lists.set(List.of(5L));
    undoable.undo();

    assertThat(shown(undoable.view())).containsExactly(List.of(1L));
    change(undoable, lists, "k", 6);
    assertThat(lists.get()).containsExactly(1L, 6L);
  }

  /** So it is that element that fails, and not the next barrier. */
  @Test
  @Tag("N15")
  @SuppressWarnings("NullAway") // What users without NullAway may do.
  void anElementThatLeftAnObjectThatCannotBeStoredIsUndone() {
    KeyedStates<String> undoable = StatesFixture.undoable(TestTypes.strings());
    MutableState<List<Long>> lists = undoable.mutable("list", TestTypes.LIST, List.of());
    ValueState<Long> sum = undoable.value("sum", Long.class, 0L);
    change(undoable, lists, "k", 1);
    undoable.commit();
    StatesFixture.enter(undoable, TestTypes.strings(), "k");
    sum.set(5L);
    lists.get().add(null);

    assertThatThrownBy(undoable::commit).hasMessageContaining("VALUE_NOT_ENCODABLE");
    undoable.undo();

    StatesFixture.enter(undoable, TestTypes.strings(), "k");
    assertThat(lists.get()).containsExactly(1L);
    assertThat(sum.get()).isZero();
  }

  private static void change(
      KeyedStates<String> states, MutableState<List<Long>> lists, String key, long value) {
    StatesFixture.enter(states, TestTypes.strings(), key);
    lists.get().add(value);
  }

  private static List<List<Long>> shown(StatesView view) {
    List<List<Long>> lists = new ArrayList<>();
    for (StatesFixture.Entry entry : StatesFixture.entries(view.states().get(0))) {
      Decoder in = new Decoder(entry.bytes());
      if (entry.keyHash() == TestTypes.strings().hash("k")) {
        in.readString();
      } else {
        in.readLong();
      }
      List<Long> list = new ArrayList<>();
      for (long size = in.readLong(); size > 0; size--) {
        list.add(in.readLong());
      }
      lists.add(list);
    }
    return lists;
  }

  private void enter(long key) {
    StatesFixture.enter(states, TestTypes.longs(), key);
  }
}

package io.headrace.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.ListState;
import io.headrace.api.plan.StateDeclaration;
import io.headrace.codec.Decoder;
import io.headrace.codec.Encoder;
import io.headrace.codec.Hash;
import io.headrace.codec.MalformedDataException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.ConcurrentModificationException;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("ST-2")
final class ListStateTest {

  private final KeyedStates<Long> states = StatesFixture.states(TestTypes.longs());
  private final ListState<String> list = states.list("lines", String.class);

  @Test
  void aListKeepsTheOrderOfItsElements() {
    enter(1);
    assertThat(list.isEmpty()).isTrue();
    list.add("a");
    list.addAll(List.of("b", "c"));
    enter(2);
    list.add("other");
    enter(1);
    list.add("a");

    assertThat(list.size()).isEqualTo(4);
    assertThat(list.isEmpty()).isFalse();
    assertThat(list.get(0)).isEqualTo("a");
    assertThat(list.get(2)).isEqualTo("c");
    assertThat(list.toList()).containsExactly("a", "b", "c", "a");
    List<String> seen = new ArrayList<>();
    list.forEach(seen::add);
    assertThat(seen).containsExactly("a", "b", "c", "a");
  }

  @Test
  void anUpdateReplacesEveryElement() {
    enter(1);
    list.addAll(List.of("a", "b", "c"));

    list.update(List.of("d"));
    assertThat(list.toList()).containsExactly("d");
    list.update(List.of("e", "f", "g", "h"));
    assertThat(list.toList()).containsExactly("e", "f", "g", "h");
    list.update(List.of());
    assertThat(list.toList()).isEmpty();
  }

  @Test
  @Tag("KS-9")
  void aClearIsAboutTheCurrentKeyAndState() {
    ListState<String> other = states.list("other", String.class);
    for (long key = 1; key <= 2; key++) {
      enter(key);
      list.add("a");
      other.add("b");
    }

    enter(1);
    list.clear();

    assertThat(list.toList()).isEmpty();
    assertThat(other.toList()).containsExactly("b");
    enter(2);
    assertThat(list.toList()).containsExactly("a");
  }

  @Test
  void aCopyOfTheListIsTheUsers() {
    enter(1);
    list.add("a");

    list.toList().add("b");

    assertThat(list.toList()).containsExactly("a");
  }

  @Test
  void aPlaceWithoutAnElementIsOutOfBounds() {
    enter(1);
    list.add("a");

    for (int index : new int[] {-1, 1, Integer.MAX_VALUE}) {
      assertThatThrownBy(() -> list.get(index))
          .isInstanceOf(IndexOutOfBoundsException.class)
          .hasMessage(
              "State \"lines\" of operator \"op\" has no element %d: its list of the current key"
                  + " has 1.",
              index);
    }
  }

  @Test
  void aListThatForEachChangesSaysSo() {
    enter(1);
    list.addAll(List.of("a", "b"));
    List<ThrowingCallable> changes =
        List.of(() -> list.add("c"), () -> list.update(List.of("d", "e")), list::clear);

    for (ThrowingCallable change : changes) {
      assertThatThrownBy(() -> list.forEach(each -> run(change)))
          .isInstanceOf(ConcurrentModificationException.class)
          .hasMessageContaining("Collect what is to be changed, and change it after forEach.");
      list.update(List.of("a", "b"));
    }
  }

  private static void run(ThrowingCallable call) {
    try {
      call.call();
    } catch (Throwable thrown) {
      throw new AssertionError(thrown);
    }
  }

  @Test
  @SuppressWarnings("NullAway") // What users without NullAway may do.
  void aNullIsRefused() {
    enter(1);

    for (ThrowingCallable use :
        List.<ThrowingCallable>of(
            () -> list.add(null),
            () -> list.addAll(Arrays.asList("a", null)),
            () -> list.update(Arrays.asList("b", null)))) {
      assertThatThrownBy(use)
          .hasMessageContaining("State \"lines\" of operator \"op\" was given a null.")
          .hasMessageContaining("[VALUE_NOT_ENCODABLE, user error]");
    }
    assertThat(list.toList()).as("those before it stay").containsExactly("b");
  }

  @Test
  void aListIsOutOfScopeWhereNoElementIsProcessed() {
    enter(1);
    states.leave();

    for (ThrowingCallable use :
        List.<ThrowingCallable>of(
            () -> list.add("a"),
            () -> list.addAll(List.of()),
            () -> list.get(0),
            list::size,
            list::isEmpty,
            () -> list.forEach(each -> {}),
            list::toList,
            () -> list.update(List.of()),
            list::clear)) {
      assertThatExceptionOfType(HeadraceException.class)
          .isThrownBy(use)
          .satisfies(thrown -> assertThat(thrown.code()).isEqualTo(ErrorCode.STATE_OUT_OF_SCOPE));
    }
  }

  /** What files hold: not to be changed without another version of the format. */
  @Test
  void entriesAreKeyIndexAndElement() {
    enter(11);
    list.addAll(List.of("a", "b"));
    states.leave();
    states.coveredUpTo(states.view().number());
    enter(11);
    list.update(List.of("c"));
    states.leave();

    StatesView.State shown = states.view().states().get(0);

    assertThat(shown.kind()).isEqualTo(StateDeclaration.Kind.LIST);
    assertThat(shown.entrySchema().json())
        .contains(
            "\"fields\":[{\"name\":\"key\",\"type\":\"long\"},{\"name\":\"index\",\"type\":\"long\"},"
                + "{\"name\":\"value\",\"type\":\"string\"}]");
    assertThat(StatesFixture.entries(shown))
        .singleElement()
        .satisfies(only -> assertThat(only.bytes()).isEqualTo(entry(11, 0, "c").toBytes()))
        .satisfies(only -> assertThat(only.keyHash()).isEqualTo(Hash.mix(11)));
    Encoder deletion = new Encoder();
    deletion.writeLong(11);
    deletion.writeLong(1);
    assertThat(StatesFixture.deletions(shown))
        .singleElement()
        .satisfies(only -> assertThat(only.bytes()).isEqualTo(deletion.toBytes()));
  }

  private static Encoder entry(long key, long index, String value) {
    Encoder entry = new Encoder();
    entry.writeLong(key);
    entry.writeLong(index);
    entry.writeString(value);
    return entry;
  }

  @Test
  void entriesAreRestoredInAnyOrder() {
    for (Encoder entry : List.of(entry(1, 2, "c"), entry(1, 0, "a"), entry(1, 1, "b"))) {
      assertThat(states.restore("lines", new Decoder(entry.toBytes()))).isTrue();
    }

    enter(1);
    assertThat(list.toList()).containsExactly("a", "b", "c");
    list.add("d");
    assertThat(list.toList()).containsExactly("a", "b", "c", "d");
  }

  @Test
  void aNegativeIndexIsMalformed() {
    Decoder entry = new Decoder(entry(1, -1, "a").toBytes());

    assertThatThrownBy(() -> states.restore("lines", entry))
        .isInstanceOf(MalformedDataException.class)
        .hasMessageContaining("index of an entry of a list is -1");
    Decoder deletion = new Decoder(entry(1, Long.MIN_VALUE, "a").toBytes());
    assertThatThrownBy(() -> states.restoreDeletion("lines", deletion))
        .isInstanceOf(MalformedDataException.class);
  }

  @Test
  void anEntryThatAListLacksIsNamed() {
    states.restore("lines", new Decoder(entry(1, 1, "b").toBytes()));
    enter(1);

    assertThatThrownBy(() -> list.get(0))
        .hasMessageContaining("has no entry at index 0 of 1 of a key")
        .hasMessageContaining("[INTERNAL, internal error]");
  }

  /** Neither time nor copies nor increments of an add depend on how many elements there are. */
  @Test
  void theListOfOneKeyMayBeLarge() throws IOException {
    ListState<Long> numbers = states.list("numbers", Long.class);
    Table values = ((TableListState<?, ?>) states.state("numbers")).values();

    long number = 0;
    for (int size : new int[] {10_000, 100_000, 1_000_000}) {
      enter(1);
      while (number < size) {
        numbers.add(number++);
      }
      states.leave();
      try (StatesView full = states.view()) {
        states.coveredUpTo(full.number());
        long before = values.copiedBytes();
        enter(1);
        numbers.add(number++);
        states.leave();
        assertThat(values.copiedBytes() - before).as("at %s", size).isBetween(1L, 160_000L);
      }
      try (StatesView increment = states.view()) {
        long[] listed = {0};
        increment.states().get(1).writeChangesTo(hash -> StatesFixture.counting(listed));
        increment.states().get(1).writeDeletionsTo(hash -> StatesFixture.counting(listed));
        assertThat(listed[0]).as("at %s", size).isEqualTo(1);
      }
    }

    enter(1);
    assertThat(numbers.size()).isEqualTo(1_000_001);
    assertThat(numbers.get(777_777)).isEqualTo(777_777);
    assertThat(values.segments()).isBetween(100, 700);
  }

  private void enter(long key) {
    StatesFixture.enter(states, TestTypes.longs(), key);
  }
}

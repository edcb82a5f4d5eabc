package io.headrace.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.AggregatingState;
import io.headrace.api.Aggregation;
import io.headrace.api.ListState;
import io.headrace.api.MapState;
import io.headrace.api.MutableState;
import io.headrace.api.ReducingState;
import io.headrace.api.ValueState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a user keeps and changes after it was given to state, or after state gave it. A record looks
 * as if it could not be changed, but the collections and arrays in it can be.
 */
@Tag("FAULT-59")
final class KeptValuesTest {

  /** What users may take for a value that nobody can change. */
  record Reading(String sensor, List<Long> values, long[] raw) {

    static Reading of(long number) {
      return new Reading(
          "sensor-" + number,
          new ArrayList<>(List.of(number, number)),
          new long[] {number, number});
    }

    /** Changes what can be changed. */
    void spoil() {
      if (values instanceof ArrayList) { // Those that state gives cannot be changed.
        values.clear();
      }
      Arrays.fill(raw, -1);
    }

    String told() {
      return sensor + values + Arrays.toString(raw);
    }
  }

  /** A state in which each key has one reading. */
  private interface Use {
    void put(Reading reading);

    Reading get();
  }

  /** The states that give copies of what they hold. */
  enum Kind {
    VALUE {
      @Override
      Use in(KeyedStates<?> states, Reading initial) {
        ValueState<Reading> state = states.value("state", Reading.class, initial);
        return use(state::set, state::get);
      }
    },
    MAP {
      @Override
      Use in(KeyedStates<?> states, Reading initial) {
        MapState<Long, Reading> state = states.map("state", Long.class, Reading.class);
        return use(reading -> state.put(1L, reading), () -> state.get(1L).orElseThrow());
      }
    },
    LIST {
      @Override
      Use in(KeyedStates<?> states, Reading initial) {
        ListState<Reading> state = states.list("state", Reading.class);
        return use(reading -> state.update(List.of(reading)), () -> state.get(0));
      }
    },
    REDUCING {
      @Override
      Use in(KeyedStates<?> states, Reading initial) {
        ReducingState<Reading> state =
            states.reducing("state", Reading.class, (before, next) -> next);
        return use(state::add, () -> state.get().orElseThrow());
      }
    },
    AGGREGATING {
      @Override
      Use in(KeyedStates<?> states, Reading initial) {
        AggregatingState<Reading, Reading> state =
            states.aggregating("state", Reading.class, new Last(initial));
        return use(state::add, () -> state.get().orElseThrow());
      }
    };

    abstract Use in(KeyedStates<?> states, Reading initial);
  }

  /** The last of some readings. */
  private record Last(Reading initial) implements Aggregation<Reading, Reading, Reading> {

    @Override
    public Reading add(Reading accumulator, Reading value) {
      return value;
    }

    @Override
    public Reading result(Reading accumulator) {
      return accumulator;
    }
  }

  private static Use use(Consumer<Reading> put, Supplier<Reading> get) {
    return new Use() {
      @Override
      public void put(Reading reading) {
        put.accept(reading);
      }

      @Override
      public Reading get() {
        return get.get();
      }
    };
  }

  private final KeyedStates<Long> states = StatesFixture.states(TestTypes.longs());

  @ParameterizedTest
  @EnumSource
  void whatIsKeptAndChangedChangesNeitherStateNorAView(Kind kind) {
    Use use = kind.in(states, Reading.of(0));
    Reading given = Reading.of(1);
    enter(1);
    use.put(given);
    Reading got = use.get();
    String before = got.told();
    states.leave();

    try (StatesView view = states.view()) {
      List<String> shown = shown(view);
      given.spoil();
      got.spoil();
      enter(1);
      assertThat(use.get().told()).isEqualTo(before).isEqualTo(Reading.of(1).told());
      use.get().spoil();
      states.leave();
      assertThat(shown(view)).isEqualTo(shown).hasSize(1);

      enter(1);
      use.put(Reading.of(2));
      states.leave();
      assertThat(shown(view)).isEqualTo(shown);
    }
  }

  @ParameterizedTest
  @EnumSource
  void noTwoKeysHaveOneObjectEvenIfTheyWereGivenOne(Kind kind) {
    Use use = kind.in(states, Reading.of(0));
    Reading given = Reading.of(1);
    for (long key = 1; key <= 2; key++) {
      enter(key);
      use.put(given);
    }

    use.get().spoil();
    enter(1);

    assertThat(use.get().told()).isEqualTo(Reading.of(1).told());
  }

  @Test
  void anInitialValueThatIsChangedIsThatOfNoKey() {
    Reading initial = Reading.of(7);
    Use use = Kind.VALUE.in(states, initial);
    enter(1);

    use.get().spoil();
    initial.spoil();

    assertThat(use.get().told()).isEqualTo(Reading.of(7).told());
    enter(2);
    assertThat(use.get().told()).isEqualTo(Reading.of(7).told());
  }

  /** The one kind whose objects are to be changed, while a value of their key is processed. */
  @Test
  void anObjectThatIsChangedInPlaceIsInAViewAsItWasAtTheBarrier() {
    MutableState<Reading> state = states.mutable("state", Reading.class, Reading.of(0));
    enter(1);
    Reading given = Reading.of(1);
    state.set(given);
    given.spoil();
    Reading live = state.get();
    live.values().add(5L);
    String before = live.told();
    states.leave();

    try (StatesView view = states.view()) {
      List<String> shown = shown(view);
      enter(1);
      assertThat(state.get().told()).isEqualTo(before).contains("[1, 1, 5]");
      state.get().raw()[0] = -1;
      states.leave();
      assertThat(shown(view)).isEqualTo(shown).hasSize(1);
    }
  }

  private void enter(long key) {
    StatesFixture.enter(states, TestTypes.longs(), key);
  }

  private static List<String> shown(StatesView view) {
    return view.states().stream()
        .flatMap(state -> StatesFixture.entries(state).stream())
        .map(entry -> Arrays.toString(entry.bytes()))
        .toList();
  }
}

package io.headrace.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.AggregatingState;
import io.headrace.api.Aggregation;
import io.headrace.api.ReducingState;
import io.headrace.api.TypeToken;
import io.headrace.api.plan.StateDeclaration;
import io.headrace.codec.Encoder;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Reducing and aggregating state. */
final class ReducingStateTest {

  /** Gathers in a list, which it changes. */
  private static final class Gather implements Aggregation<Long, List<Long>, Integer> {
    @Override
    public List<Long> initial() {
      return new ArrayList<>();
    }

    @Override
    public List<Long> add(List<Long> accumulator, Long value) {
      List<Long> more = new ArrayList<>(accumulator);
      more.add(value);
      return more;
    }

    @Override
    public Integer result(List<Long> accumulator) {
      return accumulator.size();
    }
  }

  private final KeyedStates<Long> states = StatesFixture.states(TestTypes.longs());
  private final ReducingState<Long> difference =
      states.reducing("difference", Long.class, (before, next) -> before - next);
  private final AggregatingState<Long, String> sum =
      states.aggregating("sum", TestTypes.Point.class, TestTypes.SUM);

  @Test
  @Tag("ST-4")
  void valuesAreReducedInTheirOrder() {
    enter(1);
    assertThat(difference.get()).isEmpty();

    difference.add(10L);
    assertThat(difference.get()).contains(10L);
    difference.add(3L);
    difference.add(2L);

    assertThat(difference.get()).contains(5L);
    enter(2);
    assertThat(difference.get()).isEmpty();
  }

  @Test
  @Tag("ST-5")
  void valuesAreGatheredInAnAccumulatorOfAnotherType() {
    enter(1);
    assertThat(sum.get()).isEmpty();

    sum.add(10L);
    sum.add(3L);

    assertThat(sum.get()).contains("13 of 2.0");
    enter(2);
    assertThat(sum.get()).isEmpty();
  }

  @Test
  @Tag("ST-5")
  void eachKeyHasAnAccumulatorOfItsOwn() {
    AggregatingState<Long, Integer> gathered =
        states.aggregating("gathered", new TypeToken<List<Long>>() {}, new Gather());
    for (long key = 1; key <= 3; key++) {
      enter(key);
      for (long each = 0; each < key; each++) {
        gathered.add(each);
      }
    }

    enter(1);
    assertThat(gathered.get()).contains(1);
    enter(3);
    assertThat(gathered.get()).contains(3);
  }

  @Test
  @Tag("ST-4")
  @Tag("ST-5")
  @Tag("KS-9")
  void aClearIsAboutTheCurrentKeyAndState() {
    for (long key = 1; key <= 2; key++) {
      enter(key);
      difference.add(1L);
      sum.add(1L);
    }

    enter(1);
    difference.clear();
    assertThat(difference.get()).isEmpty();
    assertThat(sum.get()).contains("1 of 1.0");
    sum.clear();
    assertThat(sum.get()).isEmpty();
    difference.add(7L);
    assertThat(difference.get()).contains(7L);

    enter(2);
    assertThat(difference.get()).contains(1L);
    assertThat(sum.get()).contains("1 of 1.0");
  }

  @Test
  @Tag("ST-4")
  @Tag("ST-5")
  void theyAreOutOfScopeWhereNoElementIsProcessed() {
    enter(1);
    states.leave();

    for (ThrowingCallable use :
        List.<ThrowingCallable>of(
            () -> difference.add(1L),
            difference::get,
            difference::clear,
            () -> sum.add(1L),
            sum::get,
            sum::clear)) {
      assertThatThrownBy(use).hasMessageContaining("[STATE_OUT_OF_SCOPE, user error]");
    }
  }

  @Test
  @Tag("ST-4")
  @Tag("ST-5")
  @SuppressWarnings("NullAway") // What users without NullAway may do.
  void aNullIsRefusedAndChangesNothing() {
    ReducingState<Long> nothing = states.reducing("nothing", Long.class, (before, next) -> null);
    enter(1);
    difference.add(1L);
    nothing.add(1L);

    assertThatThrownBy(() -> difference.add(null)).hasMessageContaining("was given a null");
    assertThatThrownBy(() -> sum.add(null)).hasMessageContaining("was given a null");
    assertThatThrownBy(() -> nothing.add(2L))
        .hasMessageContaining("State \"nothing\" of operator \"op\" was given a null")
        .hasMessageContaining("[VALUE_NOT_ENCODABLE, user error]");
    assertThat(difference.get()).contains(1L);
    assertThat(sum.get()).isEmpty();
    assertThat(nothing.get()).contains(1L);
  }

  /** What files hold: not to be changed without another version of the format. */
  @Test
  @Tag("ST-4")
  @Tag("ST-5")
  void entriesAreKeyAndWhatIsStoredAndTheirKindsDiffer() {
    enter(11);
    difference.add(12L);
    sum.add(13L);
    states.leave();

    List<StatesView.State> shown = states.view().states();

    assertThat(shown)
        .extracting(StatesView.State::kind)
        .containsExactly(StateDeclaration.Kind.REDUCING, StateDeclaration.Kind.AGGREGATING);
    Encoder reduced = new Encoder();
    reduced.writeLong(11);
    reduced.writeLong(12);
    assertThat(StatesFixture.entries(shown.get(0)))
        .singleElement()
        .satisfies(entry -> assertThat(entry.bytes()).isEqualTo(reduced.toBytes()));
    Encoder gathered = new Encoder();
    gathered.writeLong(11);
    gathered.writeLong(13);
    gathered.writeDouble(1);
    assertThat(StatesFixture.entries(shown.get(1)))
        .singleElement()
        .satisfies(entry -> assertThat(entry.bytes()).isEqualTo(gathered.toBytes()));
    assertThat(shown.get(1).entrySchema().json()).contains("\"name\":\"x\"", "\"name\":\"y\"");
  }

  private void enter(long key) {
    StatesFixture.enter(states, TestTypes.longs(), key);
  }
}

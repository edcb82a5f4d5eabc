package io.headrace.state;

import io.headrace.api.AggregatingState;
import io.headrace.api.Aggregation;
import java.util.Optional;

/** An aggregating state over a table of accumulators. The owner's thread. */
final class TableAggregatingState<T, A, R> implements AggregatingState<T, R> {

  private final ValueTable<?, A> accumulators;
  private final Aggregation<T, A, R> aggregation;

  TableAggregatingState(ValueTable<?, A> accumulators, Aggregation<T, A, R> aggregation) {
    this.accumulators = accumulators;
    this.aggregation = aggregation;
  }

  @Override
  public void add(T value) {
    accumulators.present(value);
    A before = accumulators.find() ? accumulators.load() : aggregation.initial();
    accumulators.store(aggregation.add(before, value));
  }

  @Override
  public Optional<R> get() {
    return accumulators.find()
        ? Optional.of(accumulators.present(aggregation.result(accumulators.load())))
        : Optional.empty();
  }

  @Override
  public void clear() {
    accumulators.find();
    accumulators.delete();
  }
}

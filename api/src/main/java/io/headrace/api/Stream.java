package io.headrace.api;

/**
 * A stream of values of one type, and the operators that can be applied to it.
 *
 * <p>Every stream has a type: it is taken from the function that produces it, also from lambdas and
 * method references, else from the class that consumes it, else the plan is refused and says where
 * {@link #as(TypeToken)} is missing.
 *
 * <p>Values are handed on as they are, within a task and from task to task: who takes one has the
 * object that was emitted. So a function must not change a value that it was given or has emitted;
 * it makes another one. Where several operators take the same output, and its type has collections
 * or arrays anywhere, all but one are given copies, so that no two of them share an object; the
 * collections in copies cannot be changed.
 *
 * @param <T> the type of the values
 */
public interface Stream<T> {

  /** The stream of the results of a function, one for each value. */
  <R> Stream<R> map(MapFunction<? super T, ? extends R> function);

  /** The stream of the values that a condition holds for. */
  Stream<T> filter(FilterFunction<? super T> condition);

  /** The stream of everything that a function emits, none to many for each value. */
  <R> Stream<R> flatMap(FlatMapFunction<? super T, R> function);

  /** The same stream, with its type said aloud. */
  Stream<T> as(TypeToken<T> type);

  /** The same stream, with its type said aloud. */
  default Stream<T> as(Class<T> type) {
    return as(TypeToken.of(type));
  }

  /** The values of this stream and of others; the order between streams is not defined. */
  Stream<T> union(Stream<T> other);

  /** This stream, partitioned by a key; state and order belong to a key. */
  <K> KeyedStream<K, T> keyBy(KeySelector<? super T, K> key);

  /** This stream, partitioned by a key whose type is said aloud. */
  <K> KeyedStream<K, T> keyBy(TypeToken<K> keyType, KeySelector<? super T, K> key);

  /**
   * This stream, of which every task of an operator gets every value, in one order: all pass one
   * task for that. For few values that many tasks need to know.
   */
  BroadcastStream<T> broadcast();

  /** What the process that produced this stream emitted to a side output. */
  <S> Stream<S> side(SideOutput<S> output);

  /**
   * Sets how many tasks the operator that produces this stream runs as.
   *
   * <p>Default: the parallelism of its input for a stateless operator, else that of the settings.
   */
  Stream<T> parallelism(int parallelism);

  /**
   * Says that the functions of the operator that produces this stream may block: wait for a
   * database, a lock, a reply. Each of its tasks then has a thread of its own, so that it keeps
   * nobody else waiting.
   *
   * <p>While a function blocks, its task takes no part in a checkpoint; so it should return within
   * a small part of the checkpoint timeout. When the job is cancelled or fails elsewhere, the
   * thread is interrupted; what the function throws then counts for nothing.
   */
  Stream<T> blocking();

  /**
   * Leaves out, and counts, values that the operator which produces this stream fails on: input
   * that a source cannot read, values that a function throws on. What it did with such a value, to
   * its state too, is undone. Default: the job fails.
   */
  Stream<T> skipFailures();

  /**
   * The values that the operator which produces this stream fails on, which then do not fail the
   * job: see {@link #skipFailures}.
   */
  Stream<DeadLetter> deadLetters();

  /**
   * Writes this stream to a sink.
   *
   * @param name the operator's name, unique in the job; transactions in checkpoints are found by it
   */
  WrittenStream sink(String name, Sink<? super T, ?> sink);
}

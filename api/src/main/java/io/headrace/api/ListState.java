package io.headrace.api;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A list for each key; every call is about the list of the key of the value being processed. To add
 * an element or to read one costs the same whatever the size of the list.
 *
 * <p>Outside {@link KeyedProcess#process} and {@link KeyedProcess#onTimer} each method throws a
 * {@link HeadraceException} with {@link ErrorCode#STATE_OUT_OF_SCOPE}. An element that is null or
 * cannot be encoded is refused with {@link ErrorCode#VALUE_NOT_ENCODABLE}; where several were
 * given, those before it stay.
 *
 * @param <V> the type of the elements
 */
public interface ListState<V> {

  /** Adds an element behind the last. */
  void add(V value);

  /** Adds some elements behind the last, in their order. */
  default void addAll(List<? extends V> values) {
    values.forEach(this::add);
  }

  /**
   * An element by its place, counted from 0.
   *
   * @throws IndexOutOfBoundsException when there is none
   */
  V get(int index);

  /** The number of elements. */
  int size();

  /** Whether the list has no element. */
  default boolean isEmpty() {
    return size() == 0;
  }

  /**
   * Calls a function for each element, in order.
   *
   * <p>The function may read the list, also with another forEach, and use other states as it likes,
   * but must not change the list: add, update or clear. What it did stays, and no further element
   * is shown. Nothing of an iteration can be kept, so that none is under way when a barrier comes;
   * {@link #toList} gives what can.
   *
   * @throws java.util.ConcurrentModificationException when the function returns and has changed the
   *     list, even to what it was
   */
  void forEach(Consumer<? super V> action);

  /** A copy of the list, which is the caller's; it takes time and memory for all elements. */
  default List<V> toList() {
    List<V> copy = new ArrayList<>(size());
    forEach(copy::add);
    return copy;
  }

  /** Replaces all elements by others, in their order. */
  void update(List<? extends V> values);

  /** Removes every element. */
  void clear();
}

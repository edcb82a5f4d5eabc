package io.headrace.flink.operators;

import io.headrace.api.ListState;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.function.Consumer;

/** A list for each key: its elements by their place, and how many they are. */
final class FlinkListState<V> implements ListState<V> {

  private final Scope scope;
  private final String name;
  private final Cells<Integer, V> elements;
  private final Cell<Integer> size;

  FlinkListState(Scope scope, String name, Cells<Integer, V> elements, Cell<Integer> size) {
    this.scope = scope;
    this.name = name;
    this.elements = elements;
    this.size = size;
  }

  @Override
  public void add(V value) {
    int place = size();
    elements.put(place, scope.present(name, value));
    size.set(place + 1);
  }

  @Override
  public V get(int index) {
    if (index < 0 || index >= size()) {
      throw new IndexOutOfBoundsException(
          "Element " + index + " of a list of " + size() + " elements");
    }
    return elements.get(index).orElseThrow();
  }

  @Override
  public int size() {
    scope.check(name);
    return size.get().orElse(0);
  }

  @Override
  public void forEach(Consumer<? super V> action) {
    int count = size();
    for (int i = 0; i < count; i++) {
      action.accept(get(i));
      if (size() != count) {
        throw new ConcurrentModificationException(
            "List \"" + name + "\" was changed by what forEach called. Change it after forEach.");
      }
    }
  }

  @Override
  public void update(List<? extends V> values) {
    clear();
    addAll(values);
  }

  @Override
  public void clear() {
    int count = size();
    for (int i = 0; i < count; i++) {
      elements.remove(i);
    }
    size.clear();
  }
}

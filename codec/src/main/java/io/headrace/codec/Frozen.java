package io.headrace.codec;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A set or map as it was decoded, in the order of its bytes; it cannot be changed. Has a class of
 * its own so that it is known to have no two equal keys when it is encoded again. Any thread.
 */
sealed interface Frozen {

  /** A map. */
  final class OfMap extends AbstractMap<Object, Object> implements Frozen {

    private final Map<Object, Object> content;

    OfMap(Map<Object, Object> content) {
      this.content = content;
    }

    @Override
    public Set<Entry<Object, Object>> entrySet() {
      return Collections.unmodifiableMap(content).entrySet();
    }

    @Override
    public void forEach(BiConsumer<? super Object, ? super Object> action) {
      content.forEach(action);
    }

    @Override
    public @Nullable Object get(Object key) {
      return content.get(key);
    }

    @Override
    public boolean containsKey(Object key) {
      return content.containsKey(key);
    }

    @Override
    public int size() {
      return content.size();
    }
  }

  /** A set. */
  final class OfSet extends AbstractSet<Object> implements Frozen {

    private final Set<Object> content;

    OfSet(Set<Object> content) {
      this.content = Collections.unmodifiableSet(content);
    }

    @Override
    public Iterator<Object> iterator() {
      return content.iterator();
    }

    @Override
    public boolean contains(Object element) {
      return content.contains(element);
    }

    @Override
    public int size() {
      return content.size();
    }
  }
}

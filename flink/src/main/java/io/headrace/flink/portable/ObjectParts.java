package io.headrace.flink.portable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Takes an object apart: values by their content, sets and maps without an order by what is in
 * them, objects by their fields, and what has none of it by its class.
 */
final class ObjectParts {

  private static final int DEEPEST = 16;

  /** So many elements of a list are compared; what has no order and is larger by its size. */
  private static final int MOST_ELEMENTS = 1_000;

  /** An object of more is not taken apart: where to stop would depend on orders. */
  static final int MOST_PARTS = 100_000;

  private final String operator;
  private final Scope scope;

  /** The objects that the current one is in, by identity. */
  private final Set<Object> around = Collections.newSetFromMap(new IdentityHashMap<>());

  private List<Part> parts = new ArrayList<>();
  private int count;

  private ObjectParts(String operator, Scope scope) {
    this.operator = operator;
    this.scope = scope;
  }

  /** The parts of an object, itself first. */
  static List<Part> of(String operator, String way, Object object, Scope scope) {
    ObjectParts taken = new ObjectParts(operator, scope);
    taken.add(way, object, 0);
    return taken.count > MOST_PARTS
        ? List.of(Part.tooMuch(operator, way, Member.type(object.getClass())))
        : taken.parts;
  }

  private void add(String way, @Nullable Object value, int depth) {
    if (count > MOST_PARTS) {
      return;
    }
    if (value == null) {
      part(way, "null", "");
      return;
    }
    String type = Member.type(value.getClass());
    Optional<String> content = Contents.of(value);
    if (content.isPresent()) {
      part(way, type, content.get());
    } else if (depth == DEEPEST) {
      part(way, type, "");
    } else if (around.add(value)) {
      takeApart(way, value, type, depth + 1);
      around.remove(value);
    } else {
      part(way, type, "again");
    }
  }

  private void part(String way, String type, String content) {
    count++;
    parts.add(Part.of(operator, way, type, content));
  }

  private void takeApart(String way, Object value, String type, int depth) {
    if (value instanceof Object[] array) {
      addInOrder(way, type, Arrays.asList(array), depth);
    } else if (value instanceof Collection<?> collection) {
      addAll(way, type, collection, depth);
    } else if (value instanceof Map<?, ?> map) {
      addAll(way, type, map, depth);
    } else if (value instanceof Optional<?> optional) {
      addInOrder(way, type, optional.stream().toList(), depth);
    } else {
      part(way, type, Member.code(value));
      if (scope.looksInto(value.getClass())) {
        Member.of(value)
            .forEach(member -> add(Part.join(way, member.name()), member.value(), depth));
      }
    }
  }

  private void addAll(String way, String type, Collection<?> collection, int depth) {
    boolean hasOrder =
        !(collection instanceof Set)
            || collection instanceof SortedSet
            || collection instanceof LinkedHashSet
            || collection instanceof EnumSet;
    if (hasOrder) {
      addInOrder(way, type, new ArrayList<>(collection), depth);
    } else {
      part(way, type, collection.size() + " elements");
      addSorted(way, new ArrayList<>(collection), depth);
    }
  }

  private void addInOrder(String way, String type, List<?> elements, int depth) {
    part(way, type, elements.size() + " elements");
    for (int i = 0; i < Math.min(elements.size(), MOST_ELEMENTS); i++) {
      add(Part.join(way, "element #" + (i + 1)), elements.get(i), depth);
    }
  }

  private void addAll(String way, String type, Map<?, ?> map, int depth) {
    boolean hasOrder =
        map instanceof SortedMap || map instanceof LinkedHashMap || map instanceof EnumMap;
    if (hasTextsAsKeys(map)) {
      Stream<String> keys = map.keySet().stream().map(ObjectParts::text);
      part(way, type, (hasOrder ? keys : keys.sorted()).toList().toString());
      if (map.size() <= MOST_ELEMENTS) {
        map.forEach((key, value) -> add(Part.join(way, "value of " + told(key)), value, depth));
      }
    } else {
      part(way, type, map.size() + " entries");
      List<List<Object>> entries = new ArrayList<>();
      map.forEach((key, value) -> entries.add(Arrays.asList(key, value)));
      addSorted(way, entries, depth);
    }
  }

  /** Elements in the order of what they are made of, since they have none of their own. */
  private void addSorted(String way, List<?> elements, int depth) {
    if (elements.size() > MOST_ELEMENTS) {
      return;
    }
    List<Part> outer = parts;
    List<List<Part>> all = new ArrayList<>();
    for (Object element : elements) {
      parts = new ArrayList<>();
      add("", element, depth);
      all.add(parts);
    }
    parts = outer;
    all.sort(
        Comparator.comparing(
            each -> each.stream().map(Part::line).collect(Collectors.joining("\n"))));
    for (int i = 0; i < all.size(); i++) {
      String step = Part.join(way, "element #" + (i + 1));
      all.get(i).forEach(part -> parts.add(part.below(step)));
    }
  }

  /** Whether its keys can be told apart by their texts. */
  private static boolean hasTextsAsKeys(Map<?, ?> map) {
    return map.keySet().stream().allMatch(ObjectParts::isText)
        && map.keySet().stream().map(ObjectParts::told).distinct().count() == map.size();
  }

  /** A key as a step on the way. Of texts nothing else is said: they alone are in quotes. */
  private static String told(Object key) {
    String text = Part.told(text(key));
    return key instanceof String ? text : text + " (" + Member.type(key.getClass()) + ")";
  }

  private static boolean isText(@Nullable Object value) {
    return value != null && Contents.of(value).isPresent();
  }

  private static String text(Object value) {
    return Contents.of(value).orElseThrow();
  }
}

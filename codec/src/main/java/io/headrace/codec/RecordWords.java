package io.headrace.codec;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A record in words: those of its components, one after the other. */
final class RecordWords implements WordLayout<Object> {

  private static final int MOST_WORDS = 8;

  private final Type type;
  private final RecordMembers members;
  private final List<WordLayout<Object>> layouts;
  private final int[] offsets;
  private final int width;

  private RecordWords(
      Type type,
      RecordMembers members,
      List<WordLayout<Object>> layouts,
      int[] offsets,
      int width) {
    this.type = type;
    this.members = members;
    this.layouts = List.copyOf(layouts);
    this.offsets = offsets;
    this.width = width;
  }

  /** The layout of a record, if all its components have one and there are not too many words. */
  static Optional<WordLayout<Object>> of(
      Type type, RecordMembers members, List<? extends Codec<Object>> components) {
    List<WordLayout<Object>> layouts = new ArrayList<>();
    int[] offsets = new int[components.size()];
    int width = 0;
    for (Codec<Object> component : components) {
      Optional<WordLayout<Object>> layout = component.words();
      if (layout.isEmpty()) {
        return Optional.empty();
      }
      offsets[layouts.size()] = width;
      width += layout.get().width();
      layouts.add(layout.get());
    }
    return width == 0 || width > MOST_WORDS
        ? Optional.empty()
        : Optional.of(new RecordWords(type, members, layouts, offsets, width));
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public void store(Object value, long[] row, int at) {
    Object owner = members.own(value);
    for (int i = 0; i < offsets.length; i++) {
      try {
        layouts.get(i).store(members.read(owner, i), row, at + offsets[i]);
      } catch (UnencodableException unencodable) {
        throw unencodable.within(type.getTypeName(), "." + members.name(i));
      }
    }
  }

  @Override
  public Object load(long[] row, int at) {
    Object[] components = new Object[offsets.length];
    for (int i = 0; i < components.length; i++) {
      components[i] = layouts.get(i).load(row, at + offsets[i]);
    }
    return members.make(components);
  }
}

package io.headrace.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.TypeToken;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A key stays where it is when enums and sealed interfaces get more members, or others first. */
final class KeyPlacesTest {

  enum Before {
    LOW,
    HIGH
  }

  enum After {
    UNKNOWN,
    HIGH,
    MIDDLE,
    LOW
  }

  sealed interface Old permits Point, Line {}

  sealed interface New permits Area, Line, Grade, Point {}

  record Point(int x) implements Old, New {}

  record Line(Point from, Point to) implements Old, New {}

  record Area(List<Line> border) implements New {}

  enum Grade implements New {
    FIRST
  }

  record Tag<T>(
      String id, T one, Optional<T> best, List<T> many, Set<T> all, Map<T, T> byEach, T last) {}

  @Test
  void theHashOfAKeyDependsOnTheNamesOfConstantsOnly() {
    KeyCodec<Tag<Before>> before = Codecs.keyOf(new TypeToken<Tag<Before>>() {}.type());
    KeyCodec<Tag<After>> after = Codecs.keyOf(new TypeToken<Tag<After>>() {}.type());

    assertThat(after.hash(tag(After.LOW, After.HIGH)))
        .isEqualTo(before.hash(tag(Before.LOW, Before.HIGH)))
        .isNotEqualTo(after.hash(tag(After.HIGH, After.LOW)));
  }

  @Test
  void theHashOfAKeyDependsOnTheNamesOfBranchesOnly() {
    KeyCodec<Tag<Old>> before = Codecs.keyOf(new TypeToken<Tag<Old>>() {}.type());
    KeyCodec<Tag<New>> after = Codecs.keyOf(new TypeToken<Tag<New>>() {}.type());
    Line line = new Line(new Point(1), new Point(2));

    assertThat(after.hash(tag(new Point(7), line)))
        .isEqualTo(before.hash(tag(new Point(7), line)))
        .isNotEqualTo(after.hash(tag(line, new Point(7))));
  }

  @Test
  void theHashOfAConstantOrBranchAloneDependsOnItsName() {
    Point point = new Point(3);

    assertThat(Codecs.<After>keyOf(After.class).hash(After.HIGH))
        .isEqualTo(Codecs.<Before>keyOf(Before.class).hash(Before.HIGH));
    assertThat(Codecs.<New>keyOf(New.class).hash(point))
        .isEqualTo(Codecs.<Old>keyOf(Old.class).hash(point))
        .isNotEqualTo(Codecs.<Point>keyOf(Point.class).hash(point));
  }

  private static <T> Tag<T> tag(T one, T other) {
    Set<T> all = new LinkedHashSet<>(List.of(one, other));
    Map<T, T> byEach = new LinkedHashMap<>(Map.of(one, other));
    byEach.put(other, one);
    return new Tag<>("a", one, Optional.of(other), List.of(one, other), all, byEach, other);
  }
}

package io.headrace.flink.portable;

import io.headrace.api.plan.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects how plans that were made again differ from the first, each difference once. */
final class Differences {

  private final Map<String, Part> first;
  private final List<Part> told = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();

  Differences(PlanDescription first) {
    this.first = byWay(first);
    this.first.values().stream().filter(Part::isTooMuch).forEach(this::addTooMuch);
  }

  List<Problem> problems() {
    return List.copyOf(problems);
  }

  /** Compares a plan that was made again. */
  void add(Place place, PlanDescription description) {
    Map<String, Part> second = byWay(description);
    first.forEach((way, part) -> compare(part, part, second.get(way), place));
    second.forEach(
        (way, part) -> {
          if (!first.containsKey(way)) {
            compare(part, null, part, place);
          }
        });
  }

  /** Adds that a plan could not be made again. */
  void addFailure(Place place, String reason) {
    problems.add(
        new Problem(
            "the plan",
            "It cannot be made again %s: %s.".formatted(place.words(), reason),
            place.remedy()));
  }

  private void addTooMuch(Part part) {
    told.add(part);
    problems.add(
        new Problem(
            part.where(),
            "It consists of more than %d parts, so it is not compared."
                .formatted(ObjectParts.MOST_PARTS),
            "Let functions read what is large when they are opened, from where the settings say."));
  }

  private void compare(Part part, @Nullable Part before, @Nullable Part after, Place place) {
    boolean isSame = before != null && before.equals(after);
    if (!isSame && told.stream().noneMatch(part::isWithin)) {
      told.add(part);
      problems.add(
          new Problem(
              part.where(),
              "It is %s, but %s when it is made again %s."
                  .formatted(value(before), value(after), place.words()),
              place.remedy()));
    }
  }

  private static String value(@Nullable Part part) {
    return part == null ? "not there" : part.value();
  }

  private static Map<String, Part> byWay(PlanDescription description) {
    Map<String, Part> parts = new LinkedHashMap<>();
    description.parts().forEach(part -> parts.putIfAbsent(part.where(), part));
    return parts;
  }
}

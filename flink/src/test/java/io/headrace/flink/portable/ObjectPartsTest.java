package io.headrace.flink.portable;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.Job;
import io.headrace.api.connector.Sinks;
import io.headrace.api.connector.Sources;
import io.headrace.api.plan.Plan;
import io.headrace.api.plan.Problem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R23")
class ObjectPartsTest {

  private static final Job NUMBERS =
      pipeline ->
          pipeline
              .source("numbers", Sources.generate(Long.class, 1, number -> number))
              .sink("out", Sinks.print());

  private static final Scope SCOPE = new Scope(ObjectPartsTest.class, Plan.of(NUMBERS));

  private static PlanDescription description(Object value) {
    List<Part> parts = ObjectParts.of("map-1", "value", value, SCOPE);
    return PlanDescription.parse(new PlanDescription(parts).text());
  }

  private static List<Problem> problems(Object first, Object second) {
    Differences differences = new Differences(description(first));
    PlanDescription again = description(second);
    differences.add(Place.HERE, again);
    differences.add(Place.OTHER_JVM, again);
    return differences.problems();
  }

  private static List<List<String>> lists(int count) {
    return Collections.nCopies(count, Collections.nCopies(200, "a"));
  }

  @Test
  void whatIsTooLargeToCompareIsToldOnce() {
    assertThat(problems(lists(500), lists(500)))
        .singleElement()
        .hasToString(
            "operator \"map-1\", value: It consists of more than 100000 parts, so it is not"
                + " compared. Let functions read what is large when they are opened, from where"
                + " the settings say.");
    assertThat(problems(lists(10), lists(10))).isEmpty();
  }

  @Test
  void whatIsTooLargeOnOneSideOnlyDiffers() {
    assertThat(problems(lists(1), lists(500)))
        .extracting(Problem::what)
        .singleElement()
        .asString()
        .startsWith("It is 1 elements ")
        .contains(", but too much to compare (");
  }

  @Test
  void objectsThatAreSharedAreSameAsTheirCopies() {
    List<Integer> one = new ArrayList<>(List.of(1, 2));

    assertThat(problems(List.of(one, one), List.of(one, new ArrayList<>(one)))).isEmpty();
  }

  private static class Above {

    private final String tag;

    Above(String tag) {
      this.tag = tag;
    }

    @Override
    public String toString() {
      return tag;
    }
  }

  private static final class Below extends Above {

    private final String tag;

    Below(String tag, String above) {
      super(above);
      this.tag = tag;
    }

    @Override
    public String toString() {
      return super.toString() + tag;
    }
  }

  @Test
  void fieldsOfTheSameNameAreTwo() {
    assertThat(problems(new Below("a", "b"), new Below("a", "c")))
        .extracting(Problem::where)
        .containsExactly(
            "operator \"map-1\", value, field tag of"
                + " io.headrace.flink.portable.ObjectPartsTest$Above");
    assertThat(problems(new Below("a", "b"), new Below("c", "b")))
        .extracting(Problem::where)
        .containsExactly("operator \"map-1\", value, field tag");
  }

  @Test
  void keysOfTheSameTextAreTwo() {
    assertThat(problems(Map.of(1, "a", 1L, "b"), Map.of(1, "a", 1L, "c")))
        .extracting(Problem::where)
        .containsExactly("operator \"map-1\", value, value of 1 (java.lang.Long)");
    assertThat(problems(Map.of(1, "a", 1L, "b"), Map.of(1, "c", 1L, "b")))
        .extracting(Problem::where)
        .containsExactly("operator \"map-1\", value, value of 1 (java.lang.Integer)");
    assertThat(problems(Map.of(1, "a"), Map.of(1L, "a"))).isNotEmpty();
  }

  /** With two keys that are equal, but not the same. */
  private static Map<StringBuilder, String> identities(String first, String second) {
    Map<StringBuilder, String> map = new IdentityHashMap<>();
    map.put(new StringBuilder("key"), first);
    map.put(new StringBuilder("key"), second);
    return map;
  }

  @Test
  void equalKeysOfAMapOfIdentitiesAreTwo() {
    assertThat(problems(identities("a", "b"), identities("b", "a"))).isEmpty();
    assertThat(problems(identities("a", "b"), identities("a", "c"))).isNotEmpty();
    assertThat(problems(identities("a", "b"), identities("c", "b"))).isNotEmpty();
  }
}

package io.headrace.flink.portable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("R23")
class PartTest {

  private static Part part(String content) {
    return Part.of("map-1", "field text", "java.lang.String", content);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "a\tb", "a\nb\r\n", "half \ud83d of one", "é\u2028ü\u202e"})
  void comesThroughAsALine(String content) {
    byte[] sent = part(content).line().getBytes(StandardCharsets.UTF_8);

    String line = new String(sent, StandardCharsets.UTF_8);

    assertThat(line.lines()).hasSize(1);
    assertThat(Part.parse(line)).isEqualTo(part(content));
  }

  @Test
  void longContentsThatDifferAtTheEndDiffer() {
    assertThat(part("a".repeat(100) + "b")).isNotEqualTo(part("a".repeat(100) + "c"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "one", "one\ttwo\tthree", "one\ttwo\tthree\tfour\tfive"})
  void aLineThatIsNoneIsRefused(String line) {
    assertThatThrownBy(() -> Part.parse(line)).hasMessageStartingWith("This is no part of a plan");
  }

  @Test
  void isWithinWhatIsBeforeItOnTheWay() {
    Part list = Part.of("map-1", "field list", "java.util.List", "");
    Part listed = Part.of("map-1", "field list, element #1", "java.lang.String", "");
    Part other = Part.of("map-1", "field lists", "java.util.List", "");

    assertThat(listed.isWithin(list)).isTrue();
    assertThat(other.isWithin(list)).isFalse();
    assertThat(list.isWithin(listed)).isFalse();
  }
}

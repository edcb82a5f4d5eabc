package io.headrace.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LineTest {

  @Test
  void whatWasPrintedIsReadAgain() {
    Line line = Line.of("READY").with("count", 7).with("at", "a=b");

    assertThat(Line.parse(line.toString())).contains(line);
    assertThat(line.number("count")).isEqualTo(7);
  }

  @Test
  void otherTextIsNoLine() {
    assertThat(Line.parse("Ready to go")).isEmpty();
    assertThat(Line.parse("WARNING: illegal access")).isEmpty();
  }
}

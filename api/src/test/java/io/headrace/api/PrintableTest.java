package io.headrace.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("S15")
final class PrintableTest {

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0 ms",
    "PT0.00025S, 0.25 ms",
    "PT0.250999S, 250 ms",
    "PT1S, 1 s",
    "PT1.00550057S, 1.005 s",
    "PT90S, 90 s",
    "PT90.5S, 90.5 s",
    "PT10M, 10 min",
    "PT36H, 36 h",
    "P36525D, 36525 d",
    "PT-1S, -1 s",
    "PT-0.0015S, -1 ms",
    "PT2562047788015215H30M7.999999999S, 9223372036854775807.999 s",
    "PT-2562047788015215H-30M-8S, -9223372036854775808 s"
  })
  void aTimeIsToldInUnitsThatPeopleUse(Duration time, String told) {
    assertThat(Printable.duration(time)).isEqualTo(told);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\n",
        "\r",
        "\r\n",
        "\0",
        "\u001b",
        "\u0007",
        "\u007f",
        "\u0085",
        "\u2028",
        "\u2029",
        "\u202e",
        "\u200b",
        "\ufeff",
        "\t",
        "\udb40\udc41"
      })
  void nothingThatBreaksALineOrDoesNotShowIsLeft(String hostile) {
    String shown = Printable.of("a" + hostile + "2000-01-01 ERROR all is lost");

    assertThat(shown).matches("a\\?+2000-01-01 ERROR all is lost");
    assertThat(Printable.isName("a" + hostile)).isFalse();
    assertThat(Printable.lines("a" + hostile + "b")).matches("a\\?+b");
  }

  @Test
  void whatShowsIsLeftAsItIs() {
    String text = "größe=\"ü\" ${jndi:ldap://x} \ud83d\ude00 100 %";

    assertThat(Printable.of(text)).isEqualTo(text);
    assertThat(Printable.isName(text)).isTrue();
  }

  @Test
  void aTextIsCutWhereItIsTooLong() {
    assertThat(Printable.of("x".repeat(2_000))).hasSize(1_003).endsWith("x...");
    assertThat(Printable.of("abcdef", 3)).isEqualTo("abc...");
    assertThat(Printable.lines("x".repeat(1 << 17))).hasSize((1 << 16) + 3);
  }

  @Test
  void linesThatAreIndentedStay() {
    assertThat(Printable.lines("for 2 reasons:\n  - one\n  - two\n"))
        .isEqualTo("for 2 reasons:\n  - one\n  - two\n");
    assertThat(Printable.lines("one\n two\nthree\r\n  four")).isEqualTo("one? two?three?\n  four");
  }

  @Test
  void whatHasNoTextIsToldAllTheSame() {
    Object broken =
        new Object() {
          @Override
          public String toString() {
            throw new IllegalStateException("broken");
          }
        };
    Object endless =
        new Object() {
          @Override
          public String toString() {
            return "[" + this + "]";
          }
        };

    assertThat(Printable.of(broken))
        .isEqualTo(
            "a io.headrace.api.PrintableTest$1, whose toString() threw a"
                + " java.lang.IllegalStateException");
    assertThat(Printable.of(endless))
        .isEqualTo(
            "a io.headrace.api.PrintableTest$2, whose toString() threw a"
                + " java.lang.StackOverflowError");
    assertThat(Printable.of(null)).isEqualTo("null");
  }

  @Test
  void aMessageHoldsNoLineThatIsNotIndented() {
    String hostile = "x\n2000-01-01 ERROR all is lost\r\u001b[2J";

    HeadraceException failure =
        new HeadraceException(ErrorCode.SOURCE_FAILED, "Split \"" + hostile + "\" failed.\n")
            .at("split " + hostile);

    assertThat(failure)
        .hasMessage(
            "Split \"x?2000-01-01 ERROR all is lost??[2J\" failed.\n   [SOURCE_FAILED, external]");
    assertThat(failure.reason()).endsWith("failed.\n");
    assertThat(failure.position()).contains("split x?2000-01-01 ERROR all is lost??[2J");
  }

  @Test
  void aMessageWithoutEndStillTellsItsCode() {
    HeadraceException failure = new HeadraceException(ErrorCode.SOURCE_FAILED, "x".repeat(1 << 20));

    assertThat(failure.getMessage()).hasSizeLessThan(1 << 17).endsWith("[SOURCE_FAILED, external]");
    assertThat(List.of(failure.reason().split("\n", -1))).hasSize(1);
  }
}

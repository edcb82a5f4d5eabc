package io.headrace.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("R30")
class HeadraceExceptionTest {

  @Test
  void itTellsNothingThatNobodyToldIt() {
    HeadraceException failure = new HeadraceException(ErrorCode.SINK_FAILED, "It is so.");

    assertThat(failure).hasMessage("It is so.   [SINK_FAILED, external]");
    assertThat(failure.operator()).isEmpty();
    assertThat(failure.position()).isEmpty();
    assertThat(failure.remedy()).isEqualTo(ErrorCode.SINK_FAILED.remedy());
  }

  @Test
  void whoThrowsFirstNamesTheOperatorAndPlacesAreAddedFromTheInsideOut() {
    HeadraceException failure =
        new HeadraceException(ErrorCode.SINK_FAILED, "It is so.", new IllegalStateException())
            .ofOperator("out")
            .at("line 3")
            .withRemedy("Wait.")
            .ofOperator("map -> out")
            .at("split \"0\"");

    assertThat(failure.operator()).contains("out");
    assertThat(failure.position()).contains("line 3; split \"0\"");
    assertThat(failure.remedy()).isEqualTo("Wait.");
  }

  @ParameterizedTest
  @EnumSource
  void everyCodeHasARemedyThatIsASentence(ErrorCode code) {
    assertThat(code.remedy()).matches("[A-Z].+\\.").doesNotContain("\n");
  }
}

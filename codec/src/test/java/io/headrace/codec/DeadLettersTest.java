package io.headrace.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.DeadLetter;
import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DeadLettersTest {

  private static final DeadLetters LETTERS = new DeadLetters("prices", DeadLetter.Stage.PROCESS);

  private final Exception thrown = new IllegalStateException("no price");

  private static HeadraceException failure(Throwable cause) {
    return new HeadraceException(ErrorCode.USER_FUNCTION_FAILED, "It failed.", cause);
  }

  /** Cannot be told as text. */
  private static final class Mute {
    @Override
    public String toString() {
      throw new IllegalStateException("no words");
    }
  }

  @Test
  void aValueIsInItAsBytesWithTheirSchemaAndAsText() {
    Codec<Object> codec = Codecs.of((Type) Long.class);

    DeadLetter letter = LETTERS.ofValue(7L, codec, Optional.of("line 3"), failure(thrown));

    assertThat(letter.operator()).isEqualTo("prices");
    assertThat(letter.stage()).isEqualTo(DeadLetter.Stage.PROCESS);
    assertThat(letter.position()).contains("line 3");
    assertThat(letter.text()).isEqualTo("7");
    assertThat(codec.decode(new Decoder(letter.bytes()))).isEqualTo(7L);
    assertThat(letter.schema()).contains(codec.schema().json());
  }

  @Test
  void aValueThatCannotBeEncodedIsInItAsTextAlone() {
    Codec<Object> codec = Codecs.of((Type) Long.class);

    DeadLetter letter = LETTERS.ofValue("seven", codec, Optional.empty(), failure(thrown));

    assertThat(letter.text()).isEqualTo("seven");
    assertThat(letter.bytes()).isEmpty();
    assertThat(letter.schema()).isEmpty();
  }

  @Test
  void theErrorIsWhatTheCodeOfTheUserThrew() {
    DeadLetter letter = LETTERS.ofTimer(Instant.EPOCH, "a", failure(thrown));

    assertThat(letter.error()).isEqualTo(thrown.toString());
    assertThat(letter.stack()).contains(DeadLetter.stackOf(thrown));
  }

  @Test
  void theErrorIsOursWhereTheCodeOfTheUserThrewNothing() {
    HeadraceException failure =
        new HeadraceException(ErrorCode.USER_FUNCTION_FAILED, "It returned null.");

    DeadLetter letter = LETTERS.ofTimer(Instant.EPOCH, "a", failure);

    assertThat(letter.error()).isEqualTo(failure.toString());
  }

  @Test
  void aTimerIsToldByItsTimeAndKeyWhateverTheKeySaysOfItself() {
    DeadLetter letter = LETTERS.ofTimer(Instant.EPOCH, new Mute(), failure(thrown));

    assertThat(letter.text())
        .startsWith("timer 1970-01-01T00:00:00Z of key a ")
        .contains("Mute, whose toString() threw");
    assertThat(letter.bytes()).isEmpty();
    assertThat(letter.schema()).isEmpty();
  }

  @Test
  void aFailureIsTheFaultOfTheValueUnlessItsCodeSaysOtherwiseOrTheThreadWasInterrupted() {
    assertThat(DeadLetters.isOfValue(failure(thrown))).isTrue();
    assertThat(DeadLetters.isOfValue(new HeadraceException(ErrorCode.SINK_FAILED, "It is full.")))
        .isFalse();
    assertThat(
            DeadLetters.isOfValue(
                failure(new IllegalStateException(new InterruptedException("stopped")))))
        .isFalse();

    Thread.currentThread().interrupt();

    assertThat(DeadLetters.isOfValue(failure(thrown))).isFalse();
    assertThat(Thread.interrupted()).isTrue();
  }
}

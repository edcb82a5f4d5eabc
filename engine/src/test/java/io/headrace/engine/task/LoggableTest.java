package io.headrace.engine.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("S15")
class LoggableTest {

  private static final String FORGED = "2000-01-01 ERROR all is lost";

  private static String logged(Throwable failure) {
    StringWriter text = new StringWriter();
    Loggable.of(failure).printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  @Test
  void aFailureThatIsFitIsLoggedItself() {
    IOException failure = new IOException("torn\n  at the edge", new IllegalStateException("x"));
    failure.addSuppressed(new IllegalStateException("y"));

    assertThat(Loggable.of(failure)).isSameAs(failure);
  }

  @Test
  void messagesOfAllCausesAndSuppressedOnesForgeNoLine() {
    IOException cause = new IOException("cause\n" + FORGED);
    cause.addSuppressed(new IllegalStateException("suppressed\r\n" + FORGED + "\u001b[2J"));
    IllegalStateException failure = new IllegalStateException("torn", cause);

    assertThat(logged(failure))
        .contains("java.lang.IllegalStateException: torn", "Caused by: ", "Suppressed: ")
        .contains("java.io.IOException: cause?" + FORGED)
        .contains("java.lang.IllegalStateException: suppressed??" + FORGED + "?[2J")
        .contains("LoggableTest.messagesOfAllCausesAndSuppressedOnesForgeNoLine");
    assertThat(logged(failure).lines()).noneMatch(line -> line.startsWith(FORGED));
  }

  @Test
  void causesThatGoInARingComeToAnEnd() {
    IOException first = new IOException("one\ntwo");
    IllegalStateException second = new IllegalStateException("three", first);
    first.initCause(second);

    assertThat(logged(first)).contains("one?two", "three");
  }

  @Test
  void aFailureWithoutAMessageThatCanBeToldIsLogged() {
    RuntimeException broken =
        new RuntimeException("unused") {
          private static final long serialVersionUID = 1L;

          @Override
          public String getMessage() {
            throw new IllegalStateException("broken");
          }
        };

    RuntimeException endless =
        new RuntimeException("unused") {
          private static final long serialVersionUID = 1L;

          @Override
          public String getMessage() {
            return "[" + this + "]";
          }
        };

    assertThat(logged(broken)).contains("whose toString() threw a java.lang.IllegalStateException");
    assertThat(logged(endless)).contains("whose toString() threw a java.lang.StackOverflowError");
  }
}

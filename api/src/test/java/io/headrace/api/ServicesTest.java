package io.headrace.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What operators come by, and who closes it. */
class ServicesTest {

  private final List<String> events = new ArrayList<>();

  /** A service that tells what becomes of it. */
  private final class Told implements AutoCloseable {

    private final String name;

    Told(String name) {
      this.name = name;
      events.add(name + " opened");
    }

    @Override
    public void close() {
      events.add(name + " closed");
      if (name.equals("broken")) {
        throw new IllegalStateException("it does not close");
      }
    }
  }

  @Test
  void oneThatIsThereAlreadyIsNeverClosed() throws Exception {
    Told told = new Told("given");

    try (Services.Open open = Services.none().with(Told.class, told).open()) {
      assertThat(open.get("op", Told.class)).isSameAs(told);
    }

    assertThat(events).containsExactly("given opened");
  }

  @Test
  void oneIsOpenedWhenItIsAskedForAndOnceAndClosedAtTheEnd() throws Exception {
    Services services = Services.none().opening(Told.class, () -> new Told("own"));

    try (Services.Open open = services.open()) {
      assertThat(events).isEmpty();
      assertThat(open.get("op", Told.class)).isSameAs(open.get("other", Told.class));
    }

    assertThat(events).containsExactly("own opened", "own closed");
  }

  @Test
  void theLastIsClosedFirstAndNoneIsForgottenWhereOneFails() {
    Services services =
        Services.none()
            .opening(Told.class, () -> new Told("first"))
            .opening(AutoCloseable.class, () -> new Told("broken"));
    Services.Open open = services.open();
    open.get("op", Told.class);
    open.get("op", AutoCloseable.class);

    assertThatThrownBy(open::close).hasMessage("it does not close");
    assertThatThrownBy(() -> open.get("op", Told.class))
        .isInstanceOf(HeadraceException.class)
        .hasMessageContaining("after it was closed");

    assertThat(events)
        .containsExactly("first opened", "broken opened", "broken closed", "first closed");
  }

  @Test
  void whatIsMissingOrDoesNotOpenOrIsThereTwiceIsSaidByItsType() {
    Services.Open open =
        Services.none()
            .opening(
                Told.class,
                () -> {
                  throw new IllegalStateException("no connection");
                })
            .open();

    assertThatThrownBy(() -> open.get("prices", String.class))
        .isInstanceOf(HeadraceException.class)
        .hasMessageContaining(
            "Operator \"prices\" asks for a service of java.lang.String, and the job gives none");
    assertThatThrownBy(() -> open.get("prices", Told.class))
        .isInstanceOf(HeadraceException.class)
        .hasMessageContaining("SERVICE_FAILED")
        .hasMessageContaining("Told, for which operator \"prices\" asked, could not be opened")
        .hasMessageContaining("no connection");
    assertThatThrownBy(() -> Services.none().with(String.class, "a").with(String.class, "b"))
        .hasMessageContaining("There are two services of java.lang.String");
  }
}

package io.headrace.engine;

import io.headrace.api.Printable;
import io.headrace.engine.coordinator.RunState;
import io.headrace.engine.task.Loggable;
import io.headrace.engine.task.Mailbox;
import io.headrace.engine.task.Place;
import io.headrace.engine.task.Progress;
import io.headrace.engine.task.Task;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a listener of the user the states of a run, on a thread that may wait for it. */
final class StateFeed implements Task {

  private static final Logger LOG = LoggerFactory.getLogger(StateFeed.class);

  /** A listener that threw so often in a run does so for a reason that is known by then. */
  private static final int MOST_LOGGED = 16;

  private final Place place;
  private final Consumer<RunState> listener;
  private final Mailbox mailbox;
  private boolean isOver;
  private int mistakes;

  StateFeed(Place place, Consumer<RunState> listener) {
    this.place = place;
    this.listener = listener;
    this.mailbox = new Mailbox(place);
  }

  void start() {
    place.start(this);
  }

  /** Has the listener told one more state. Any thread. */
  void tell(RunState state) {
    mailbox.post(() -> pass(state));
  }

  /** Says that no state follows, so that its thread may end. Any thread. */
  void end() {
    mailbox.post(() -> isOver = true);
  }

  private void pass(RunState state) {
    try {
      listener.accept(state);
    } catch (Exception | Error thrown) { // It is the user's, and the run does not depend on it.
      if (++mistakes <= MOST_LOGGED) {
        LOG.warn(
            "The listener of states threw when it was told {}.",
            Printable.of(state),
            Loggable.of(thrown));
      }
    }
  }

  @Override
  public Progress call() {
    boolean any = mailbox.drain();
    if (isOver) {
      return Progress.DONE;
    }
    return any ? Progress.MADE : Progress.NONE;
  }
}

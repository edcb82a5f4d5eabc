package io.headrace.state;

import io.headrace.api.plan.StateDeclaration;
import io.headrace.codec.Schema;
import java.io.IOException;
import java.util.List;

/**
 * The keyed state of a task as it was when the view was taken. Read by one thread at a time, which
 * need not be the owner's.
 */
public final class StatesView implements AutoCloseable {

  private final List<State> states;
  private final List<Runnable> releases;

  StatesView(List<State> states, List<Runnable> releases) {
    this.states = List.copyOf(states);
    this.releases = List.copyOf(releases);
  }

  /** The states, in the order of their declaration. */
  public List<State> states() {
    return states;
  }

  /** Lets go of the view. Nothing may be read from it any more. */
  @Override
  public void close() {
    releases.forEach(Runnable::run);
  }

  /** One state of a view. */
  public interface State {

    /** Its name. */
    String name();

    /** What it keeps for a key. */
    StateDeclaration.Kind kind();

    /** The schema of its entries. */
    Schema entrySchema();

    /** Writes every entry. */
    void writeTo(EntryWriter out) throws IOException;
  }
}

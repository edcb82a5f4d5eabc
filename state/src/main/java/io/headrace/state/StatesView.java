package io.headrace.state;

import io.headrace.api.plan.StateDeclaration;
import io.headrace.codec.Schema;
import java.io.IOException;
import java.util.List;

/**
 * The keyed state of a task as it was when the view was taken. Read by one thread at a time, which
 * need not be the owner's, until it is closed; closed by any thread, after which the owner may
 * write over what it showed.
 */
public final class StatesView implements AutoCloseable {

  private final Epochs.OpenView open;
  private final List<State> states;

  StatesView(Epochs.OpenView open, List<State> states) {
    this.open = open;
    this.states = List.copyOf(states);
  }

  /** The number of this view: the first of a task has 1, each next one is larger by 1. */
  public long number() {
    return open.epoch();
  }

  /** The number of the view since which {@link State#writeChangesTo} tells changes, 0 if none. */
  public long base() {
    return open.base();
  }

  /** The states, in the order of their declaration. */
  public List<State> states() {
    return states;
  }

  /** Lets go of the view, after which nothing may be read from it. May be called more than once. */
  @Override
  public void close() {
    open.close();
  }

  /** One state of a view. */
  public interface State {

    /** Its name. */
    String name();

    /** What it keeps for a key. */
    StateDeclaration.Kind kind();

    /** The schema of its entries. */
    Schema entrySchema();

    /** Writes every entry, in no promised order. */
    void writeTo(EntryWriter out) throws IOException;

    /** Writes every entry that was written since {@link StatesView#base}, and perhaps more. */
    void writeChangesTo(EntryWriter out) throws IOException;

    /**
     * Writes, of every entry that was deleted since {@link StatesView#base}, what it was found by:
     * the key, and in a map the map key.
     */
    void writeDeletionsTo(EntryWriter out) throws IOException;
  }
}

package io.headrace.flink.operators;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.util.FlinkRuntimeException;
import org.jspecify.annotations.Nullable;

/**
 * Where state may be used: what belongs to a key while a value or a timer of a key is being
 * processed, broadcast state also while a value that is broadcast is. Remembers how to undo what
 * was done there. The thread of the task.
 */
final class Scope {

  private final String operator;
  private final boolean isUndoable;
  private final List<Change> undo = new ArrayList<>();
  private final List<Change> atEnd = new ArrayList<>();
  private Inside inside = Inside.NOTHING;

  Scope(String operator, boolean isUndoable) {
    this.operator = operator;
    this.isUndoable = isUndoable;
  }

  /** What is being processed. */
  private enum Inside {
    NOTHING,
    KEYED,
    BROADCAST
  }

  /** Something that is done to state. */
  @FunctionalInterface
  interface Change {
    void apply() throws Exception;
  }

  /** A question to state. */
  @FunctionalInterface
  interface Question<V extends @Nullable Object> {
    V ask() throws Exception;
  }

  String operator() {
    return operator;
  }

  /** Begins a value or a timer of a key. */
  void enter() {
    inside = Inside.KEYED;
  }

  /** Begins a value that is broadcast. */
  void enterBroadcast() {
    inside = Inside.BROADCAST;
  }

  /** Ends an element, or a part of one: what it did stays. */
  void commit() {
    atEnd.forEach(Scope::run);
    undo.clear();
    leave();
  }

  /** Ends an element as if it had never come. */
  void undo() {
    atEnd.clear();
    for (int i = undo.size() - 1; i >= 0; i--) {
      run(undo.get(i));
    }
    undo.clear();
    leave();
  }

  private void leave() {
    atEnd.clear();
    inside = Inside.NOTHING;
  }

  /** What is to be done when the element is committed. */
  void atEnd(Change change) {
    atEnd.add(change);
  }

  boolean isUndoable() {
    return isUndoable;
  }

  void undoBy(Change change) {
    undo.add(change);
  }

  /** Checks that a state of the current key may be used now. */
  void check(String state) {
    if (inside != Inside.KEYED) {
      throw outOfScope(state);
    }
  }

  /** Checks that broadcast state may be read now. */
  void checkBroadcast(String state) {
    if (inside == Inside.NOTHING) {
      throw outOfScope(state);
    }
  }

  /** Checks that broadcast state may be written now. */
  void checkWritable(String state) {
    checkBroadcast(state);
    if (inside != Inside.BROADCAST) {
      throw new HeadraceException(
              ErrorCode.STATE_OUT_OF_SCOPE,
              "Broadcast state \""
                  + state
                  + "\" of operator \""
                  + operator
                  + "\" was written while no value that is broadcast was being processed. Write it"
                  + " in processBroadcast(...) only.")
          .ofOperator(operator);
    }
  }

  private HeadraceException outOfScope(String state) {
    return new HeadraceException(
            ErrorCode.STATE_OUT_OF_SCOPE,
            name(state)
                + " was used while no value of its keyed stream was being processed. State"
                + " belongs to a key: use it in process(...) only, on the thread that calls it.")
        .ofOperator(operator);
  }

  /** A value that a user gave, unless it is null. */
  <V> V present(String state, V value) {
    if (value == null) {
      throw new HeadraceException(
              ErrorCode.VALUE_NOT_ENCODABLE,
              name(state)
                  + " was given a null. Clear it, remove the map key, or declare an Optional.")
          .ofOperator(operator);
    }
    return value;
  }

  private String name(String state) {
    return "State \"" + state + "\" of operator \"" + operator + "\"";
  }

  static void run(Change change) {
    ask(
        () -> {
          change.apply();
          return true;
        });
  }

  /** Asks Flink's state. What goes wrong there is no fault of a value. */
  static <V extends @Nullable Object> V ask(Question<V> question) {
    try {
      return question.ask();
    } catch (RuntimeException unchecked) {
      throw unchecked;
    } catch (Exception failed) {
      throw new FlinkRuntimeException("The state backend failed.", failed);
    }
  }
}

package io.headrace.state;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.plan.StateDeclaration;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The states of one operator in one task, as its process declares them. The owner's thread. */
final class DeclaredStates {

  private final String operator;
  private final Type keyType;
  private final List<DeclaredState> states = new ArrayList<>();
  private final List<StateDeclaration> declarations = new ArrayList<>();
  private boolean isSealed;

  /**
   * None so far.
   *
   * @param operator the operator's name, for errors
   */
  DeclaredStates(String operator, Type keyType) {
    this.operator = operator;
    this.keyType = keyType;
  }

  /**
   * Describes a state that is declared.
   *
   * @throws HeadraceException when it must not be, now or with its name
   */
  StateDescription describe(String name, StateDeclaration.Kind kind, Type... types) {
    return describe(new StateDeclaration(name, kind, List.of(types)));
  }

  /** The same of a declaration. */
  StateDescription describe(StateDeclaration state) {
    declarations.add(state);
    return new StateDescription(
        declarable(state.name()), state.kind(), EntrySchemas.of(keyType, state));
  }

  private StateName declarable(String state) {
    StateName name = new StateName(operator, state);
    if (isSealed) {
      throw new HeadraceException(
              ErrorCode.STATE_OUT_OF_SCOPE,
              name
                  + " was declared while the job runs. Declare state in the constructor of the"
                  + " process.")
          .ofOperator(operator);
    }
    if (names().contains(state)) {
      throw new HeadraceException(
              ErrorCode.INVALID_JOB,
              name + " was declared twice. Each state of an operator needs a name of its own.")
          .ofOperator(operator);
    }
    return name;
  }

  /** Adds a state that was described. */
  <S extends DeclaredState> S add(S state) {
    states.add(state);
    return state;
  }

  /** Ends the declarations. */
  void seal() {
    isSealed = true;
  }

  /** The states, in the order of their declaration: this list, which grows with them. */
  List<DeclaredState> all() {
    return Collections.unmodifiableList(states);
  }

  /** What was declared, in the order of the declarations. */
  List<StateDeclaration> declarations() {
    return List.copyOf(declarations);
  }

  /** The names of the states, in the order of their declaration. */
  List<String> names() {
    return states.stream().map(each -> each.name().state()).toList();
  }

  /** A state by its name. */
  DeclaredState named(String name) {
    for (int i = 0; i < states.size(); i++) {
      if (states.get(i).name().state().equals(name)) {
        return states.get(i);
      }
    }
    throw new IllegalArgumentException("operator " + operator + " has no state " + name);
  }
}

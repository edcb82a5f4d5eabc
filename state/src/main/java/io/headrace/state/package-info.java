/**
 * Working state: the flat tables that keyed state lives in.
 *
 * <p>Main type: {@link io.headrace.state.KeyedStates}, the keyed state of one task. Threads: its
 * owner's only, but for {@link io.headrace.state.StatesView}, which another thread reads while the
 * owner goes on. Invariants: a view shows the state as it was when it was taken, whatever is
 * written later; what is stored is a copy, laid out by its codec; memory is charged before it is
 * allocated.
 */
@NullMarked
package io.headrace.state;

import org.jspecify.annotations.NullMarked;

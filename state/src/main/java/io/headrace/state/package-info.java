/**
 * Working state: the flat tables that keyed state lives in.
 *
 * <p>Main type: {@link io.headrace.state.KeyedStates}, the keyed state of one operator in one task.
 * Threads: its owner's only, but for {@link io.headrace.state.StatesView}, which another thread may
 * read and any thread may close while the owner goes on. Invariants: a view shows the state as it
 * was when it was taken, whatever is written later; a view names every entry that was written or
 * deleted since the view that was covered last; what is stored is a copy, laid out by its codec; an
 * element that was undone left nothing in any state; memory is charged to the {@link
 * io.headrace.state.MemoryBudget} before it is allocated.
 */
@NullMarked
package io.headrace.state;

import org.jspecify.annotations.NullMarked;

package io.headrace.state;

import io.headrace.codec.Decoder;

/** A state of one task, of whatever kind. */
interface DeclaredState {

  /** Its name. */
  String name();

  /** The table that its entries stand in. */
  Table table();

  /** What a view of that table shows. */
  StatesView.State show(TableView view);

  /** Takes one entry of a checkpoint. Returns whether its key belongs to this task. */
  boolean restore(Decoder entry);
}

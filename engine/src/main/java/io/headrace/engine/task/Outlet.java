package io.headrace.engine.task;

/** An output of a task: the end of a chain, where values are put on edges. */
sealed interface Outlet extends Stage permits BroadcastOutlet, KeyedOutlet, PlainOutlet {

  /** The edges with what waits for them. */
  Lanes lanes();

  /** Sends what has been gathered for lanes whose consumer has nothing to do. */
  void flushToIdle();

  /** Sends what has been gathered, then an item, on every lane. */
  void sendToAll(Item item);
}

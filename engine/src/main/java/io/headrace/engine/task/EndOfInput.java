package io.headrace.engine.task;

/** No more values come on this edge; barriers still do. */
enum EndOfInput implements Item {
  INSTANCE
}

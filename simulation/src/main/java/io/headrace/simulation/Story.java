package io.headrace.simulation;

/** Is told what happens in a world, in order. */
@FunctionalInterface
public interface Story {

  /** Nobody listens. */
  Story UNTOLD = (event, values) -> {};

  /** One thing happened: what to say of it, as {@link String#format} takes it. */
  void tell(String event, Object... values);
}

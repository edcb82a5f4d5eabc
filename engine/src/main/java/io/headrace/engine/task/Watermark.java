package io.headrace.engine.task;

/**
 * Says that no value is expected on this edge that is not later; and that the edge is not idle.
 *
 * @param time in milliseconds, or {@link io.headrace.state.Times#NO_WATERMARK}
 */
record Watermark(long time) implements Item {}

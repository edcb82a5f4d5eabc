package io.headrace.api;

/**
 * A part of a source that is read in order.
 *
 * @param name unique in its source and the same at every start
 * @param position where reading starts
 */
public record Split<P>(String name, P position) {}

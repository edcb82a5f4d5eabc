package io.headrace.api;

/**
 * A stream of which every task of the operators that it is connected to gets every value, all in
 * the same order: rules, rates, settings.
 *
 * @param <T> the type of the values
 */
public interface BroadcastStream<T> {}

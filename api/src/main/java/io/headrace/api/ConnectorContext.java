package io.headrace.api;

/**
 * Where a reader or a writer runs.
 *
 * @param job the name of the job
 * @param operator the name of the source or sink in the job
 * @param task which of the operator's parallel tasks, counted from 0
 * @param attempt a number that no other start or restart on the same directory has or had; larger
 *     for later ones
 * @param clock what to take the time from
 */
public record ConnectorContext(String job, String operator, int task, long attempt, Clock clock) {}

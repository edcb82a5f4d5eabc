/**
 * What a job says, as data: the {@link io.headrace.api.plan.Plan}, its nodes, and what is wrong
 * with it.
 *
 * <p>{@link io.headrace.api.plan.Plan#of} runs a job's description once on the calling thread and
 * returns an immutable plan; engines translate its nodes and know nothing else of the job.
 * Invariants: node ids count from 0 in the order of definition, and inputs come before the nodes
 * that take them.
 */
@NullMarked
package io.headrace.api.plan;

import org.jspecify.annotations.NullMarked;

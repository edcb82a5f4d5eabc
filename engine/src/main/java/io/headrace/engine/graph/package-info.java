/**
 * Which operators of a plan run together in a task, and how many tasks there are.
 *
 * <p>Main type: {@link io.headrace.engine.graph.Graph}, computed from a plan without side effects.
 * Immutable; any thread. Invariants: every node but unions belongs to exactly one vertex; keyed
 * operators and sources begin one; the nodes of a vertex have the same parallelism.
 */
@NullMarked
package io.headrace.engine.graph;

import org.jspecify.annotations.NullMarked;

/**
 * The meters of a run, in a registry of Micrometer: {@link io.headrace.micrometer.HeadraceMetrics}.
 *
 * <p>Threads: any thread binds, closes and reads meters; the job is not kept from its work by it.
 * Invariants: the names and the keys of their tags are those of the catalogue, whatever the job;
 * values of tags are names of jobs and operators and numbers of tasks, so that there are as many
 * meters as tasks, for as long as the run lasts and no longer.
 */
@NullMarked
package io.headrace.micrometer;

import org.jspecify.annotations.NullMarked;

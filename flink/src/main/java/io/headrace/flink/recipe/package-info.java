/**
 * How a job travels: as a class and settings ({@link io.headrace.flink.recipe.JobRecipe}), from
 * which each task makes the plan again.
 *
 * <p>The plan is the same wherever it is made, or the job fails. Everything here is immutable.
 */
@NullMarked
package io.headrace.flink.recipe;

import org.jspecify.annotations.NullMarked;

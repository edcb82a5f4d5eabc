/** How a job travels: as a class and settings, from which each task makes the plan again. */
@NullMarked
package io.headrace.flink.recipe;

import org.jspecify.annotations.NullMarked;

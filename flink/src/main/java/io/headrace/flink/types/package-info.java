/**
 * Types of the plan as Flink sees them: our codec as serializer, keys by what they are encoded as.
 */
@NullMarked
package io.headrace.flink.types;

import org.jspecify.annotations.NullMarked;

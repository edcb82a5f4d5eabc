/**
 * Types of the plan as Flink sees them: our codec as its serializer ({@link
 * io.headrace.flink.types.CodecSerializer}), keys by what they are encoded as.
 *
 * <p>Beside stored values stand the type in words and the schema. Stored words have no class
 * loaded: they are looked up among the types that the operators of the job declare.
 *
 * <p>Serializers belong to one thread at a time; all else is immutable.
 */
@NullMarked
package io.headrace.flink.types;

import org.jspecify.annotations.NullMarked;

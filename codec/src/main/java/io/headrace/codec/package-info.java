/**
 * Java types, their schemas and their bytes, in Avro's binary format.
 *
 * <p>{@link io.headrace.codec.Codecs} makes the {@link io.headrace.codec.Codec} of a type, or says
 * with the path to the field why there is none. Codecs are immutable and used by any number of
 * threads; an {@link io.headrace.codec.Encoder} and a {@link io.headrace.codec.Decoder} belong to
 * one thread at a time. Invariant: what a codec wrote it reads back equal, and bytes that it did
 * not write give a value or a {@link io.headrace.codec.MalformedDataException}, never more memory
 * than their length accounts for, and never a class that the declared type does not name.
 */
@NullMarked
package io.headrace.codec;

import org.jspecify.annotations.NullMarked;

package io.headrace.api;

import java.io.Serializable;

/**
 * A user function whose lambda form keeps its parameter and result types.
 *
 * <p>Being {@link Serializable} is only how the compiler is asked to keep them ({@link
 * java.lang.invoke.SerializedLambda}); functions are never serialized.
 */
public interface TypedFunction extends Serializable {}

/**
 * Sources and sinks that need nothing outside the JVM: {@link io.headrace.api.connector.Sources}
 * and {@link io.headrace.api.connector.Sinks}.
 *
 * <p>Each keeps to the contracts of {@link io.headrace.api.Source} and {@link
 * io.headrace.api.Sink}, threads included. Invariant: what a source delivers from a position on is
 * the same each time.
 */
@NullMarked
package io.headrace.api.connector;

import org.jspecify.annotations.NullMarked;

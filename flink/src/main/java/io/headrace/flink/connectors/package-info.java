/**
 * Sources and sinks on Flink: {@link io.headrace.flink.connectors.SourceAdapter} for all sources; a
 * {@link io.headrace.flink.connectors.SinkWriterOperator} in each task of a sink and one {@link
 * io.headrace.flink.connectors.SinkCommitterOperator}.
 *
 * <p>What is committed is in the state of a complete checkpoint before, and an outcome that is not
 * known fails the job. Readers, writers and committers belong to the threads of their tasks.
 */
@NullMarked
package io.headrace.flink.connectors;

import org.jspecify.annotations.NullMarked;

/** Sources and sinks on Flink: one adapter for all sources, one for all sinks. */
@NullMarked
package io.headrace.flink.connectors;

import org.jspecify.annotations.NullMarked;

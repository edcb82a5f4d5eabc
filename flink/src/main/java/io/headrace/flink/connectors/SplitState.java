package io.headrace.flink.connectors;

import org.apache.flink.api.connector.source.SourceSplit;

/**
 * A split and how far it was read.
 *
 * @param name of the split
 * @param position the encoded position
 */
public record SplitState(String name, byte[] position) implements SourceSplit {

  @Override
  public String splitId() {
    return name;
  }
}

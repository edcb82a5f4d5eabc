package io.headrace.flink.connectors;

import io.headrace.api.Clock;
import io.headrace.api.ConnectorContext;
import io.headrace.api.Services;
import io.headrace.api.SourceReader;
import io.headrace.api.Split;
import io.headrace.api.plan.Node;
import io.headrace.codec.Codec;
import io.headrace.codec.Decoder;
import io.headrace.codec.Encoder;

/** A source of ours where it is used. */
record OpenSource(
    String job,
    String lineage,
    Node.Source node,
    io.headrace.api.Source<Object, Object> source,
    Codec<Object> positions,
    Clock clock,
    Services.Open services) {

  SplitState state(Split<Object> split) {
    return state(split.name(), split.position());
  }

  SplitState state(String split, Object position) {
    Encoder out = new Encoder();
    positions.encode(position, out);
    return new SplitState(split, out.toBytes());
  }

  SourceReader<Object, Object> open(SplitState split, int task) throws Exception {
    Object position = positions.decode(new Decoder(split.position()));
    ConnectorContext context =
        new ConnectorContext(job, lineage, node.name(), task, 0, clock, services);
    return source.open(split.name(), position, context);
  }
}

package io.headrace.flink.connectors;

import io.headrace.api.Clock;
import io.headrace.api.ConnectorContext;
import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.Printable;
import io.headrace.api.Services;
import io.headrace.api.SourceReader;
import io.headrace.api.Split;
import io.headrace.api.WatermarkStrategy;
import io.headrace.api.plan.Node;
import io.headrace.codec.Codec;
import io.headrace.codec.Decoder;
import io.headrace.codec.Encoder;
import io.headrace.codec.Millis;
import java.time.Instant;
import java.util.Optional;

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

  @SuppressWarnings("unchecked") // The strategy is of the values of the source.
  Optional<WatermarkStrategy<Object>> eventTime() {
    return (Optional<WatermarkStrategy<Object>>) (Optional<?>) node.eventTime();
  }

  /**
   * When a value happened, in milliseconds, if there is event time.
   *
   * @throws HeadraceException when that cannot be told
   */
  long time(Object value) {
    Instant time;
    try {
      time = eventTime().orElseThrow().timestamps().timestamp(value);
    } catch (Exception thrown) {
      throw new HeadraceException(
              ErrorCode.USER_FUNCTION_FAILED,
              "The timestamp assigner of source \"%s\" threw %s. Mend it, or pass such values with skipFailures()."
                  .formatted(node.name(), Printable.of(thrown)),
              thrown)
          .ofOperator(node.name());
    }
    if (time == null) {
      throw new HeadraceException(
              ErrorCode.USER_FUNCTION_FAILED,
              "The timestamp assigner of source \"%s\" returned null, and every value needs a time. Leave out values that have none, or pass them with skipFailures()."
                  .formatted(node.name()))
          .ofOperator(node.name());
    }
    return Millis.before(time);
  }
}

package io.headrace.flink.connectors;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.Printable;
import io.headrace.api.WatermarkStrategy;
import io.headrace.api.plan.Node;
import io.headrace.codec.Millis;
import java.time.Instant;
import java.util.Optional;
import org.apache.flink.api.common.eventtime.TimestampAssigner;

/** The event time of what a source reads. The thread of the task. */
final class ReadTimes {

  private final String operator;
  private final Optional<WatermarkStrategy<Object>> strategy;

  @SuppressWarnings("unchecked") // The strategy is of the values of the source.
  ReadTimes(Node.Source node) {
    this.operator = node.name();
    this.strategy = node.eventTime().map(its -> (WatermarkStrategy<Object>) its);
  }

  /**
   * When a value happened, in milliseconds; what Flink takes for no time if values have none.
   *
   * @throws HeadraceException when nobody can tell, or there is no value
   */
  long of(Object value) {
    if (value == null) {
      throw failed("it emitted null, and streams carry no nulls");
    }
    return strategy
        .map(its -> Millis.before(timestamp(its, value)))
        .orElse(TimestampAssigner.NO_TIMESTAMP);
  }

  private Instant timestamp(WatermarkStrategy<Object> its, Object value) {
    Instant time;
    try {
      time = its.timestamps().timestamp(value);
    } catch (Exception thrown) {
      throw failed("its timestamp assigner threw " + Printable.of(thrown));
    }
    if (time == null) {
      throw failed("its timestamp assigner returned null, and every value needs a time");
    }
    return time;
  }

  private HeadraceException failed(String what) {
    return new HeadraceException(
            ErrorCode.USER_FUNCTION_FAILED,
            "Source \"%s\" failed on what it read: %s. Mend it, or pass such input with skipFailures()."
                .formatted(operator, what))
        .ofOperator(operator);
  }
}

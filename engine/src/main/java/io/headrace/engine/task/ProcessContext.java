package io.headrace.engine.task;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.OnTimerContext;
import io.headrace.api.SideOutput;
import io.headrace.api.TimeDomain;
import io.headrace.codec.Millis;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The context of the value or timer being processed: knows its place in the batch, since a
 * reference stored for each value would cost a write barrier. One thread.
 */
final class ProcessContext implements OnTimerContext<Object, Object> {

  private final CallSite site;
  private final Downstream downstream;
  private final Map<String, Stage> sides;
  private Object[] keys = {};
  private Object[] values = {};
  private int index;
  private TimeDomain domain = TimeDomain.EVENT_TIME;

  ProcessContext(CallSite site, KeyedStage.Outputs outputs) {
    this.site = site;
    this.downstream = new Downstream(this::emittedNull, outputs.main());
    this.sides = outputs.sides();
  }

  /** Where what is emitted goes. */
  Downstream downstream() {
    return downstream;
  }

  private RuntimeException emittedNull() {
    return index < values.length
        ? site.failed(UserFunctions.EMITTED_NULL, values[index])
        : site.timerFailed(UserFunctions.EMITTED_NULL);
  }

  /**
   * What follows is about some keys, the first of them at first.
   *
   * @param batchValues the values that have them; none where timers fire
   */
  void begin(Object[] batchKeys, Object[] batchValues) {
    keys = batchKeys;
    values = batchValues;
    index = 0;
  }

  /** What follows is about one of the keys. */
  void at(int place) {
    index = place;
  }

  /** What follows is about a timer. */
  void fires(TimeDomain itsDomain) {
    domain = itsDomain;
  }

  @Override
  public Object key() {
    return keys[index];
  }

  @Override
  public Optional<Instant> timestamp() {
    long timestamp = site.track().timestamp();
    return timestamp == Track.NO_TIMESTAMP ? Optional.empty() : Optional.of(Millis.time(timestamp));
  }

  @Override
  public TimeDomain timeDomain() {
    return domain;
  }

  @Override
  public void emit(Object value) {
    downstream.emit(value);
  }

  @Override
  public <S> void emit(SideOutput<S> output, S value) {
    Stage side = sides.get(output.name());
    if (side == null) {
      throw new HeadraceException(
              ErrorCode.SIDE_OUTPUT_UNCONNECTED,
              "Operator \""
                  + site.operator()
                  + "\" emitted to its side output \""
                  + output.name()
                  + "\", which nothing takes. Take it with stream.side(...), or do not emit to"
                  + " it.")
          .ofOperator(site.operator());
    }
    downstream.emit(side, value);
  }
}

package io.headrace.flink.operators;

import io.headrace.api.OnTimerContext;
import io.headrace.api.SideOutput;
import io.headrace.api.TimeDomain;
import io.headrace.codec.Millis;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The context of the value or timer being processed. The thread of the task. */
final class ProcessContext implements OnTimerContext<Object, Object> {

  private final Outputs outputs;
  private @Nullable Object key;
  private TimeDomain domain = TimeDomain.EVENT_TIME;

  ProcessContext(Outputs outputs) {
    this.outputs = outputs;
  }

  /** What follows is about a key, and about a timer of a domain if it is about one. */
  void at(Object itsKey, TimeDomain itsDomain) {
    key = itsKey;
    domain = itsDomain;
  }

  @Override
  public Object key() {
    return Objects.requireNonNull(key, "no value is being processed");
  }

  @Override
  public Optional<Instant> timestamp() {
    long timestamp = outputs.timestamp();
    return timestamp == Outputs.NO_TIMESTAMP
        ? Optional.empty()
        : Optional.of(Millis.time(timestamp));
  }

  @Override
  public TimeDomain timeDomain() {
    return domain;
  }

  @Override
  public void emit(Object value) {
    outputs.emit(value);
  }

  @Override
  public <S> void emit(SideOutput<S> output, S value) {
    outputs.emit(output, value);
  }
}

package io.headrace.engine.task;

import io.headrace.api.HeadraceException;
import io.headrace.codec.Codec;
import io.headrace.codec.Decoder;
import io.headrace.codec.Encoder;
import java.util.List;
import java.util.Optional;

/**
 * Passes each value on to several stages. Values that may be changed are copied for all but the
 * first. One thread.
 */
final class FanOut implements Stage {

  private final CallSite site;
  private final Stage[] stages;
  private final Optional<Codec<Object>> copier;
  private final Encoder buffer = new Encoder();

  private FanOut(CallSite site, List<Stage> stages, Optional<Codec<Object>> copier) {
    this.site = site;
    this.stages = stages.toArray(Stage[]::new);
    this.copier = copier;
  }

  /**
   * One stage that passes on to all of these.
   *
   * @param site the operator that emits the values, for errors
   */
  static Stage to(CallSite site, List<Stage> stages, Codec<Object> codec) {
    return new FanOut(site, stages, codec.isImmutable() ? Optional.empty() : Optional.of(codec));
  }

  /** Throws what {@link #accept} would, before anybody has got the value. */
  void check(Object value) {
    if (copier.isPresent()) {
      encode(copier.get(), value);
    }
  }

  @Override
  public void accept(Object value) {
    for (int i = stages.length - 1; i > 0; i--) {
      stages[i].accept(copier.isEmpty() ? value : copy(copier.get(), value));
    }
    stages[0].accept(value);
  }

  private Object copy(Codec<Object> codec, Object value) {
    encode(codec, value);
    return codec.decode(new Decoder(buffer.buffer(), 0, buffer.size()));
  }

  private void encode(Codec<Object> codec, Object value) {
    buffer.clear();
    try {
      codec.encode(value, buffer);
    } catch (HeadraceException unencodable) {
      throw site.notCopied(value, unencodable);
    }
  }
}

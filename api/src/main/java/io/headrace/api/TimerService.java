package io.headrace.api;

import java.time.Instant;
import java.util.Optional;

/**
 * The timers of the current key, and what time it is. Declared as state is, with {@link
 * States#timers}, and kept as state is: timers are part of checkpoints and go with their key.
 *
 * <p>A key has at most one timer for a time and {@link TimeDomain}: to register one that is there
 * changes nothing. When its time has come {@link KeyedProcess#onTimer} is called once, in the order
 * of the times. Times are kept in milliseconds; one between two is rounded up, so that no timer
 * fires too early. {@link Instant#MAX} is later than any watermark but that of the end of input.
 *
 * <p>An event-time timer whose time has come already fires right after the values at hand. At the
 * end of input all timers fire, those of event time first: what is registered for a processing time
 * after that is left out, so that a process that registers the next one in each call comes to an
 * end.
 *
 * <p>Each method throws a {@link HeadraceException} with {@link ErrorCode#STATE_OUT_OF_SCOPE} where
 * no value and no timer of a key is being processed.
 */
public interface TimerService {

  /** The time of day. It may go back. */
  Instant currentProcessingTime();

  /**
   * The time that the stream has reached: no value is expected that is not later. Empty before the
   * first watermark; {@link Instant#MAX} once the input has ended.
   */
  Optional<Instant> currentWatermark();

  /** Has {@link KeyedProcess#onTimer} called for this key when the watermark reaches a time. */
  void registerEventTimeTimer(Instant time);

  /** Has {@link KeyedProcess#onTimer} called for this key when a time of day is reached. */
  void registerProcessingTimeTimer(Instant time);

  /** Takes an event-time timer of this key back, if there is one for the time. */
  void deleteEventTimeTimer(Instant time);

  /** Takes a processing-time timer of this key back, if there is one for the time. */
  void deleteProcessingTimeTimer(Instant time);
}

package io.headrace.engine.task;

import io.headrace.api.SourceReader;
import io.headrace.state.Times;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the values that a task is working on come from, and when they happened; and how far the
 * task's event time is. One thread.
 */
final class Track {

  /** No time: less than any. */
  static final long NO_TIMESTAMP = Long.MIN_VALUE;

  private final boolean isTimed;
  private Provenance now = Provenance.UNKNOWN;
  private @Nullable SourceReader<?, ?> reading;
  private int stream;
  private long timestamp = NO_TIMESTAMP;
  private long watermark = Times.NO_WATERMARK;
  private long watermarkBeforeEnd = Times.NO_WATERMARK;

  /**
   * @param isTimed whether values may have an event time
   */
  Track(boolean isTimed) {
    this.isTimed = isTimed;
  }

  /** Whether values may have an event time; if not, nobody asks for it. */
  boolean isTimed() {
    return isTimed;
  }

  /** Which stream of the task's operator the values are of, counted from 0. */
  int stream() {
    return stream;
  }

  /** Says of which stream the values are that are taken from now on. */
  void stream(int number) {
    stream = number;
  }

  /** The event time of the value that is being taken, and of what it gives rise to. */
  long timestamp() {
    return timestamp;
  }

  /** Says when the value happened that is taken from now on. */
  void happened(long millis) {
    timestamp = millis;
  }

  /** The watermark of the task. */
  long watermark() {
    return watermark;
  }

  /** Says how far the event time of the task is. It never goes back. */
  void watermark(long millis) {
    watermark = millis;
    if (millis != Times.END) {
      watermarkBeforeEnd = millis;
    }
  }

  /** The last watermark of the task that was not only due to the end of its input. */
  long watermarkBeforeEnd() {
    return watermarkBeforeEnd;
  }

  /** Where they come from, as is known of a whole batch of them. */
  Provenance now() {
    return now;
  }

  /** Says where the values that are taken from now on come from. */
  void now(Provenance values) {
    now = values;
  }

  /** Says that the values from now on are being read. */
  void reading(Provenance.Origin from, SourceReader<?, ?> reader) {
    now = Provenance.of(from);
    reading = reader;
  }

  /** Where the value that is being taken comes from, in words; empty where that is not known. */
  Optional<String> inWords() {
    if (reading != null && now.first().isPresent()) {
      return Optional.of(now.first().get().near(reading));
    }
    return now.inWords();
  }
}

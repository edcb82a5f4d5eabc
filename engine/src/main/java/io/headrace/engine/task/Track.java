package io.headrace.engine.task;

import io.headrace.api.SourceReader;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the values that a task is working on come from. One thread. */
final class Track {

  private Provenance now = Provenance.UNKNOWN;
  private @Nullable SourceReader<?, ?> reading;

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

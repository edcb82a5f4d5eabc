package io.headrace.engine.task;

import io.headrace.api.SourceReader;
import java.util.Optional;

/**
 * Where some values come from: what was read between two places of splits.
 *
 * @param first where reading stood before the first of them; empty where that is not known
 * @param last where it stood before the last of them
 */
record Provenance(Optional<Origin> first, Optional<Origin> last) {

  static final Provenance UNKNOWN = new Provenance(Optional.empty(), Optional.empty());

  /**
   * A place in a split.
   *
   * @param position a position of the source
   */
  record Origin(String source, String split, Object position) {
    @Override
    public String toString() {
      return "split \"" + split + "\" of source \"" + source + "\" at " + position;
    }

    /** The place where a reader of the split stands now, as far as it can tell, in words. */
    String near(SourceReader<?, ?> reader) {
      Object stand;
      try {
        stand = reader.position();
      } catch (RuntimeException unknown) { // It has not been asked between two polls.
        stand = position;
      }
      return "split \"" + split + "\" of source \"" + source + "\" near " + stand;
    }
  }

  static Provenance of(Origin origin) {
    Optional<Origin> known = Optional.of(origin);
    return new Provenance(known, known);
  }

  /** What was read from here to the end of something that was read later. */
  Provenance through(Provenance later) {
    return new Provenance(first.or(() -> later.first), later.last);
  }

  /** In words; empty where nothing is known. */
  Optional<String> inWords() {
    if (first.equals(last)) {
      return first.map(origin -> origin + " or soon after");
    }
    return first.map(
        from -> "between " + from + " and " + last.map(Origin::toString).orElse("somewhere"));
  }
}

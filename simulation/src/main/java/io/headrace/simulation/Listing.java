package io.headrace.simulation;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which splits of a simulated source there are when it is asked. One thread. */
interface Listing {

  /** All of them, from the beginning. */
  Listing ALL =
      new Listing() {
        @Override
        public Optional<Duration> interval() {
          return Optional.empty();
        }

        @Override
        public int count(int source, int all) {
          return all;
        }
      };

  /** How often to ask again, if at all. */
  Optional<Duration> interval();

  /**
   * How many there are: the first so many.
   *
   * @param source the number of the source
   * @param all how many there will be
   */
  int count(int source, int all);

  /** None at first, and one more each time that a source is asked, by whatever attempt. */
  static Listing growing(Duration interval) {
    Map<Integer, Integer> asked = new HashMap<>();
    return new Listing() {
      @Override
      public Optional<Duration> interval() {
        return Optional.of(interval);
      }

      @Override
      public int count(int source, int all) {
        return Math.min(asked.merge(source, 1, Integer::sum) - 1, all);
      }
    };
  }
}

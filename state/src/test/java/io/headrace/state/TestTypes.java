package io.headrace.state;

import io.headrace.api.Aggregation;
import io.headrace.api.TypeToken;
import io.headrace.codec.Codecs;
import io.headrace.codec.KeyCodec;
import java.util.List;

/** The few types that tests of state use, each kept in another way. */
final class TestTypes {

  /** A value of two words. */
  record Point(long x, double y) {}

  /** Adds numbers up and gives their sum as a text. */
  static final Aggregation<Long, Point, String> SUM =
      new Aggregation<>() {
        @Override
        public Point initial() {
          return new Point(0, 0);
        }

        @Override
        public Point add(Point accumulator, Long value) {
          return new Point(accumulator.x + value, accumulator.y + 1);
        }

        @Override
        public String result(Point accumulator) {
          return accumulator.x + " of " + accumulator.y;
        }
      };

  /** Values that a user may change: kept as bytes. */
  static final TypeToken<List<Long>> LIST = new TypeToken<>() {};

  private TestTypes() {}

  /** Keys whose hashes tell them apart. */
  static KeyCodec<Long> longs() {
    return Codecs.keyOf(Long.class);
  }

  /** Keys that are kept as bytes. */
  static KeyCodec<String> strings() {
    return Codecs.keyOf(String.class);
  }
}

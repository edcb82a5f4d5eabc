package io.headrace.state;

import io.headrace.api.TypeToken;
import io.headrace.codec.Codecs;
import io.headrace.codec.KeyCodec;
import java.util.List;

/** The few types that tests of state use, each kept in another way. */
final class TestTypes {

  /** A value of two words. */
  record Point(long x, double y) {}

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

package io.headrace.engine;

import io.headrace.api.Source;
import io.headrace.api.Split;
import io.headrace.api.TypeToken;
import java.util.List;

/** An endless source of numbers with one split; a test says how it is read. */
interface Numbers extends Source<Long, Long> {

  @Override
  default TypeToken<Long> type() {
    return TypeToken.of(Long.class);
  }

  @Override
  default TypeToken<Long> positionType() {
    return TypeToken.of(Long.class);
  }

  @Override
  default boolean isBounded() {
    return false;
  }

  @Override
  default List<Split<Long>> splits() {
    return List.of(new Split<>("0", 0L));
  }
}

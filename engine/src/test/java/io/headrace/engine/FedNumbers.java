package io.headrace.engine;

import io.headrace.api.ConnectorContext;
import io.headrace.api.SourceOutput;
import io.headrace.api.SourceReader;

/**
 * Numbers up to a limit, after which nothing comes but the source does not end.
 *
 * @param limit behind the last number
 */
record FedNumbers(long limit) implements Numbers {

  @Override
  public SourceReader<Long, Long> open(String split, Long position, ConnectorContext context) {
    return new SourceReader<>() {
      private long next = position;

      @Override
      public Poll poll(SourceOutput<Long> out) {
        if (next == limit) {
          return Poll.LATER;
        }
        out.emit(next++);
        return Poll.MORE;
      }

      @Override
      public Long position() {
        return next;
      }

      @Override
      public void close() {
        // Nothing is held open.
      }
    };
  }
}

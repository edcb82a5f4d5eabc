package io.headrace.benchmarks;

import io.headrace.api.Context;
import io.headrace.api.Job;
import io.headrace.api.KeyedProcess;
import io.headrace.api.MapState;
import io.headrace.api.Settings;
import io.headrace.api.States;
import io.headrace.api.ValueState;
import io.headrace.api.connector.Sinks;
import io.headrace.api.connector.Sources;
import io.headrace.engine.Headrace;

/**
 * Headrace in a JVM that ran another job first, of other types, states and stages: what the
 * compiler learned from that one must not slow this one down.
 */
final class AfterAnotherContestant implements Contestant {

  private static final long EVENTS = 20_000_000;

  private final Contestant next;

  /** A contestant that goes on as another one. */
  AfterAnotherContestant(Contestant next) {
    this.next = next;
  }

  @Override
  public Result run(Workload workload) throws Exception {
    Headrace.run(words(), Settings.ephemeral().parallelism(workload.parallelism()));
    return next.run(workload);
  }

  private record Word(String text, int length) {}

  private static Job words() {
    return pipeline ->
        pipeline
            .source(
                "words",
                Sources.generate(Word.class, EVENTS, index -> word(Workload.mix(index))).splits(2))
            .filter(word -> word.length() > 2)
            .keyBy(Word::text)
            .process("count", Count::new)
            .keyBy(count -> count % 1_000)
            .aggregate("lengths", String.class, "", (last, count) -> last.length() + ":" + count)
            .filter(change -> change.value().isEmpty())
            .sink("out", Sinks.print());
  }

  private static Word word(long random) {
    String text = "word-" + (random >>> 48);
    return new Word(text, text.length());
  }

  /** Counts words by length, in maps and texts. */
  private static final class Count implements KeyedProcess<String, Word, Long> {

    private final ValueState<String> last;
    private final MapState<Integer, Long> counts;

    Count(States states) {
      last = states.value("last", String.class, "");
      counts = states.map("counts", Integer.class, Long.class);
    }

    @Override
    public void process(Word word, Context<String, Long> at) {
      last.set(word.text());
      long count = counts.getOrDefault(word.length(), 0L) + 1;
      counts.put(word.length(), count);
      if (count % 7 == 0) {
        at.emit(count);
      }
    }
  }
}

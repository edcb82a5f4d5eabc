package io.headrace.simulation;

import io.headrace.api.Clock;
import io.headrace.api.ConnectorContext;
import io.headrace.api.Job;
import io.headrace.api.Pipeline;
import io.headrace.api.Sink;
import io.headrace.api.plan.Plan;
import io.headrace.files.JsonLines;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * A random job for any runner, which fails once in the middle, and a check of what it wrote. What
 * it writes follows from the seed: all values of a key take one way.
 *
 * @param seed what plan and data follow from
 * @param folder where it writes, a folder for each sink
 * @param rescales how often it was given other parallelisms, of which what it writes is independent
 */
public record RandomJob(long seed, String folder, int rescales) implements Job {

  /** The job before it is given any. */
  public RandomJob(long seed, String folder) {
    this(seed, folder, 0);
  }

  /** The same job with other parallelisms. */
  public RandomJob rescaled() {
    return new RandomJob(seed, folder, rescales + 1);
  }

  @Override
  public String name() {
    return "random-" + seed;
  }

  @Override
  public void define(Pipeline pipeline) {
    Path out = Path.of(folder);
    SplittableRandom random = new SplittableRandom(seed);
    Workload workload = Workload.random(random, sink -> sink(sink, out.resolve(sink)));
    for (int i = 0; i < rescales; i++) {
      workload = workload.rescaled(random);
    }
    workload.failingOnce(out.resolve("has-failed")).define(pipeline);
  }

  /** One of both kinds; that which every job has is transactional. */
  private Sink<Line, ?> sink(String sink, Path itsFolder) {
    boolean isTransactional =
        sink.equals(Workload.COUNTS) || new SplittableRandom(seed + sink.hashCode()).nextBoolean();
    return isTransactional ? JsonLines.write(itsFolder, Line.class) : new PutSink(itsFolder);
  }

  /** Checks that exactly that was committed, for each key in order, what an oracle writes. */
  public void check() throws Exception {
    ConnectorContext context = new ConnectorContext(name(), "here", "oracle", 0, 1, Clock.system());
    Oracle.Result all = Oracle.ofAll(Plan.of(this), context);
    Committed committed = Committed.in(Path.of(folder));
    committed.compare(all, true);
    committed.checkNoOther(all.written().keySet());
  }
}

package io.headrace.simulation;

import io.headrace.api.DeadLetter;
import io.headrace.api.Job;
import io.headrace.api.Pipeline;
import io.headrace.api.Sink;
import io.headrace.api.Source;
import io.headrace.api.Stream;
import io.headrace.api.WatermarkStrategy;
import io.headrace.api.connector.Sources;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * A random job: one or two sources, a keyed process, often an exchange to a second one, and two or
 * three sinks, each operator with a parallelism of its own.
 *
 * @param extras what there is beside the first process
 * @param parallelism of the operators in their order
 * @param perSecond how many events each split delivers a second, at most; 0 for no limit
 * @param sink a sink by its name
 * @param listing which splits of its sources there are
 * @param failing whether a reader fails in the middle, and the file that says it has
 */
record Workload(
    int sources,
    int splits,
    int eventsPerSplit,
    int keysPerSplit,
    int perPoll,
    boolean hasSide,
    boolean hasFilter,
    Extras extras,
    List<Integer> parallelism,
    double perSecond,
    Function<String, Sink<Line, ?>> sink,
    Listing listing,
    Optional<Path> failing)
    implements Job {

  /**
   * What a job may have beside its first process.
   *
   * @param timers a process with timers
   * @param pairs a process of two streams, behind the first
   * @param rules a process of a broadcast stream
   * @param letters a sink for what the first process puts aside
   */
  record Extras(boolean timers, boolean pairs, boolean rules, boolean letters) {
    static final Extras NONE = new Extras(false, false, false, false);

    Extras withLetters() {
      return new Extras(timers, pairs, rules, true);
    }
  }

  /** The operator that takes each event by its key and broadcast. */
  static final String RULED = "ruled-per-key";

  /** The sink that every job has. */
  static final String COUNTS = "counts";

  private static final int MOST_PARALLEL = 4;
  private static final int GROUPS = 5;
  private static final double NO_LIMIT = 0;

  static Workload random(SplittableRandom random, Function<String, Sink<Line, ?>> sink) {
    Listing listing =
        random.nextInt(3) == 0
            ? Listing.growing(Duration.ofMillis(1 + random.nextInt(4)))
            : Listing.ALL;
    return new Workload(
            1 + random.nextInt(2),
            1 + random.nextInt(listing == Listing.ALL ? 3 : 6),
            5 + random.nextInt(45),
            1 + random.nextInt(12),
            1 + random.nextInt(8),
            random.nextBoolean(),
            random.nextBoolean(),
            Extras.NONE,
            parallelism(random),
            NO_LIMIT,
            sink,
            listing,
            Optional.empty())
        .withMore(random);
  }

  /** Perhaps with timers; where splits are found late, so would be their events. */
  private Workload withMore(SplittableRandom random) {
    boolean isTimed = listing == Listing.ALL && random.nextInt(3) == 0;
    Extras more = new Extras(isTimed, random.nextInt(6) == 0, random.nextInt(6) == 0, false);
    return with(parallelism, listing, more, failing);
  }

  private static List<Integer> parallelism(SplittableRandom random) {
    return random.ints(6, 1, MOST_PARALLEL + 1).boxed().toList();
  }

  /** The same job with other parallelisms, as after a rescale. */
  Workload rescaled(SplittableRandom random) {
    return with(parallelism(random), listing, extras, failing);
  }

  /** The same job, all splits of whose sources are there from the beginning. */
  Workload withAllSplits() {
    return with(parallelism, Listing.ALL, extras, failing);
  }

  /**
   * The same job without operator state, one of whose readers fails in the middle, once; and with a
   * sink for what the first process puts aside, if there is anything.
   */
  Workload failingOnce(Path hasFailed) {
    Extras more = hasFilter ? extras : extras.withLetters();
    return with(parallelism, Listing.ALL, more, Optional.of(hasFailed));
  }

  private Workload with(
      List<Integer> parallelism, Listing listing, Extras extras, Optional<Path> failing) {
    return new Workload(
        sources,
        splits,
        eventsPerSplit,
        keysPerSplit,
        perPoll,
        hasSide,
        hasFilter,
        extras,
        parallelism,
        perSecond,
        sink,
        listing,
        failing);
  }

  @Override
  public String name() {
    return "simulated";
  }

  @Override
  public void define(Pipeline pipeline) {
    Stream<Event> events = source(pipeline, 0);
    for (int other = 1; other < sources; other++) {
      events = events.union(source(pipeline, other));
    }
    if (hasFilter) {
      events = events.filter(event -> !event.isPoison());
    }
    Stream<Line> counts =
        events
            .keyBy(Event::key)
            .process("count-per-key", states -> new CountPerKey(states, hasSide))
            .parallelism(parallelism.get(2));
    if (extras.letters()) {
      counts
          .deadLetters()
          .map((DeadLetter letter) -> new Line(letter.text(), 0, letter.stage().name()))
          .sink("letters", sink.apply("letters"));
    } else if (!hasFilter) {
      counts = counts.skipFailures();
    }
    counts
        .sink(COUNTS, sink.apply(COUNTS))
        .parallelism(Math.min(parallelism.get(2), parallelism.get(4)));
    if (hasSide) {
      counts
          .side(CountPerKey.EVERY_FIFTH)
          .map(line -> new Line(line.key(), line.count(), "fifth"))
          .sink("fifths", sink.apply("fifths"));
    }
    counts
        .keyBy(line -> Math.floorMod(line.key().hashCode(), GROUPS))
        .process("count-per-group", CountPerGroup::new)
        .parallelism(parallelism.get(3))
        .sink("groups", sink.apply("groups"));
    if (extras.timers()) {
      time(events);
    }
    if (extras.pairs()) {
      pair(events, counts);
    }
    if (extras.rules()) {
      rule(events);
    }
  }

  private void rule(Stream<Event> events) {
    Stream<Line> ruled =
        events
            .keyBy(Event::key)
            .connect(events.broadcast())
            .process(RULED, Ruled::new)
            .parallelism(parallelism.get(3));
    if (!hasFilter) {
      ruled.skipFailures();
    }
    ruled.sink("ruled", sink.apply("ruled"));
  }

  private void pair(Stream<Event> events, Stream<Line> counts) {
    Stream<Line> pairs =
        events
            .keyBy(Event::key)
            .connect(counts.keyBy(Line::key))
            .process("pairs-per-key", Pairs::new)
            .parallelism(parallelism.get(4));
    if (!hasFilter) {
      pairs.skipFailures();
    }
    pairs.sink("pairs", sink.apply("pairs"));
  }

  private void time(Stream<Event> events) {
    Stream<Line> timed =
        events
            .keyBy(Event::key)
            .process("timed-per-key", Timed::new)
            .parallelism(parallelism.get(5));
    if (!hasFilter) {
      timed.skipFailures();
    }
    timed.sink("timed", sink.apply("timed"));
  }

  private Stream<Event> source(Pipeline pipeline, int number) {
    EventSource events =
        new EventSource(number, splits, eventsPerSplit, keysPerSplit, perPoll, listing);
    Source<Event, Long> source =
        failing.isPresent() ? new FailingOnce(events, eventsPerSplit / 2, failing.get()) : events;
    Source<Event, Long> paced = perSecond > 0 ? Sources.paced(source, perSecond) : source;
    String name = "events-" + number;
    Stream<Event> stream =
        extras.timers()
            ? pipeline.source(
                name,
                paced,
                WatermarkStrategy.forBoundedOutOfOrderness(Event.OUT_OF_ORDER, Event::time))
            : pipeline.source(name, paced);
    return stream.parallelism(parallelism.get(number));
  }
}

package io.headrace.flink;

import io.headrace.api.BroadcastContext;
import io.headrace.api.BroadcastState;
import io.headrace.api.BroadcastStates;
import io.headrace.api.Context;
import io.headrace.api.DeadLetter;
import io.headrace.api.Job;
import io.headrace.api.KeyedBroadcastProcess;
import io.headrace.api.KeyedCoProcess;
import io.headrace.api.KeyedProcess;
import io.headrace.api.ListState;
import io.headrace.api.MapState;
import io.headrace.api.OnTimerContext;
import io.headrace.api.Pipeline;
import io.headrace.api.Service;
import io.headrace.api.Services;
import io.headrace.api.SideOutput;
import io.headrace.api.States;
import io.headrace.api.Stream;
import io.headrace.api.TimerService;
import io.headrace.api.ValueState;
import io.headrace.api.WatermarkStrategy;
import io.headrace.api.WritableBroadcastState;
import io.headrace.api.connector.Sources;
import io.headrace.files.TextFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Small jobs that write lines of text, each about one thing that both runners must do alike. */
public final class Cases {

  private Cases() {}

  /** A value that a function, a key selector or a process fails on leaves nothing but a letter. */
  public record DeadLetters(String out) implements Job {

    @Override
    public void define(Pipeline pipeline) {
      Stream<Long> tenfold =
          pipeline
              .source("numbers", Sources.generate(Long.class, 30, index -> index))
              .parallelism(1)
              .map(
                  (Long number) -> {
                    if (number == 3) {
                      throw new IllegalStateException("no threes");
                    }
                    return number * 10;
                  });
      Stream<String> sums =
          tenfold
              .keyBy(
                  number -> {
                    if (number == 40) {
                      throw new IllegalStateException("no key for forty");
                    }
                    return number % 3;
                  })
              .process("sums", Sums::new);
      sums.sink("sums-out", TextFiles.write(Path.of(out, "sums")));
      sums.side(Sums.LARGE).sink("large-out", TextFiles.write(Path.of(out, "large")));
      letters(tenfold.deadLetters().union(sums.deadLetters()))
          .sink("letters-out", TextFiles.write(Path.of(out, "letters")));
    }

    private static Stream<String> letters(Stream<DeadLetter> letters) {
      return letters.map(
          (DeadLetter letter) ->
              letter.stage() + " " + letter.text() + " " + letter.error() + " " + letter.schema());
    }
  }

  /** Adds numbers, and fails on some after it has changed all of its state. */
  static final class Sums implements KeyedProcess<Long, Long, String> {

    static final SideOutput<String> LARGE = SideOutput.of("large", String.class);

    private final ValueState<Long> sum;
    private final ListState<Long> all;
    private final MapState<String, Long> byEnd;

    Sums(States states) {
      sum = states.value("sum", Long.class, 0L);
      all = states.list("all", Long.class);
      byEnd = states.map("by-end", String.class, Long.class);
    }

    @Override
    public void process(Long number, Context<Long, String> at) {
      String end = Long.toString(number % 40);
      long next = sum.update(before -> before + number);
      all.add(number);
      byEnd.put(end, byEnd.getOrDefault(end, 0L) + 1);
      if (byEnd.size() > 2) {
        byEnd.remove(Long.toString((number - 30) % 40));
      }
      StringBuilder ends = new StringBuilder();
      byEnd.forEach((key, count) -> ends.append(key).append('=').append(count).append(' '));
      at.emit(at.key() + " " + next + " " + all.toList() + " " + ends);
      if (next > 500) {
        at.emit(LARGE, at.key() + " " + next);
      }
      if (number % 70 == 0) {
        throw new IllegalStateException("no seventies");
      }
    }
  }

  /** At the end of input timers fire whatever their time, those of event time first. */
  public record TimersAtTheEnd(String out) implements Job {

    @Override
    public void define(Pipeline pipeline) {
      pipeline
          .source(
              "numbers",
              Sources.generate(Long.class, 40, index -> index),
              WatermarkStrategy.forBoundedOutOfOrderness(
                  Duration.ofMillis(3), number -> Instant.ofEpochMilli(number * 10)))
          .parallelism(1)
          .keyBy(number -> number % 4)
          .process("alarms", Alarms::new)
          .sink("out", TextFiles.write(Path.of(out, "alarms")));
    }
  }

  /** Of some values of a source it cannot be told when they happened. */
  public record Timeless(String out) implements Job {

    @Override
    public void define(Pipeline pipeline) {
      pipeline
          .source(
              "numbers",
              Sources.generate(Long.class, 10, index -> index),
              WatermarkStrategy.forMonotonousTimestamps(Timeless::time))
          .parallelism(1)
          .skipFailures()
          .keyBy(number -> number)
          .process("alarms", Alarms::new)
          .sink("out", TextFiles.write(Path.of(out, "timeless")));
    }

    private static Instant time(long number) {
      if (number == 7) {
        throw new IllegalStateException("no time for seven");
      }
      return Instant.ofEpochMilli(number);
    }
  }

  /** Registers timers of both kinds, and takes some of them back. */
  static final class Alarms implements KeyedProcess<Long, Long, String> {

    private static final Instant LATER = Instant.parse("2990-01-01T00:00:00Z");

    private final TimerService timers;
    private final ValueState<Integer> fired;

    Alarms(States states) {
      timers = states.timers();
      fired = states.value("fired", Integer.class, 0);
    }

    @Override
    public void process(Long number, Context<Long, String> at) {
      if (number < 4) {
        timers.registerEventTimeTimer(Instant.MAX);
        timers.registerProcessingTimeTimer(LATER);
        timers.registerProcessingTimeTimer(LATER.plusNanos(1));
      }
      timers.registerEventTimeTimer(Instant.EPOCH.plus(Duration.ofDays(1 + number)));
      timers.registerEventTimeTimer(Instant.EPOCH.plus(Duration.ofDays(1 + number)));
      timers.registerProcessingTimeTimer(LATER.plus(Duration.ofDays(number)));
      if (number % 3 == 0) {
        timers.deleteEventTimeTimer(Instant.EPOCH.plus(Duration.ofDays(1 + number)));
        timers.deleteProcessingTimeTimer(LATER.plus(Duration.ofDays(number)));
      }
      at.emit("value " + number + " at " + at.timestamp());
    }

    @Override
    public void onTimer(Instant time, OnTimerContext<Long, String> at) {
      int count = fired.update(before -> before + 1);
      at.emit(
          at.key()
              + " "
              + count
              + " "
              + at.timeDomain()
              + " "
              + time
              + " at "
              + at.timestamp()
              + " by "
              + timers.currentWatermark());
      if (time.equals(LATER)) {
        timers.registerProcessingTimeTimer(LATER.plus(Duration.ofDays(1_000)));
      }
    }
  }

  /** Values of two streams with the same key meet the same state. */
  public record TwoStreams(String out) implements Job {

    @Override
    public void define(Pipeline pipeline) {
      Stream<Long> numbers =
          pipeline.source("numbers", Sources.generate(Long.class, 20, index -> index));
      Stream<String> names =
          pipeline.source("names", Sources.of(String.class, List.of("0", "1", "2", "3", "4")));
      numbers
          .keyBy(number -> number % 5)
          .connect(names.keyBy(name -> Long.parseLong(name)))
          .process("meet", Meeting::new)
          .sink("out", TextFiles.write(Path.of(out, "meetings")));
    }
  }

  /** Sums up what has come of both streams, whatever the order. */
  static final class Meeting implements KeyedCoProcess<Long, Long, String, String> {

    private final ValueState<Long> sum;
    private final ValueState<Integer> count;

    Meeting(States states) {
      sum = states.value("sum", Long.class, 0L);
      count = states.value("count", Integer.class, 0);
    }

    @Override
    public void process1(Long number, Context<Long, String> at) {
      add(number, at);
    }

    @Override
    public void process2(String name, Context<Long, String> at) {
      add(1_000, at);
    }

    private void add(long more, Context<Long, String> at) {
      long total = sum.update(before -> before + more);
      if (count.update(before -> before + 1) == 5) {
        at.emit(at.key() + " " + total);
      }
    }
  }

  /** A sink rejects some values, and cannot go on with another. */
  public record Rejecting(String out, boolean breaks) implements Job {

    @Override
    public void define(Pipeline pipeline) {
      Stream<Long> numbers =
          pipeline
              .source("numbers", Sources.generate(Long.class, 10, index -> index))
              .parallelism(1);
      numbers
          .sink("picky", new PickySink(breaks))
          .deadLetters()
          .map((DeadLetter letter) -> letter.stage() + " " + letter.text())
          .sink("letters", TextFiles.write(Path.of(out, "letters")));
    }
  }

  /** Two timers are due when they are registered, and the first fails: the second fires. */
  public record DueTimers(String out) implements Job {

    @Override
    public void define(Pipeline pipeline) {
      pipeline
          .source(
              "numbers",
              Sources.generate(Long.class, 2, index -> index),
              WatermarkStrategy.forMonotonousTimestamps(Instant::ofEpochMilli))
          .parallelism(1)
          .keyBy(number -> number)
          .process("late", LateTimers::new)
          .skipFailures()
          .sink("out", TextFiles.write(Path.of(out, "late")));
    }
  }

  /** At the end of input registers timers for times that have passed. */
  static final class LateTimers implements KeyedProcess<Long, Long, String> {

    private final TimerService timers;

    LateTimers(States states) {
      timers = states.timers();
    }

    @Override
    public void process(Long number, Context<Long, String> at) {
      timers.registerEventTimeTimer(Instant.MAX);
    }

    @Override
    public void onTimer(Instant time, OnTimerContext<Long, String> at) {
      if (time.equals(Instant.MAX)) {
        timers.registerEventTimeTimer(Instant.ofEpochMilli(1));
        timers.registerEventTimeTimer(Instant.ofEpochMilli(2));
      } else if (time.equals(Instant.ofEpochMilli(1))) {
        throw new IllegalStateException("the first one fails");
      }
      at.emit(at.key() + " " + time);
    }
  }

  /** Every task sees the same rules; what it makes of them is told at the end. */
  public record Rules(String out) implements Job {

    @Override
    public void define(Pipeline pipeline) {
      Stream<Long> rules =
          pipeline.source("rules", Sources.generate(Long.class, 30, index -> index));
      pipeline
          .source("numbers", Sources.generate(Long.class, 12, index -> index))
          .keyBy(number -> number)
          .connect(rules.broadcast())
          .process("ruled", Ruled::new)
          .skipFailures()
          .sink("out", TextFiles.write(Path.of(out, "ruled")));
    }
  }

  /** Puts, removes, and fails after it has written. */
  static final class Ruled implements KeyedBroadcastProcess<Long, Long, Long, String> {

    private final BroadcastState<Long, Long> last;
    private final TimerService timers;

    Ruled(BroadcastStates states) {
      last = states.broadcast("last", Long.class, Long.class);
      timers = states.timers();
    }

    @Override
    public void process(Long number, Context<Long, String> at) {
      timers.registerEventTimeTimer(Instant.MAX);
    }

    @Override
    public void processBroadcast(Long rule, BroadcastContext at) {
      WritableBroadcastState<Long, Long> writable = at.writable(last);
      writable.put(rule % 8, rule);
      if (rule % 5 == 0) {
        writable.remove((rule + 3) % 8);
      }
      if (rule == 7 || rule == 20) {
        writable.clear();
        throw new IllegalStateException("not this one");
      }
    }

    @Override
    public void onTimer(Instant time, OnTimerContext<Long, String> at) {
      StringBuilder rules = new StringBuilder();
      last.forEach((key, value) -> rules.append(key).append('=').append(value).append(' '));
      at.emit(at.key() + ": " + last.size() + " " + rules);
    }
  }

  /** Uses state that belongs to keys while a value that is broadcast is processed. */
  public record KeyedInBroadcast(String out) implements Job {

    @Override
    public void define(Pipeline pipeline) {
      Stream<Long> numbers =
          pipeline.source("numbers", Sources.generate(Long.class, 12, index -> index));
      numbers
          .keyBy(number -> number)
          .connect(numbers.broadcast())
          .process("counts", Misplaced::new)
          .skipFailures()
          .sink("out", TextFiles.write(Path.of(out, "counts")));
    }
  }

  /** Counts where there is no key. */
  static final class Misplaced implements KeyedBroadcastProcess<Long, Long, Long, String> {

    private final ValueState<Long> count;

    Misplaced(BroadcastStates states) {
      count = states.value("count", Long.class, 0L);
    }

    @Override
    public void process(Long number, Context<Long, String> at) {
      at.emit(number + " " + count.update(before -> before + 1));
    }

    @Override
    public void processBroadcast(Long number, BroadcastContext at) {
      count.update(before -> before + 1);
    }
  }

  /** A process that looks names up in a service, which each JVM makes of the job's settings. */
  public record Lookups(String out, String greeting) implements Job {

    @Override
    public void define(Pipeline pipeline) {
      pipeline
          .source("numbers", Sources.generate(Long.class, 30, index -> index))
          .keyBy(number -> number % 3)
          .process("greetings", Greeting::new)
          .sink("out", TextFiles.write(Path.of(out, "greetings")));
    }

    @Override
    public Services services() {
      return Services.none().opening(Greeter.class, () -> new Greeter(greeting));
    }
  }

  /** Greets as long as it is open. */
  static final class Greeter implements AutoCloseable {

    private final String greeting;
    private boolean isClosed;

    Greeter(String greeting) {
      this.greeting = greeting;
    }

    synchronized String greet(long number) {
      if (isClosed) {
        throw new IllegalStateException("closed");
      }
      return greeting + " " + number;
    }

    @Override
    public synchronized void close() {
      isClosed = true;
    }
  }

  /** Greets each number. */
  static final class Greeting implements KeyedProcess<Long, Long, String> {

    private final Service<Greeter> greeter;

    Greeting(States states) {
      greeter = states.service(Greeter.class);
    }

    @Override
    public void process(Long number, Context<Long, String> at) {
      at.emit(greeter.get().greet(number));
    }
  }
}

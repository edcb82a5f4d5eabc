package io.headrace.engine.coordinator;

import io.headrace.api.Clock;
import io.headrace.api.Settings;
import io.headrace.api.plan.Node;
import io.headrace.engine.graph.Graph;
import io.headrace.engine.graph.Vertex;
import io.headrace.engine.task.AttemptTask;
import io.headrace.engine.task.Meter;
import io.headrace.engine.task.TaskId;
import io.headrace.state.MemoryBudget;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a run tells the outside. The coordinator's thread publishes, any thread reads. */
final class Published {

  /**
   * A coordinator is called some twenty-five times a second at least, or something is wrong with
   * it.
   */
  private static final Duration AT_WORK = Duration.ofSeconds(1);

  /** Stands where only a reader knows. */
  static final RunStatus.StateMemory NOT_KNOWN = new RunStatus.StateMemory(0, 0);

  private final Clock clock;
  private final long mostNanos;
  private final long memoryLimit;
  private final Consumer<RunState> states;
  private @Nullable RunState told;

  /** Replaced when it changes. */
  private volatile RunStatus status =
      new RunStatus(
          RunPhase.RECOVERING,
          new RunState.Starting(),
          true,
          0,
          Optional.empty(),
          List.of(),
          NOT_KNOWN,
          List.of(),
          0,
          0,
          0,
          Optional.empty());

  /** All tasks as they are in the last attempt, which any thread may look at. */
  private volatile List<TaskMeter> tasks;

  /** The memory of the last attempt. */
  private volatile MemoryBudget memory;

  /** When the coordinator last got through a call, on the clock of nanoseconds. */
  private volatile long lastCall;

  /**
   * @param settings say, among others, how long the coordinator may be away before the run counts
   *     as dead, if that is more than a second
   * @param states is told each new state
   */
  Published(Graph graph, Settings settings, Clock clock, Consumer<RunState> states) {
    this.clock = clock;
    this.mostNanos = Math.max(settings.watchdog().deadAfter().toNanos(), AT_WORK.toNanos());
    this.memoryLimit = settings.resources().stateBytes();
    this.memory = new MemoryBudget(memoryLimit);
    this.tasks = graph.vertices().stream().flatMap(Published::tasks).toList();
    this.states = states;
    this.lastCall = clock.nanoTime();
  }

  /** The coordinator got through a call. */
  void atWork() {
    lastCall = clock.nanoTime();
  }

  private static Stream<TaskMeter> tasks(Vertex vertex) {
    boolean isSource = vertex.head() instanceof Node.Source;
    return IntStream.range(0, vertex.parallelism())
        .mapToObj(
            index -> new TaskMeter(new TaskId(vertex.name(), index), isSource, new Meter(), 0));
  }

  /** Another attempt runs; the tasks of the last one have stopped. */
  void attempt(Attempt running) {
    Map<TaskId, Meter> meters =
        running.tasks().tasks().stream()
            .collect(Collectors.toMap(AttemptTask::id, AttemptTask::meter));
    tasks =
        tasks.stream().map(task -> task.next(meters.getOrDefault(task.id(), new Meter()))).toList();
    memory = running.memory();
  }

  void status(RunStatus now) {
    status = now;
    if (isNews(now.state())) {
      states.accept(now.state());
      told = now.state();
    }
  }

  boolean isNews(RunState state) {
    return !state.equals(told);
  }

  /** How the run stands. Any thread. */
  RunStatus status() {
    RunStatus known = status;
    return new RunStatus(
        known.phase(),
        known.state(),
        known.isLive() && (known.phase() == RunPhase.ENDED || isAtWork()),
        known.attempt(),
        known.restoredFrom(),
        tasks.stream().map(TaskMeter::status).toList(),
        new RunStatus.StateMemory(memory.used(), memoryLimit),
        known.checkpoints(),
        known.complete(),
        known.givenUp(),
        known.restarts(),
        known.lastFailure());
  }

  private boolean isAtWork() {
    return clock.nanoTime() - lastCall <= mostNanos;
  }
}

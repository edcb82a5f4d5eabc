package io.headrace.engine.coordinator;

import io.headrace.api.CheckpointId;
import io.headrace.api.ConnectorContext;
import io.headrace.api.HeadraceException;
import io.headrace.api.Settings;
import io.headrace.engine.graph.Graph;
import io.headrace.engine.task.AttemptContext;
import io.headrace.engine.task.AttemptTask;
import io.headrace.engine.task.AttemptTasks;
import io.headrace.engine.task.CheckpointStep;
import io.headrace.engine.task.Closing;
import io.headrace.engine.task.Host;
import io.headrace.engine.task.Mailbox;
import io.headrace.engine.task.Place;
import io.headrace.engine.task.Progress;
import io.headrace.engine.task.RunListener;
import io.headrace.engine.task.Task;
import io.headrace.engine.task.TaskBuilder;
import io.headrace.engine.task.TaskId;
import io.headrace.engine.task.TaskReports;
import io.headrace.engine.task.TaskSnapshot;
import io.headrace.state.MemoryBudget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a job from start to end: see {@link RunPhase} for its life. Everything but the methods
 * marked so happens on the coordinator's own thread.
 */
public final class Coordinator implements Task {

  private static final Logger LOG = LoggerFactory.getLogger(Coordinator.class);

  private final Graph graph;
  private final Settings settings;
  private final JobStorage storage;
  private final RunListener listener;
  private final Consumer<Outcome> whenEnded;
  private final Place place;
  private final Mailbox mailbox;
  private final BlockingWork work;
  private final CheckpointHistory history = new CheckpointHistory();
  private final CheckpointRequests requests;

  private RunPhase phase = RunPhase.RECOVERING;
  private RestartPolicy restarts;
  private RepeatedInput repeated = RepeatedInput.NONE;
  private boolean hasBegun;
  private boolean isClosing;
  private int restartCount;
  private long attemptStart;
  private long restartAt;
  private int tasksLeft;
  private @Nullable Attempt attempt;
  private @Nullable Checkpoints checkpoints;
  private @Nullable Outcome end;
  private @Nullable Throwable lastFailure;

  /** What any thread may read; replaced when it changes. */
  private volatile RunStatus published =
      new RunStatus(
          RunPhase.RECOVERING,
          0,
          Optional.empty(),
          List.of(),
          List.of(),
          0,
          0,
          0,
          Optional.empty());

  /** The tasks of the last attempt, which any thread may look at. */
  private volatile List<TaskMeter> meters = List.of();

  /**
   * A coordinator that has not started.
   *
   * @param whenEnded is told the outcome, last of all, on the coordinator's thread
   */
  public Coordinator(
      Graph graph,
      Settings settings,
      JobStorage storage,
      Surroundings surroundings,
      Consumer<Outcome> whenEnded) {
    this.graph = graph;
    this.settings = settings;
    this.storage = storage;
    this.listener = surroundings.listener();
    this.whenEnded = whenEnded;
    this.place = surroundings.host().ownPlace("coordinator");
    this.mailbox = new Mailbox(place);
    this.work = new BlockingWork(surroundings.host(), mailbox);
    this.requests = new CheckpointRequests(graph.plan().job());
    this.restarts = RestartPolicy.of(settings.restarts());
  }

  /** What a coordinator has around it. */
  public record Surroundings(Host host, RunListener listener) {}

  /** Starts the run. Any thread, once. */
  public void start() {
    place.start(this);
  }

  /** Has the run end with one more checkpoint. Any thread. */
  public void stop() {
    mailbox.post(
        () -> {
          if (checkpoints != null && phase == RunPhase.RUNNING) {
            checkpoints.stop();
          } else {
            cancelNow();
          }
        });
  }

  /**
   * Has the run end at once; what was not committed is computed again by the next one. Any thread.
   */
  public void cancel() {
    mailbox.post(this::cancelNow);
  }

  /**
   * Has a checkpoint taken as soon as may be. Any thread.
   *
   * @return completes when it is complete and committed
   */
  public CompletableFuture<CheckpointId> checkpoint() {
    CompletableFuture<CheckpointId> request = requests.add();
    place.wake();
    if (published.phase() == RunPhase.ENDED) {
      // The end may have come before the request did, and nobody looks any more.
      requests.failAsEnded();
    }
    return request;
  }

  /** How the run stands. Any thread. */
  public RunStatus status() {
    RunStatus known = published;
    return new RunStatus(
        known.phase(),
        known.attempt(),
        known.restoredFrom(),
        meters.stream().map(TaskMeter::status).toList(),
        known.checkpoints(),
        known.complete(),
        known.givenUp(),
        known.restarts(),
        known.lastFailure());
  }

  @Override
  public Progress call() {
    try {
      return step();
    } catch (RuntimeException | Error mistake) {
      // Of ours: whatever the run was about to do, it must not go on as if nothing had happened.
      if (phase == RunPhase.TEARING_DOWN || phase == RunPhase.ENDED) {
        throw mistake;
      }
      tearDown(mistake);
      return Progress.MADE;
    }
  }

  private Progress step() {
    // Looked at before the mail: work that is done has posted its result by then.
    boolean wasAllDone = work.isDone();
    boolean hadMail = mailbox.drain();
    boolean didStep =
        switch (phase) {
          case RECOVERING -> !hasBegun && begin();
          case RUNNING -> checkpoints != null && checkpoints.step();
          case TEARING_DOWN -> !hadMail && wasAllDone && tasksLeft == 0 && close();
          case WAITING -> restartWhenDue();
          case ENDED -> false;
        };
    if (phase == RunPhase.ENDED) {
      return Progress.DONE;
    }
    return hadMail || didStep ? Progress.MADE : Progress.NONE;
  }

  private void moveTo(RunPhase next) {
    phase = phase.moveTo(next);
    publish();
  }

  private void publish() {
    published =
        new RunStatus(
            phase,
            attempt == null ? 0 : attempt.start().attempt(),
            attempt == null ? Optional.empty() : attempt.start().from(),
            List.of(),
            history.last(),
            history.complete(),
            history.givenUp(),
            restartCount,
            Optional.ofNullable(lastFailure));
  }

  // Recovering

  private boolean begin() {
    hasBegun = true;
    attemptStart = work.clock().nanoTime();
    work.run(this::prepare, this::run, this::tearDown);
    return true;
  }

  /** Prepares an attempt, on a thread that may block. When this throws, nothing is left open. */
  private Attempt prepare() throws Exception {
    StartPoint start = storage.recover();
    ConnectorContext connector =
        new ConnectorContext(graph.plan().job(), "", 0, start.attempt(), work.clock());
    Sinks sinks = Sinks.open(graph.plan(), connector, listener);
    try {
      tell(CheckpointStep.RESTORING, start);
      sinks.recover(start.from(), start.prepared());
      AttemptTasks tasks = TaskBuilder.build(graph, context(start), start.restored());
      tell(CheckpointStep.RESTORED, start);
      return new Attempt(start, tasks, sinks, storage, work, listener);
    } catch (Exception | Error failure) {
      sinks.close();
      throw failure;
    }
  }

  private void tell(CheckpointStep step, StartPoint start) {
    start.from().ifPresent(id -> listener.on(step, "coordinator", id));
  }

  private AttemptContext context(StartPoint start) {
    return new AttemptContext(
        graph.plan().job(),
        start.attempt(),
        work,
        new Reports(start.attempt()),
        listener,
        storage::files,
        settings.checkpoints().mode(),
        new MemoryBudget(settings.resources().stateBytes()));
  }

  // Running

  private void run(Attempt prepared) {
    attempt = prepared;
    checkpoints =
        new Checkpoints(prepared, settings.checkpoints(), requests, new CheckpointEvents());
    meters = prepared.tasks().tasks().stream().map(TaskMeter::of).toList();
    moveTo(RunPhase.RUNNING);
    if (end != null) {
      tearDown();
      return;
    }
    tasksLeft = prepared.tasks().tasks().size();
    LOG.info(
        "Job \"{}\" runs: attempt {}, {}.",
        graph.plan().job(),
        prepared.start().attempt(),
        prepared.start().from().map(id -> "continued from checkpoint " + id).orElse("from empty"));
    prepared.tasks().start();
  }

  private void cancelNow() {
    if (end == null) {
      end = new Outcome(Outcome.Kind.CANCELLED, Optional.empty());
      if (phase == RunPhase.RUNNING || phase == RunPhase.WAITING) {
        tearDown();
      }
    }
  }

  /** What the tasks of one attempt report; what comes from an attempt that is over is ignored. */
  private final class Reports implements TaskReports {

    private final long number;

    Reports(long number) {
      this.number = number;
    }

    private void post(Runnable letter) {
      mailbox.post(
          () -> {
            if (attempt != null && attempt.start().attempt() == number) {
              letter.run();
            }
          });
    }

    @Override
    public void endOfInput(TaskId task) {
      post(() -> whileRunning(current -> current.endOfInput(task)));
    }

    @Override
    public void snapshot(TaskId task, CheckpointId checkpoint, TaskSnapshot snapshot) {
      post(() -> whileRunning(current -> current.snapshot(task, checkpoint, snapshot)));
    }

    @Override
    public void failed(TaskId task, Throwable cause) {
      post(() -> tearDown(cause));
    }

    @Override
    public void stopped(TaskId task) {
      post(() -> tasksLeft--);
    }
  }

  private void whileRunning(Consumer<Checkpoints> action) {
    if (phase == RunPhase.RUNNING && checkpoints != null) {
      action.accept(checkpoints);
    }
  }

  private final class CheckpointEvents implements Checkpoints.Events {

    @Override
    public void decided(CheckpointStatus status) {
      history.add(status);
      status
          .failure()
          .ifPresent(why -> LOG.warn("Checkpoint {} was given up: {}.", status.id(), why));
      publish();
    }

    @Override
    public void finished() {
      if (end == null && phase == RunPhase.RUNNING) {
        Outcome.Kind kind =
            checkpoints != null && checkpoints.isAllInputRead()
                ? Outcome.Kind.FINISHED
                : Outcome.Kind.STOPPED;
        end = new Outcome(kind, Optional.empty());
        tearDown();
      }
    }

    @Override
    public void failed(Throwable cause) {
      tearDown(cause);
    }
  }

  // Tearing down

  private void tearDown(Throwable cause) {
    if (lastFailure == null || phase != RunPhase.TEARING_DOWN) {
      lastFailure = cause;
    }
    if (phase == RunPhase.RECOVERING || phase == RunPhase.RUNNING) {
      decideAfter(cause);
      tearDown();
    }
  }

  private void decideAfter(Throwable cause) {
    long now = work.clock().nanoTime();
    Duration ran = Duration.ofNanos(now - attemptStart);
    restarts = restarts.after(new RestartPolicy.Failure(now, ran));
    Optional<Duration> delay = restarts.delay(cause, work.chance());
    repeated = repeated.after(cause);
    Optional<HeadraceException> poisonous = repeated.end(cause);
    if (end != null) {
      LOG.warn("Job \"{}\" failed while it was ending.", graph.plan().job(), cause);
    } else if (poisonous.isPresent()) {
      end = new Outcome(Outcome.Kind.FAILED, Optional.of(poisonous.get()));
    } else if (delay.isEmpty() || !storage.isDurable()) {
      end = new Outcome(Outcome.Kind.FAILED, Optional.of(cause));
    } else {
      restartAt = now + delay.get().toNanos();
      LOG.warn(
          "Job \"{}\" failed and starts again in {} ms.",
          graph.plan().job(),
          delay.get().toMillis(),
          cause);
    }
  }

  private void tearDown() {
    moveTo(RunPhase.TEARING_DOWN);
    if (checkpoints != null) {
      checkpoints.over(
          end != null || lastFailure == null ? requests.ended() : requests.failed(lastFailure));
    }
    if (attempt != null) {
      attempt.tasks().tasks().forEach(AttemptTask::stop);
    }
  }

  /** Closes what the attempt held open, and the storage if the run ends. */
  private boolean close() {
    if (isClosing) {
      return false;
    }
    isClosing = true;
    List<AutoCloseable> held = new ArrayList<>();
    if (attempt != null) {
      held.add(attempt.tasks());
      held.add(attempt.sinks());
    }
    if (end != null) {
      held.add(storage);
    }
    work.run(
        () -> {
          Closing.closeAll(held);
          return held;
        },
        done -> closed(),
        cause -> {
          LOG.warn("Job \"{}\" could not close everything it held.", graph.plan().job(), cause);
          closed();
        });
    return true;
  }

  private void closed() {
    isClosing = false;
    attempt = null;
    checkpoints = null;
    if (end == null) {
      moveTo(RunPhase.WAITING);
      return;
    }
    moveTo(RunPhase.ENDED);
    if (!requests.isEmpty()) {
      work.block(requests::failAsEnded);
    }
    work.shutdown();
    whenEnded.accept(end);
  }

  private boolean restartWhenDue() {
    if (work.clock().nanoTime() - restartAt < 0) {
      return false;
    }
    restartCount++;
    hasBegun = false;
    moveTo(RunPhase.RECOVERING);
    return true;
  }
}

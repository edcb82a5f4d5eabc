package io.headrace.engine.coordinator;

import io.headrace.api.CheckpointId;
import io.headrace.api.HeadraceException;
import io.headrace.api.Settings;
import io.headrace.engine.graph.Graph;
import io.headrace.engine.task.Mailbox;
import io.headrace.engine.task.Place;
import io.headrace.engine.task.Progress;
import io.headrace.engine.task.Restored;
import io.headrace.engine.task.RunListener;
import io.headrace.engine.task.Task;
import io.headrace.engine.task.TaskId;
import io.headrace.engine.task.TaskReports;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs a job from start to end: see {@link RunPhase} for its life. Everything but the methods
 * marked so happens on the coordinator's own thread.
 */
public final class Coordinator implements Task {

  private final Graph graph;
  private final Settings settings;
  private final JobStorage storage;
  private final RunListener listener;
  private final Consumer<Outcome> whenEnded;
  private final Place place;
  private final Mailbox mailbox;
  private final BlockingWork work;
  private final Published published;
  private final CheckpointHistory history = new CheckpointHistory();
  private final CheckpointRequests requests;
  private final Setbacks setbacks;
  private final Mistakes mistakes = new Mistakes();
  private final CallWatch calls;
  private final Closure closure;
  private final NextStart nextStart;

  private RunPhase phase = RunPhase.RECOVERING;
  private boolean hasBegun;
  private boolean isStopAsked;
  private boolean isLeft;
  private @Nullable Attempt attempt;
  private @Nullable Running running;
  private @Nullable Restored restoring;
  private @Nullable Outcome end;

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
    this.work = new BlockingWork(surroundings.host(), mailbox, settings, this::tearDown);
    this.published = new Published(graph, settings, work.clock(), surroundings.states());
    String job = graph.plan().job();
    this.requests = new CheckpointRequests(job);
    this.setbacks = new Setbacks(job, settings.restarts(), storage.isDurable(), work.clock());
    this.calls = new CallWatch(job, work, settings.watchdog(), work.clock());
    this.closure = new Closure(work, this::closed, this::tearDown);
    this.nextStart = new NextStart(work.clock());
  }

  /** Starts the run. Any thread, once. */
  public void start() {
    place.start(this);
  }

  /**
   * Has the run end with one more checkpoint, now or as soon as it runs; see {@link Setbacks} for
   * what happens when it fails before that. Any thread.
   */
  public void stop() {
    mailbox.post(this::stopNow);
  }

  /**
   * Has the run end without one more checkpoint, once what is being prepared or written is over;
   * what was not committed is computed again by the next one. Any thread.
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
    if (published.status().state().isEnd()) {
      // The end may have come before the request did, and nobody looks any more.
      requests.failAsEnded();
    }
    return request;
  }

  /** How the run stands. Any thread. */
  public RunStatus status() {
    return published.status();
  }

  @Override
  public Progress call() {
    try {
      if (mistakes.areTooMany()) {
        return breakOff();
      }
      mistakes.open().ifPresent(this::tearDown);
      mistakes.dealtWith();
      return step();
    } catch (RuntimeException | Error thrown) {
      // Of ours, or there is no memory: whatever the run was about to do, it must not go on as if
      // nothing had happened. All that follows can be done again when it throws half-way.
      mistakes.add(thrown);
      return Progress.NONE;
    }
  }

  private Progress step() {
    boolean hasSeen = watch();
    // Looked at before the mail: work that is done has posted its result by then.
    boolean wasAllDone = work.isDone();
    boolean hadMail = mailbox.drain();
    boolean didStep =
        switch (phase) {
          case RECOVERING -> !hasBegun && begin();
          case RUNNING -> running != null && running.checkpoints().step();
          case TEARING_DOWN ->
              tellTasks()
                  || (!hadMail && wasAllDone && tasksLeft().isEmpty() ? close() : leaveIfTooLong());
          case WAITING -> nextStart.take() && startAgain();
          case ENDED -> false;
        };
    if (phase == RunPhase.ENDED) {
      end();
      return Progress.DONE;
    }
    boolean any = hadMail || didStep || hasSeen;
    if ((any || phase == RunPhase.RECOVERING) && published.isNews(state())) {
      publish(); // How much is restored changes by itself, all else with what was done here.
    }
    published.atWork();
    return any ? Progress.MADE : Progress.NONE;
  }

  private void moveTo(RunPhase next) {
    phase = phase.moveTo(next);
    publish();
  }

  /** Looks after calls and tasks. Returns whether that changed anything. */
  private boolean watch() {
    boolean isEnding = phase == RunPhase.TEARING_DOWN;
    boolean isNews = calls.look(isEnding);
    calls.takeFailure().ifPresent(this::tearDown);
    if (running != null && running.watchdog().look(isEnding)) {
      running.watchdog().takeFailure().ifPresent(this::tearDown);
      isNews = true;
    }
    if (isNews) {
      publish();
    }
    return isNews;
  }

  private RunState state() {
    return new Standing(
            phase,
            Optional.ofNullable(end),
            restoring == null ? OptionalInt.empty() : OptionalInt.of(restoring.percent()),
            running != null && running.checkpoints().isStopping(),
            nextStart.time(),
            setbacks.last(),
            history.lastFailure(),
            running == null ? Optional.empty() : running.watchdog().stuck(),
            calls.waiting())
        .state();
  }

  private void publish() {
    RunState state = state();
    published.status(
        new RunStatus(
            phase,
            state,
            !(state instanceof RunState.Failed)
                && (running == null || !running.watchdog().isBeyondLimit()),
            attempt == null ? 0 : attempt.start().attempt(),
            attempt == null ? Optional.empty() : attempt.start().from(),
            List.of(),
            Published.NOT_KNOWN,
            history.last(),
            history.complete(),
            history.givenUp(),
            nextStart.count(),
            setbacks.last()));
  }

  // Recovering

  private boolean begin() {
    hasBegun = true;
    mistakes.nextAttempt();
    setbacks.nextAttempt();
    publish();
    Preparation preparation =
        new Preparation(
            graph,
            settings,
            storage,
            work,
            listener,
            this::reportsOf,
            state -> mailbox.post(() -> restoring = state));
    work.run(preparation.call(), preparation::prepare, this::readState, this::tearDown);
    if (end != null) {
      tearDown(); // It was cancelled before it began.
    }
    return true;
  }

  private void readState(Attempt prepared) {
    attempt = prepared;
    if (phase == RunPhase.RECOVERING) {
      prepared.readState(() -> run(prepared), this::tearDown);
    } // Else something went wrong meanwhile; it is closed with everything else.
  }

  // Running

  private void run(Attempt prepared) {
    Running started = new Running(prepared, settings, requests, new CheckpointEvents());
    running = started;
    published.attempt(prepared);
    moveTo(RunPhase.RUNNING);
    setbacks.runs(prepared.start());
    started.start();
    if (isStopAsked) {
      started.checkpoints().stop();
    }
  }

  private void stopNow() {
    isStopAsked |= end == null;
    nextStart.in(Duration.ZERO);
    whileRunning(Checkpoints::stop);
  }

  private void cancelNow() {
    if (end == null) {
      end = new Outcome(Outcome.Kind.CANCELLED, Optional.empty());
      if (phase != RunPhase.TEARING_DOWN && hasBegun) {
        tearDown();
      }
    }
  }

  private TaskReports reportsOf(long number) {
    return new TaskMail(
        mailbox,
        () -> attempt != null && attempt.start().attempt() == number,
        new Reports(
            this::whileRunning,
            this::tearDown,
            task -> Objects.requireNonNull(running).stopped(task)));
  }

  private void whileRunning(Consumer<Checkpoints> action) {
    if (phase == RunPhase.RUNNING && running != null) {
      action.accept(running.checkpoints());
    }
  }

  private final class CheckpointEvents implements Checkpoints.Events {

    @Override
    public void decided(CheckpointStatus status) {
      history.add(status);
      setbacks.decided(status);
      publish();
    }

    @Override
    public void unfinished(CheckpointStatus status) {
      history.addUnfinished(status);
      publish();
    }

    @Override
    public void finished() {
      if (end == null && phase == RunPhase.RUNNING) {
        Outcome.Kind kind =
            running != null && running.checkpoints().isAllInputRead()
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
    if (phase == RunPhase.RECOVERING || phase == RunPhase.RUNNING) {
      decideAfter(cause);
      tearDown();
      return;
    }
    Optional<Throwable> worse = setbacks.failedToo(cause);
    if (worse.isPresent() && (end == null || end.kind() == Outcome.Kind.FAILED)) {
      end = new Outcome(Outcome.Kind.FAILED, worse);
    }
    if (phase == RunPhase.WAITING && end != null) {
      tearDown(); // There is nothing to wait for any more.
    }
  }

  private void decideAfter(Throwable failure) {
    Setbacks.Verdict verdict = setbacks.failed(failure, isStopAsked, work.chance());
    if (end == null && verdict.delay().isEmpty()) {
      end = new Outcome(Outcome.Kind.FAILED, Optional.of(verdict.cause()));
    }
    nextStart.in(verdict.delay().orElse(Duration.ZERO));
  }

  private void tearDown() {
    if (attempt != null) {
      attempt.reading().giveUp();
    }
    moveTo(RunPhase.TEARING_DOWN);
    tellTasks();
  }

  private boolean tellTasks() {
    return running != null && running.stop(this::whyRequestsFail);
  }

  private HeadraceException whyRequestsFail() {
    return requests.failed(end == null ? setbacks.last() : Optional.empty());
  }

  private Collection<TaskId> tasksLeft() {
    return running == null ? List.of() : running.left();
  }

  /** Closes what the attempt held open, and the storage if the run ends. */
  private boolean close() {
    if (closure.isUnderWay()) {
      return false;
    }
    answerAll();
    closure.begin(held());
    return true;
  }

  /** Nobody who asked for a checkpoint waits for one of this attempt any more. */
  private void answerAll() {
    if (running != null) {
      running.checkpoints().end(whyRequestsFail());
    }
    if (end != null && !requests.isEmpty()) {
      work.answer(requests::failAsEnded);
    }
  }

  /** Tells the outcome of a run of which something does not return: nobody waits for it longer. */
  private boolean leaveIfTooLong() {
    if (isLeft || !calls.isTooLong()) {
      return false;
    }
    var why = setbacks.leftBehind(calls.leftBehind(tasksLeft()));
    end = new Outcome(Outcome.Kind.FAILED, Optional.of(why));
    publish();
    answerAll();
    work.leave();
    tellOutcome();
    isLeft = true;
    return true;
  }

  private List<AutoCloseable> held() {
    List<AutoCloseable> held = new ArrayList<>();
    if (attempt != null) {
      held.addAll(attempt.held());
    }
    if (end != null) {
      held.add(storage);
    }
    return held;
  }

  private void closed(List<AutoCloseable> held) {
    calls.isOver();
    attempt = null;
    running = null;
    restoring = null;
    if (end == null) {
      moveTo(RunPhase.WAITING);
    } else if (held.contains(storage)) {
      moveTo(RunPhase.ENDED);
    } // Else the end was decided meanwhile, and the storage is closed next.
  }

  private void end() {
    publish();
    answerAll();
    work.shutdown();
    tellOutcome();
  }

  private void tellOutcome() {
    if (!isLeft) { // Else it is told.
      whenEnded.accept(Objects.requireNonNull(end));
    }
  }

  /**
   * Ends the run, when it cannot be ended as it should be, since that throws again and again: the
   * tasks are waited for, and everything is closed here. Nothing of it throws, so that nobody waits
   * for the end in vain.
   */
  private Progress breakOff() {
    if (phase != RunPhase.ENDED && !closeQuietly()) {
      return Progress.NONE;
    }
    mistakes.quietly(this::publish);
    mistakes.quietly(requests::failAsEnded);
    mistakes.quietly(work::shutdown);
    tellOutcome();
    return Progress.DONE;
  }

  /** Closes everything, if nothing runs any more that may still open something. */
  private boolean closeQuietly() {
    if (attempt != null) {
      attempt.reading().giveUp();
      attempt.tasks().tasks().forEach(task -> mistakes.quietly(task::stop));
    }
    mistakes.quietly(() -> calls.look(true));
    boolean wasAllDone = work.isDone();
    mistakes.quietly(mailbox::drain);
    boolean isAnyLeft = !tasksLeft().isEmpty() || !wasAllDone || !mailbox.isEmpty();
    if (isAnyLeft && !calls.isTooLong()) {
      return false;
    }
    Throwable thrown = mistakes.open().orElseThrow();
    mistakes.quietly(() -> setbacks.failedToo(thrown));
    end = new Outcome(Outcome.Kind.FAILED, Optional.of(setbacks.last().orElse(thrown)));
    mistakes.quietly(this::tellTasks);
    mistakes.quietly(this::answerAll);
    if (isAnyLeft) {
      mistakes.quietly(work::leave); // What is held open may be in use, and stays so.
    } else {
      held().forEach(each -> mistakes.quietly(each::close));
    }
    phase = RunPhase.ENDED;
    return true;
  }

  private boolean startAgain() {
    hasBegun = false;
    moveTo(RunPhase.RECOVERING);
    return true;
  }
}

package io.headrace.engine.coordinator;

import io.headrace.api.CheckpointId;
import io.headrace.api.CheckpointSettings;
import io.headrace.api.CheckpointingMode;
import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.Printable;
import io.headrace.engine.task.AttemptTask;
import io.headrace.engine.task.AttemptTasks;
import io.headrace.engine.task.CheckpointStep;
import io.headrace.engine.task.Contribution;
import io.headrace.engine.task.RunListener;
import io.headrace.engine.task.SourceTask;
import io.headrace.engine.task.TaskId;
import io.headrace.engine.task.TaskSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The checkpoints of one attempt: trigger, collect, publish, commit. Several may be collecting at
 * once; one at a time is completed, in the order of their ids. On the thread of the coordinator.
 */
final class Checkpoints {

  /** How long after a last checkpoint that failed the next one comes, at most. */
  private static final Duration LAST_AGAIN = Duration.ofSeconds(1);

  private static final int MOST_NAMED = 8;

  private final Attempt attempt;
  private final AttemptTasks tasks;
  private final Set<TaskId> writers;
  private final CheckpointWork work;
  private final BlockingWork blocking;
  private final RunListener listener;
  private final CheckpointSettings settings;
  private final CheckpointRequests requests;
  private final Events events;
  private final Set<TaskId> running = new TreeSet<>();
  private final PendingCheckpoints pending = new PendingCheckpoints();
  private final Transactions transactions = new Transactions();
  private final FailuresInARow failures;
  private CheckpointId next;
  private long lastStart;
  private OptionalLong lastEnd = OptionalLong.empty();

  /** What at least was read or changed before the barriers of the one that was complete last. */
  private OptionalLong covered = OptionalLong.empty();

  /** From when on one is wanted at once: at the end of input, or to stop. */
  private OptionalLong wantedFrom = OptionalLong.empty();

  private boolean isStopping;
  private boolean isCompleting;
  private boolean hasCommittedLast;
  private boolean isOver;

  Checkpoints(
      Attempt attempt, CheckpointSettings settings, CheckpointRequests requests, Events events) {
    this.attempt = attempt;
    this.tasks = attempt.tasks();
    this.work = new CheckpointWork(attempt.storage(), attempt.sinks(), attempt.listener());
    this.blocking = attempt.work();
    this.listener = attempt.listener();
    this.settings = settings;
    this.requests = requests;
    this.events = events;
    this.failures = new FailuresInARow(settings.tolerableFailures());
    this.next = attempt.start().next();
    this.lastStart = now();
    this.writers =
        tasks.tasks().stream()
            .filter(AttemptTask::endsTransactions)
            .map(AttemptTask::id)
            .collect(Collectors.toSet());
    tasks.tasks().forEach(task -> running.add(task.id()));
  }

  /** What follows from checkpoints. */
  interface Events {
    /** A checkpoint is complete and committed, or will never be. */
    void decided(CheckpointStatus status);

    /** The same of one that is not complete, or not committed, since its attempt ends. */
    void unfinished(CheckpointStatus status);

    /** The checkpoint that the run ends with is complete and committed. */
    void finished();

    /** The attempt cannot go on. */
    void failed(Throwable cause);
  }

  private long now() {
    return blocking.clock().nanoTime();
  }

  /** Triggers or gives up what is due. Returns whether anything was. */
  boolean step() {
    long now = now();
    if (isDue(now)) {
      trigger(now);
      return true;
    }
    List<UnderWay> overdue = pending.overdue(now, settings.timeout());
    overdue.forEach(this::timedOut);
    return !overdue.isEmpty();
  }

  // Triggering

  private boolean isDue(long now) {
    if (isOver || hasCommittedLast) {
      return false;
    }
    boolean isWanted =
        wantedFrom.isPresent() && now - wantedFrom.getAsLong() >= 0 || !requests.isEmpty();
    return new TriggerPolicy(settings)
            .isDue(now, pending.hasRoom(settings.maxConcurrent()), isWanted, lastStart, lastEnd)
        && (isWanted || hasNews())
        && !pending.hasLast();
  }

  /** Whether a checkpoint now would hold anything that the last one does not, or will not. */
  private boolean hasNews() {
    long known = Math.max(covered.orElse(-1), pending.newsCovered().orElse(-1));
    return known < tasks.news();
  }

  /** Wants one more checkpoint, and that the run ends with it. */
  void stop() {
    isStopping = true;
    wantedFrom = OptionalLong.of(now());
  }

  /** Whether the run was asked to end with a checkpoint. */
  boolean isStopping() {
    return isStopping;
  }

  void endOfInput(TaskId task) {
    running.remove(task);
    if (running.isEmpty()) {
      wantedFrom = OptionalLong.of(now());
    }
  }

  boolean isAllInputRead() {
    return running.isEmpty();
  }

  private void trigger(long now) {
    boolean isLast = isStopping || running.isEmpty();
    wantedFrom = OptionalLong.empty();
    lastStart = now;
    UnderWay triggered =
        new UnderWay(
            next,
            new UnderWay.Trigger(blocking.clock().instant(), now, isLast, tasks.news()),
            tasks.tasks().stream().map(AttemptTask::id).toList(),
            writers);
    List<CompletableFuture<CheckpointId>> asked = requests.take();
    triggered.answers(asked);
    String kind = isLast ? "last" : asked.isEmpty() ? "periodic" : "requested";
    triggered.recordedBy(FlightEvents.checkpoint(attempt, next, kind));
    next = next.next();
    pending.add(triggered);
    run(
        blocking.call(
            Call.Step.ofCheckpoint("The making of a folder for checkpoint " + triggered.id())),
        self -> work.begin(triggered.id()),
        () -> askSources(triggered),
        cause -> {
          failed(triggered, "its folder could not be made: " + cause, cause);
          discard(triggered);
        });
  }

  private void askSources(UnderWay triggered) {
    triggered.moveTo(CheckpointPhase.COLLECTING, now());
    listener.on(CheckpointStep.TRIGGERED, "coordinator", triggered.id());
    if (triggered.isLast()) {
      listener.on(CheckpointStep.TRIGGERED_LAST, "coordinator", triggered.id());
    }
    for (SourceTask.Started source : tasks.sources()) {
      source.trigger(triggered.id(), triggered.isLast());
    }
  }

  // Collecting

  void snapshot(TaskId task, CheckpointId id, TaskSnapshot snapshot) {
    UnderWay current =
        pending
            .get(id)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        task + " took part in checkpoint " + id + " uncalled"));
    transactions.add(id, snapshot.transactions());
    current.add(task, snapshot);
    snapshot
        .failure()
        .ifPresent(cause -> failed(current, task + " could not write its state: " + cause, cause));
    if (current.isAllIn() && current.isWanted()) {
      compareBroadcastState(current);
    }
    if (current.isAllIn() && current.isWanted()) {
      current.moveTo(CheckpointPhase.WAITING, now());
    } else if (current.isAllIn()) {
      discard(current);
    }
    completeNext();
  }

  /** At least once, tasks may be at different values of a broadcast stream. */
  private void compareBroadcastState(UnderWay current) {
    if (settings.mode() == CheckpointingMode.EXACTLY_ONCE) {
      BroadcastDigests.difference(current.id(), current.contributions())
          .ifPresent(
              cause -> {
                failed(current, "tasks have different broadcast state: " + cause, cause);
                events.failed(cause);
              });
    }
  }

  // Completing

  private void completeNext() {
    if (!isCompleting && !isOver) {
      pending.nextToComplete().ifPresent(this::complete);
    }
  }

  private void complete(UnderWay current) {
    isCompleting = true;
    current.moveTo(CheckpointPhase.COMPLETING, now());
    listener.on(CheckpointStep.ALL_WRITTEN, "coordinator", current.id());
    List<Contribution> contents = new ArrayList<>(current.contributions());
    contents.addAll(transactions.upTo(current.id()));
    Call call =
        blocking.call(Call.Step.ofCheckpoint("The publishing of checkpoint " + current.id()));
    run(
        call,
        self -> work.publish(current.id(), contents),
        () -> published(current, call.isGivenUp()),
        cause -> {
          isCompleting = false;
          failed(current, "its manifest could not be written: " + cause, cause);
          discard(current);
          completeNext();
        });
  }

  /**
   * It is complete.
   *
   * @param isLate whether nobody waits for it any more, and its attempt ends
   */
  private void published(UnderWay current, boolean isLate) {
    current.published(now());
    covered = OptionalLong.of(current.news());
    for (UnderWay older : pending.before(current.id())) {
      if (older.isWanted()) {
        subsume(older, current);
      }
    }
    tasks.tasks().forEach(task -> task.completed(current.id()));
    Map<String, List<byte[]>> prepared = transactions.take(current.id());
    if (isLate) {
      uncommitted(current, new CancellationException("it was complete too late"));
      return;
    }
    run(
        blocking.call(Call.Step.ofCheckpoint("The marking of checkpoint " + current.id())),
        self -> work.commit(current.id(), prepared, self),
        () -> committed(current),
        cause -> notCommitted(current, cause));
  }

  private void notCommitted(UnderWay current, Throwable cause) {
    uncommitted(current, cause);
    events.failed(cause);
  }

  /** It stays complete: who starts from it commits first. */
  private void uncommitted(UnderWay current, Throwable cause) {
    String reason =
        "it is complete on disk, but its commit did not come to its end: "
            + cause
            + "; the job commits what is left when it starts from it";
    failRequests(current, reason, cause);
    if (current.fail(reason)) {
      events.unfinished(current.decided(now()));
    }
  }

  private void committed(UnderWay current) {
    isCompleting = false;
    failures.end();
    hasCommittedLast |= current.isLast();
    if (current.isWanted()) {
      try {
        events.decided(current.decided(now()));
      } finally { // Whatever is thrown, who has asked for it is told.
        settle(current, request -> request.complete(current.id()));
      }
    }
    end(current);
    completeNext();
  }

  // Giving up

  private void timedOut(UnderWay current) {
    String most = Printable.duration(settings.timeout());
    String reason = "it took longer than " + most + ": " + whatIsMissing(current);
    if (current.isWanted()) {
      failed(current, reason, new HeadraceException(ErrorCode.CHECKPOINT_FAILED, reason));
      if (current.phase() == CheckpointPhase.WAITING) {
        discard(current);
        completeNext();
      }
    } else if (!current.isSubsumed()) {
      // It is still in the way of the next one, which would have failed by now.
      count(current, reason, new HeadraceException(ErrorCode.CHECKPOINT_FAILED, reason));
    }
  }

  /** Why one takes so long: of tasks that wait for each other, the one that works is the cause. */
  private String whatIsMissing(UnderWay current) {
    if (current.phase() == CheckpointPhase.BEGINNING) {
      return "its folder is not made";
    }
    List<String> missing =
        tasks.tasks().stream()
            .filter(task -> current.misses(task.id()))
            .map(task -> task + " is " + task.meter().activity())
            .toList();
    return missing.isEmpty()
        ? "transactions of an earlier checkpoint are not durable"
        : "%d tasks have not done their part: %s%s"
            .formatted(
                missing.size(),
                String.join(", ", missing.subList(0, Math.min(MOST_NAMED, missing.size()))),
                missing.size() > MOST_NAMED ? ", and others" : "");
  }

  private void failed(UnderWay current, String reason, Throwable cause) {
    if (!current.fail(reason)) {
      return;
    }
    abort(current);
    failRequests(current, reason, cause);
    if (current.isLast()) {
      long pause = Math.min(settings.interval().toNanos(), LAST_AGAIN.toNanos());
      wantedFrom = OptionalLong.of(now() + pause);
    }
    count(current, reason, cause);
  }

  private void count(UnderWay current, String reason, Throwable cause) {
    if (isOfALostDirectory(cause)) {
      events.failed(cause);
    } else {
      failures.add(current.id(), reason, cause).ifPresent(events::failed);
    }
  }

  /** Then nothing is completed any more, however often it is tried. */
  private static boolean isOfALostDirectory(Throwable cause) {
    return cause instanceof HeadraceException named && named.code() == ErrorCode.DIRECTORY_OWNED;
  }

  private void subsume(UnderWay older, UnderWay by) {
    older.subsume(by.id());
    by.answers(older.requests());
    older.answered();
    abort(older);
    if (older.phase() == CheckpointPhase.WAITING) {
      discard(older);
    }
  }

  private void abort(UnderWay current) {
    listener.on(CheckpointStep.GIVEN_UP, "coordinator", current.id());
    tasks.tasks().forEach(task -> task.giveUp(current.id()));
    events.decided(current.decided(now()));
  }

  /** Deletes what there is of one that is not wanted, once nobody writes to it any more. */
  private void discard(UnderWay current) {
    current.moveTo(CheckpointPhase.DISCARDING, now());
    if (!isOver) {
      // What cannot be deleted now is when the next attempt starts.
      run(
          blocking.call(Call.Step.ofCheckpoint("The deletion of checkpoint " + current.id())),
          self -> work.discard(current.id()),
          () -> end(current),
          cause -> end(current));
    }
  }

  private void end(UnderWay current) {
    long now = now();
    current.moveTo(CheckpointPhase.ENDED, now);
    pending.remove(current);
    lastEnd = OptionalLong.of(now);
    if (hasCommittedLast && pending.isEmpty()) {
      events.finished();
    }
  }

  /**
   * The attempt ends: nothing is begun any more, what is being completed goes on to its end, and
   * everything else is given up. Called again after it threw, it does what is left.
   */
  void over(HeadraceException why) {
    isOver = true;
    long now = now();
    for (UnderWay each : pending.all()) {
      if (each.phase() != CheckpointPhase.COMPLETING || !each.isWanted()) {
        if (each.fail(reason(why))) {
          events.unfinished(each.decided(now));
        }
        settle(each, request -> request.completeExceptionally(why));
      }
    }
  }

  /**
   * The attempt is over, or nobody waits for its end any more: nothing is completed any more
   * either. Who asked for a checkpoint that has not come hears of it. Called again after it threw,
   * it does what is left.
   */
  void end(HeadraceException why) {
    for (UnderWay each : pending.all()) {
      settle(each, request -> request.completeExceptionally(why));
      if (each.phase() == CheckpointPhase.COMPLETING && each.fail(reason(why))) {
        events.unfinished(each.decided(now()));
      }
    }
  }

  private static String reason(HeadraceException why) {
    Throwable cause = why.getCause();
    return cause == null
        ? "the run ended before it was complete"
        : "the job failed before it was complete: " + cause;
  }

  // Requests

  private void failRequests(UnderWay current, String reason, Throwable cause) {
    HeadraceException failure =
        new HeadraceException(
            ErrorCode.CHECKPOINT_FAILED,
            "Checkpoint %s, which was asked for, failed: %s. Ask again once the cause is mended; the last complete one stands."
                .formatted(current.id(), reason),
            cause);
    settle(current, request -> request.completeExceptionally(failure));
  }

  /** What users let follow from a request is not done on this thread. */
  private void settle(UnderWay current, Consumer<CompletableFuture<CheckpointId>> how) {
    List<CompletableFuture<CheckpointId>> asked = current.requests();
    if (!asked.isEmpty()) {
      blocking.answer(() -> asked.forEach(how));
      current.answered();
    }
  }

  /** Something to do on a thread that may block. */
  @FunctionalInterface
  private interface Work {
    void call(Call self) throws Exception;
  }

  private void run(Call call, Work action, Runnable then, Consumer<Throwable> otherwise) {
    BlockingWork.Work<Runnable> work =
        self -> {
          action.call(self);
          return then;
        };
    blocking.run(call, work, Runnable::run, otherwise);
  }
}

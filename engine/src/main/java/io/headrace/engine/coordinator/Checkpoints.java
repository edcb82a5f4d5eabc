package io.headrace.engine.coordinator;

import io.headrace.api.CheckpointId;
import io.headrace.api.Settings;
import io.headrace.engine.task.AttemptTask;
import io.headrace.engine.task.AttemptTasks;
import io.headrace.engine.task.CheckpointStep;
import io.headrace.engine.task.Contribution;
import io.headrace.engine.task.RunListener;
import io.headrace.engine.task.SourceTask;
import io.headrace.engine.task.TaskId;
import io.headrace.engine.task.TaskSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The checkpoints of one attempt, one at a time: trigger, collect, publish, commit. On the thread
 * of the coordinator.
 */
final class Checkpoints {

  private final AttemptTasks tasks;
  private final Sinks sinks;
  private final JobStorage storage;
  private final BlockingWork work;
  private final RunListener listener;
  private final Settings.Checkpoints settings;
  private final Events events;
  private final Set<TaskId> running = new TreeSet<>();
  private final List<Contribution.Transactions> carried = new ArrayList<>();
  private CheckpointId next;
  private @Nullable UnderWay underWay;
  private long lastStart;
  private OptionalLong lastEnd = OptionalLong.empty();

  /** What at least was read or changed before the barriers of the one that was begun last. */
  private long newsAtStart;

  /** The same, of the one that was complete last. */
  private OptionalLong covered = OptionalLong.empty();

  private boolean isWanted;
  private boolean isStopping;

  Checkpoints(Attempt attempt, Settings.Checkpoints settings, Events events) {
    this.tasks = attempt.tasks();
    this.sinks = attempt.sinks();
    this.storage = attempt.storage();
    this.work = attempt.work();
    this.listener = attempt.listener();
    this.settings = settings;
    this.events = events;
    this.next = attempt.start().next();
    this.lastStart = work.clock().nanoTime();
    tasks.tasks().forEach(task -> running.add(task.id()));
  }

  /** What follows from checkpoints. */
  interface Events {
    /** A checkpoint has ended, one way or the other. */
    void ended(CheckpointStatus status);

    /** The checkpoint that the run ends with is complete and committed. */
    void finished();

    /** The attempt cannot go on. */
    void failed(Throwable cause);
  }

  /** Triggers or gives up what is due. Returns whether anything was. */
  boolean step() {
    long now = work.clock().nanoTime();
    if (new TriggerPolicy(settings).isDue(now, underWay != null, isWanted, lastStart, lastEnd)
        && (isWanted || hasNews())) {
      trigger(now);
      return true;
    }
    if (underWay != null
        && underWay.isCollecting()
        && underWay.failure().isEmpty()
        && now - underWay.start() > settings.timeout().toNanos()) {
      giveUp(underWay, "it took longer than " + settings.timeout() + ": " + underWay.missing());
      return true;
    }
    return false;
  }

  /** Whether a checkpoint now would hold anything that the last one does not. */
  private boolean hasNews() {
    return covered.isEmpty() || covered.getAsLong() < news();
  }

  /** What the sources have read and otherwise changed; perhaps some more by now. */
  private long news() {
    return tasks.tasks().stream()
        .filter(AttemptTask::isSource)
        .mapToLong(task -> task.meter().news())
        .sum();
  }

  /** Wants one more checkpoint, and that the run ends with it. */
  void stop() {
    isStopping = true;
    isWanted = true;
  }

  void endOfInput(TaskId task) {
    running.remove(task);
    isWanted |= running.isEmpty();
  }

  boolean isAllInputRead() {
    return running.isEmpty();
  }

  private void trigger(long now) {
    isWanted = false;
    lastStart = now;
    newsAtStart = news();
    UnderWay triggered =
        new UnderWay(
            next,
            work.clock().instant(),
            now,
            isStopping || running.isEmpty(),
            tasks.tasks().stream().map(AttemptTask::id).toList());
    next = next.next();
    underWay = triggered;
    work.run(
        () -> {
          storage.begin(triggered.id());
          return triggered;
        },
        this::askSources,
        cause -> {
          triggered.fail("its folder could not be made: " + cause);
          end(triggered);
        });
  }

  private void askSources(UnderWay triggered) {
    listener.on(CheckpointStep.TRIGGERED, "coordinator", triggered.id());
    if (triggered.isLast()) {
      listener.on(CheckpointStep.TRIGGERED_LAST, "coordinator", triggered.id());
    }
    for (SourceTask.Started source : tasks.sources()) {
      source.trigger(triggered.id());
    }
  }

  void snapshot(TaskId task, CheckpointId id, TaskSnapshot snapshot) {
    UnderWay current = underWay;
    if (current == null || !current.id().equals(id)) {
      throw new IllegalStateException(task + " took part in checkpoint " + id + " uncalled");
    }
    if (current.add(task, snapshot)) {
      allIn(current);
    }
  }

  private void allIn(UnderWay current) {
    carried.addAll(current.transactions());
    if (current.failure().isPresent()) {
      giveUp(current, "");
      discard(current);
      return;
    }
    listener.on(CheckpointStep.ALL_WRITTEN, "coordinator", current.id());
    List<Contribution> contents = new ArrayList<>(current.contributions());
    contents.removeIf(Contribution.Transactions.class::isInstance);
    contents.addAll(carried);
    work.run(
        () -> {
          storage.publish(current.id(), contents);
          listener.on(CheckpointStep.COMPLETE, "coordinator", current.id());
          return current;
        },
        this::published,
        cause -> {
          giveUp(current, "its manifest could not be written: " + cause);
          discard(current);
        });
  }

  private void published(UnderWay current) {
    covered = OptionalLong.of(newsAtStart);
    tasks.tasks().forEach(task -> task.completed(current.id()));
    Map<String, List<byte[]>> prepared = new TreeMap<>();
    for (Contribution.Transactions transactions : carried) {
      if (!transactions.committables().isEmpty()) {
        prepared
            .computeIfAbsent(transactions.operator(), any -> new ArrayList<>())
            .addAll(transactions.committables());
      }
    }
    carried.clear();
    work.run(
        () -> {
          commit(current.id(), prepared);
          return current;
        },
        this::committed,
        events::failed);
  }

  private void commit(CheckpointId id, Map<String, List<byte[]>> prepared) throws Exception {
    if (!prepared.isEmpty()) {
      storage.markCommitting(id, prepared.keySet());
      listener.on(CheckpointStep.COMMITTING, "coordinator", id);
      sinks.commit(id, prepared);
    }
    storage.retain();
    listener.on(CheckpointStep.DONE, "coordinator", id);
  }

  private void committed(UnderWay current) {
    end(current);
    if (current.isLast()) {
      events.finished();
    }
  }

  private void giveUp(UnderWay current, String reason) {
    current.fail(reason);
    listener.on(CheckpointStep.GIVEN_UP, "coordinator", current.id());
    tasks.tasks().forEach(task -> task.giveUp(current.id()));
  }

  private void discard(UnderWay current) {
    Consumer<Throwable> alsoFailed =
        cause -> {
          current.fail(cause.toString());
          end(current);
        };
    work.run(
        () -> {
          storage.discard(current.id());
          return current;
        },
        this::end,
        alsoFailed);
  }

  private void end(UnderWay current) {
    underWay = null;
    long now = work.clock().nanoTime();
    lastEnd = OptionalLong.of(now);
    events.ended(current.status(now));
  }
}

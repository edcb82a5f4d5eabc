package io.headrace.engine.task;

import io.headrace.api.CheckpointId;
import io.headrace.api.Invariant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Takes the snapshots of one task: sets state aside, passes the barrier on, and has what was set
 * aside written by a thread that may block. On the thread of the task.
 */
final class Snapshots {

  private final TaskContext context;
  private final Chain chain;

  /** Those given up whose barriers have not come. */
  private final TreeSet<CheckpointId> givenUp = new TreeSet<>();

  private @Nullable CheckpointId last;

  Snapshots(TaskContext context, Chain chain) {
    this.context = context;
    this.chain = chain;
  }

  void giveUp(CheckpointId checkpoint) {
    if (last == null || last.compareTo(checkpoint) < 0) {
      givenUp.add(checkpoint);
    }
    chain.aborted(checkpoint);
  }

  void completed(CheckpointId checkpoint) {
    chain.completed(checkpoint);
  }

  /** Every value before the barrier has been processed, and none behind it. */
  void barrier(CheckpointId checkpoint, Duration alignment) {
    Invariant.check(
        last == null || last.compareTo(checkpoint) < 0,
        "the barrier of checkpoint %s came after that of %s",
        checkpoint,
        last);
    last = checkpoint;
    boolean isGivenUp = givenUp.contains(checkpoint);
    givenUp.headSet(checkpoint, true).clear(); // Barriers of earlier ones come no more.
    if (isGivenUp) {
      chain.sendToAll(new Barrier(checkpoint));
      context.reports().snapshot(context.id(), checkpoint, TaskSnapshot.skipped());
      return;
    }
    tell(CheckpointStep.SETTING_ASIDE, checkpoint);
    long start = context.host().clock().nanoTime();
    context.entering();
    List<PendingPart> parts = chain.snapshot(context.id(), checkpoint);
    chain.sendToAll(new Barrier(checkpoint));
    Duration setAside = since(start);
    tell(CheckpointStep.SET_ASIDE, checkpoint);
    long firstBarrier = start - alignment.toNanos();
    Function<Duration, TaskSnapshot.Timing> timing =
        write -> new TaskSnapshot.Timing(firstBarrier, alignment, setAside, write);
    String what = "The write of task \"" + context.id() + "\" for checkpoint " + checkpoint;
    context.host().block(what, () -> write(checkpoint, parts, timing));
  }

  private void write(
      CheckpointId checkpoint,
      List<PendingPart> parts,
      Function<Duration, TaskSnapshot.Timing> timing) {
    LogNames.task(context.id());
    tell(CheckpointStep.WRITING, checkpoint);
    long start = context.host().clock().nanoTime();
    List<Contribution> contributions = new ArrayList<>();
    Optional<Exception> failure = Optional.empty();
    StateFiles files = context.files().apply(checkpoint);
    for (PendingPart part : parts) {
      try {
        contributions.add(part.makeDurable(files));
        context.place().wake(); // It may wait for the memory of a view, which is closed now.
      } catch (Exception cause) {
        if (part.isIrrevocable()) {
          context.reports().failed(context.id(), cause);
          return;
        }
        failure = Optional.of(cause);
      } catch (Error cause) {
        context.reports().failed(context.id(), cause);
        return;
      }
    }
    tell(CheckpointStep.WRITTEN, checkpoint);
    context
        .reports()
        .snapshot(
            context.id(),
            checkpoint,
            new TaskSnapshot(contributions, failure, Optional.of(timing.apply(since(start)))));
  }

  private void tell(CheckpointStep step, CheckpointId checkpoint) {
    context.listener().on(step, context.id().toString(), checkpoint);
  }

  private Duration since(long start) {
    return Duration.ofNanos(context.host().clock().nanoTime() - start);
  }
}

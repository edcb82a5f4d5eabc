package io.headrace.engine.task;

import io.headrace.api.CheckpointId;
import io.headrace.api.HeadraceException;

/**
 * A task of one attempt: reads its mail, does a step of its body, and ends by itself when it is
 * told to or when its body throws.
 *
 * <pre>
 *   RUNNING ──► STOPPED
 * </pre>
 */
public final class AttemptTask implements Task {

  private final TaskContext context;
  private final Mailbox mailbox;
  private final Chain chain;
  private final Snapshots snapshots;
  private final TaskBody body;
  private final Meter meter;
  private boolean isStopped;

  AttemptTask(TaskContext context, Chain chain, Snapshots snapshots, TaskBody body, Meter meter) {
    this.context = context;
    this.mailbox = new Mailbox(context.place());
    this.chain = chain;
    this.snapshots = snapshots;
    this.body = body;
    this.meter = meter;
  }

  /** Which task this is. */
  public TaskId id() {
    return context.id();
  }

  /** Whether it reads splits. */
  public boolean isSource() {
    return body instanceof SourceTask;
  }

  /** Whether it ends transactions of a sink at barriers. */
  public boolean endsTransactions() {
    return chain.endsTransactions();
  }

  /** How many values it has taken; any thread. */
  public Meter meter() {
    return meter;
  }

  /**
   * How many items it holds back for the full edge where the most wait: what one step of its body
   * gives rise to, and no more. The thread that calls the task, between calls.
   */
  public int mostWaiting() {
    return chain.mostWaiting();
  }

  /** Starts it at its place. */
  public void start() {
    context.place().start(this);
  }

  /** Has it stop before its next step. Any thread. */
  public void stop() {
    mailbox.post(() -> isStopped = true);
  }

  /**
   * Tells it that a checkpoint has been given up, or is not needed any more, so that it need not
   * take part. Any thread.
   */
  public void giveUp(CheckpointId checkpoint) {
    mailbox.post(() -> snapshots.giveUp(checkpoint));
  }

  /** Tells it that a checkpoint is complete. Any thread. */
  public void completed(CheckpointId checkpoint) {
    mailbox.post(() -> snapshots.completed(checkpoint));
  }

  /** Has a letter done on its thread. Any thread. */
  void post(Runnable letter) {
    mailbox.post(letter);
  }

  @Override
  public Progress call() {
    try {
      boolean hadMail = mailbox.drain();
      if (isStopped) {
        context.reports().stopped(id());
        return Progress.DONE;
      }
      Progress progress = body.step();
      return hadMail ? Progress.MADE : progress;
    } catch (Throwable cause) { // Whatever it is, the attempt ends with it and its cause is told.
      if (cause instanceof HeadraceException ours) {
        ours.ofOperator(id().operators());
      }
      context.reports().failed(id(), cause);
      context.reports().stopped(id());
      return Progress.DONE;
    }
  }

  @Override
  public String toString() {
    return id().toString();
  }
}

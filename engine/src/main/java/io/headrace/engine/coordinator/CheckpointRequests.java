package io.headrace.engine.coordinator;

import io.headrace.api.CheckpointId;
import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Checkpoints that were asked for and have not been triggered. Any thread. */
final class CheckpointRequests {

  private final String job;
  private final Queue<CompletableFuture<CheckpointId>> waiting = new ConcurrentLinkedQueue<>();

  /** Of a job by its name. */
  CheckpointRequests(String job) {
    this.job = job;
  }

  CompletableFuture<CheckpointId> add() {
    CompletableFuture<CheckpointId> request = new CompletableFuture<>();
    waiting.add(request);
    return request;
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Those that wait now; each is taken once. */
  List<CompletableFuture<CheckpointId>> take() {
    List<CompletableFuture<CheckpointId>> taken = new ArrayList<>();
    for (var each = waiting.poll(); each != null; each = waiting.poll()) {
      taken.add(each);
    }
    return taken;
  }

  /** Fails those that wait now, since the run has ended. */
  void failAsEnded() {
    HeadraceException why = ended();
    take().forEach(each -> each.completeExceptionally(why));
  }

  private HeadraceException ended() {
    return new HeadraceException(
        ErrorCode.JOB_ENDED,
        "Job \""
            + job
            + "\" ended before the checkpoint that was asked for was complete. Its last complete"
            + " one stands.");
  }

  /** Why a checkpoint does not come: the attempt has failed that was to take it, or else ends. */
  HeadraceException failed(Optional<Throwable> cause) {
    return cause.map(this::failed).orElseGet(this::ended);
  }

  private HeadraceException failed(Throwable cause) {
    return new HeadraceException(
        ErrorCode.CHECKPOINT_FAILED,
        "Job \""
            + job
            + "\" failed before the checkpoint that was asked for was complete: "
            + cause
            + ". If it starts again, ask again then.",
        cause);
  }
}

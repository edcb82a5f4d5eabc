package io.headrace.simulation;

import io.headrace.api.CheckpointId;
import io.headrace.api.HeadraceException;
import io.headrace.engine.coordinator.Coordinator;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;

/**
 * Somebody who looks after a job: asks for checkpoints at any moment, and stops or cancels some
 * runs that are not to finish.
 */
final class Caretaker {

  private static final int LATEST_END = 1_000;

  private final SplittableRandom random;
  private final int endAt;
  private final double askingShare;
  private final List<CompletableFuture<CheckpointId>> asked = new ArrayList<>();

  Caretaker(SplittableRandom random, boolean mayEnd) {
    this.random = random;
    this.endAt = mayEnd && random.nextInt(4) == 0 ? random.nextInt(LATEST_END) : Integer.MAX_VALUE;
    this.askingShare = random.nextInt(4) == 0 ? 0.002 : 0;
  }

  /** Before a step of the run. */
  void act(int step, Coordinator coordinator) {
    if (random.nextDouble() < askingShare) {
      asked.add(coordinator.checkpoint());
    }
    if (step == endAt && random.nextInt(4) == 0) {
      coordinator.cancel();
    } else if (step == endAt) {
      coordinator.stop();
    }
  }

  /** What came up, once the run has ended: then every request has its answer. */
  Set<Sight> sights() {
    Set<Sight> sights = EnumSet.noneOf(Sight.class);
    for (CompletableFuture<CheckpointId> request : asked) {
      Checks.check(request.isDone(), "a run has ended without an answer to a request");
      Optional<Throwable> failure =
          request.handle((id, thrown) -> Optional.ofNullable(thrown)).join();
      Checks.check(
          failure.isEmpty() || failure.get() instanceof HeadraceException,
          "a request was answered with %s",
          failure);
      if (failure.isEmpty()) {
        sights.add(Sight.ON_DEMAND);
      }
    }
    return sights;
  }
}

package io.headrace.engine.coordinator;

import io.headrace.engine.task.Restored;
import io.headrace.engine.task.StateRead;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * Has the state of the tasks of an attempt read by threads that may block, several tasks at a time.
 * It is over when all is read, when something goes wrong, or when it is given up; what is being
 * read then ends soon. On the coordinator's thread.
 */
final class StateReading {

  private final BlockingWork work;
  private final int most;
  private final Restored restored;
  private final Queue<StateRead> left;
  private final List<Call> underWay = new ArrayList<>();
  private Runnable whenRead = () -> {};
  private Consumer<Throwable> whenFailed = failure -> {};
  private boolean isOver;

  /**
   * A reading that has not begun. Any thread.
   *
   * @param most of how many tasks at a time, 1 at least
   * @param restored what it is read from
   */
  StateReading(BlockingWork work, List<StateRead> reads, int most, Restored restored) {
    this.work = work;
    this.left = new ArrayDeque<>(reads);
    this.most = most;
    this.restored = restored;
  }

  /**
   * Begins, once.
   *
   * @param read is called when all is read
   * @param failed is told what went wrong first, if something does
   */
  void begin(Runnable read, Consumer<Throwable> failed) {
    whenRead = read;
    whenFailed = failed;
    for (int i = 0; i < most && !left.isEmpty(); i++) {
      next();
    }
    endIfRead();
  }

  private void next() {
    StateRead read = left.remove();
    Call call = work.call(Call.Step.of("The reading of state"), restored::percent);
    work.run(
        call,
        self -> {
          read.read();
          return read;
        },
        done -> hasRead(call),
        failure -> failed(call, failure));
    underWay.add(call);
  }

  private void hasRead(Call call) {
    underWay.remove(call);
    if (!isOver && !left.isEmpty()) {
      next();
    }
    endIfRead();
  }

  private void endIfRead() {
    if (!isOver && left.isEmpty() && underWay.isEmpty()) {
      isOver = true;
      whenRead.run();
    }
  }

  private void failed(Call call, Throwable failure) {
    underWay.remove(call);
    if (!isOver) {
      giveUp();
      whenFailed.accept(failure);
    } // Else it failed because it was given up, or of what the first failed of.
  }

  /** Nobody wants the state any more; what is being read, or made of it, is interrupted. */
  void giveUp() {
    isOver = true;
    restored.giveUp();
    underWay.forEach(Call::giveUp);
  }
}

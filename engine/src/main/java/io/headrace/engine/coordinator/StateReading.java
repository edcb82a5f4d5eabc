package io.headrace.engine.coordinator;

import io.headrace.engine.task.StateRead;
import java.util.ArrayDeque;
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
  private final Runnable whenGivenUp;
  private final Queue<StateRead> left;
  private Runnable whenRead = () -> {};
  private Consumer<Throwable> whenFailed = failure -> {};
  private int underWay;
  private boolean isOver;

  /**
   * A reading that has not begun. Any thread.
   *
   * @param most of how many tasks at a time, 1 at least
   * @param whenGivenUp has what is being read end soon
   */
  StateReading(BlockingWork work, List<StateRead> reads, int most, Runnable whenGivenUp) {
    this.work = work;
    this.left = new ArrayDeque<>(reads);
    this.most = most;
    this.whenGivenUp = whenGivenUp;
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
    work.run(
        () -> {
          read.read();
          return read;
        },
        done -> hasRead(),
        this::failed);
    underWay++;
  }

  private void hasRead() {
    underWay--;
    if (!isOver && !left.isEmpty()) {
      next();
    }
    endIfRead();
  }

  private void endIfRead() {
    if (!isOver && left.isEmpty() && underWay == 0) {
      isOver = true;
      whenRead.run();
    }
  }

  private void failed(Throwable failure) {
    underWay--;
    if (!isOver) {
      giveUp();
      whenFailed.accept(failure);
    } // Else it failed because it was given up, or of what the first failed of.
  }

  /** Nobody wants the state any more. */
  void giveUp() {
    isOver = true;
    whenGivenUp.run();
  }
}

package io.headrace.engine.threads;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.engine.task.Place;
import io.headrace.engine.task.Progress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WorkerTest {

  @Test
  @Tag("FAULT-20")
  void aTaskThatThrowsIsCalledAgainAndItsNeighbourToo() throws InterruptedException {
    try (ThreadHost host = new ThreadHost("job", 1)) {
      CountDownLatch calls = new CountDownLatch(5);
      CountDownLatch callsOfTheNeighbour = new CountDownLatch(5);

      host.sharedPlace()
          .start(
              () -> {
                calls.countDown();
                throw new OutOfMemoryError("Java heap space");
              });
      host.sharedPlace()
          .start(
              () -> {
                callsOfTheNeighbour.countDown();
                return Progress.NONE;
              });

      calls.await();
      callsOfTheNeighbour.await();
    }
  }

  @Test
  @Tag("FAULT-21")
  void anInterruptIsOverWithTheCallThatItWasMeantFor() throws InterruptedException {
    try (ThreadHost host = new ThreadHost("job", 1)) {
      List<Boolean> flags = new CopyOnWriteArrayList<>();
      CountDownLatch calls = new CountDownLatch(3);

      host.sharedPlace()
          .start(
              () -> {
                flags.add(Thread.currentThread().isInterrupted());
                Thread.currentThread().interrupt();
                calls.countDown();
                return Progress.NONE;
              });
      calls.await();

      assertThat(flags).containsOnly(false);
    }
  }

  @Test
  @Tag("R29")
  void aPlaceOfItsOwnHasAThreadOnlyWhileItsTaskLives() throws InterruptedException {
    try (ThreadHost host = new ThreadHost("job", 1)) {
      Place unused = host.ownPlace("unused");
      unused.wake();
      CountDownLatch hasRun = new CountDownLatch(1);
      List<Thread> threads = new CopyOnWriteArrayList<>();

      host.ownPlace("used")
          .start(
              () -> {
                threads.add(Thread.currentThread());
                hasRun.countDown();
                return Progress.DONE;
              });
      hasRun.await();
      threads.get(0).join();

      assertThat(threads.get(0).getName()).isEqualTo("headrace-job-used");
      assertThat(Thread.getAllStackTraces().keySet())
          .noneMatch(thread -> thread.getName().equals("headrace-job-unused"));
    }
  }

  @Test
  @Tag("R29")
  void closingWaitsForTheThreadOfACallThatHasNotReturned() throws InterruptedException {
    ThreadHost host = new ThreadHost("job", 1);
    List<Thread> threads = new CopyOnWriteArrayList<>();
    CountDownLatch isInside = new CountDownLatch(1);
    CountDownLatch mayReturn = new CountDownLatch(1);
    host.sharedPlace()
        .start(
            () -> {
              threads.add(Thread.currentThread());
              isInside.countDown();
              awaitUninterrupted(mayReturn);
              return Progress.DONE;
            });
    isInside.await();
    List<Boolean> alive = new CopyOnWriteArrayList<>();
    Thread closer =
        new Thread(
            () -> {
              host.close();
              alive.add(threads.get(0).isAlive());
            });
    closer.start();
    while (closer.getState() != Thread.State.WAITING
        && closer.getState() != Thread.State.TERMINATED) {
      LockSupport.parkNanos(1_000);
    }
    mayReturn.countDown();
    closer.join();

    assertThat(alive).containsExactly(false);
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }
}

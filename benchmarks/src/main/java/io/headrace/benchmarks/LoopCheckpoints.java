package io.headrace.benchmarks;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

/**
 * The checkpoints of the hand-written loop. Its own thread asks for one each interval, waits for
 * the copies of both tasks, and writes and syncs them; the next one is asked for only after that,
 * so a task may reuse its copy. Tasks call {@link #requested} and {@link #add} only.
 */
final class LoopCheckpoints implements Callable<Result> {

  private static final int BUFFER_BYTES = 1 << 20;
  private static final long POLL_MILLIS = 20;

  private final Optional<Duration> interval;
  private final Workload workload;
  private final BlockingQueue<LoopState> parts = new ArrayBlockingQueue<>(2);
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile long requested; // guards nothing: a task that reads it late starts late
  private long completed;

  private LoopCheckpoints(Workload workload, Optional<Duration> interval) {
    this.workload = workload;
    this.interval = interval;
  }

  /** Checkpoints at the workload's interval. */
  static LoopCheckpoints each(Workload workload) {
    return new LoopCheckpoints(workload, Optional.of(workload.checkpointInterval()));
  }

  /** No checkpoints at all. */
  static LoopCheckpoints none(Workload workload) {
    return new LoopCheckpoints(workload, Optional.empty());
  }

  /** How many were asked for so far; any thread. */
  long requested() {
    return requested;
  }

  /** Takes the copy of one task for the checkpoint that was asked for last; the task's thread. */
  void add(LoopState part) {
    if (!parts.offer(part)) {
      throw new IllegalStateException("a task copied one checkpoint twice");
    }
  }

  /** Tells the thread of {@link #call} that the tasks have ended. */
  void end() {
    ended.countDown();
  }

  /** Asks for checkpoints and writes them until {@link #end}. */
  @Override
  @SuppressWarnings("NonAtomicVolatileUpdate") // Nobody else writes it.
  public Result call() throws Exception {
    if (interval.isPresent()) {
      while (!ended.await(interval.get().toNanos(), NANOSECONDS)) {
        requested = requested + 1;
        takeOne();
      }
    } else {
      ended.await();
    }
    return new Result(requested, completed, Result.Restore.NOT_TRIED);
  }

  private void takeOne() throws IOException, InterruptedException {
    Optional<LoopState> one = nextPart();
    Optional<LoopState> other = one.isPresent() ? nextPart() : Optional.empty();
    if (other.isPresent()) {
      write(one.get(), other.get());
      completed++;
    }
  }

  private Optional<LoopState> nextPart() throws InterruptedException {
    while (true) {
      LoopState part = parts.poll(POLL_MILLIS, MILLISECONDS);
      if (part != null) {
        return Optional.of(part);
      }
      if (ended.getCount() == 0) {
        return Optional.empty();
      }
    }
  }

  private void write(LoopState one, LoopState other) throws IOException {
    Path temporary = workload.directory().resolve("checkpoint.new");
    try (FileChannel file = FileChannel.open(temporary, CREATE, TRUNCATE_EXISTING, WRITE)) {
      ByteBuffer bytes = ByteBuffer.allocateDirect(BUFFER_BYTES);
      one.writeTo(file, bytes);
      other.writeTo(file, bytes);
      file.force(true);
    }
    Files.move(temporary, completeFile(workload), ATOMIC_MOVE);
    try (FileChannel directory = FileChannel.open(workload.directory(), READ)) {
      directory.force(true);
    }
  }

  /** The file of the last complete checkpoint, which is there only if there is one. */
  static Path completeFile(Workload workload) {
    return workload.directory().resolve("checkpoint");
  }
}

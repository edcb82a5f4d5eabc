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
import java.nio.LongBuffer;
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
  private final BlockingQueue<Part> parts = new ArrayBlockingQueue<>(2);
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

  /** Whether there are any. */
  boolean enabled() {
    return interval.isPresent();
  }

  /** How many were asked for so far; any thread. */
  long requested() {
    return requested;
  }

  /** Takes the copy of one task for the checkpoint that was asked for last; the task's thread. */
  void add(Part part) {
    if (!parts.offer(part)) {
      throw new IllegalStateException("task " + part.task() + " copied one checkpoint twice");
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
    Optional<Part> one = nextPart();
    Optional<Part> other = one.isPresent() ? nextPart() : Optional.empty();
    if (other.isPresent()) {
      write(one.get(), other.get());
      completed++;
    }
  }

  private Optional<Part> nextPart() throws InterruptedException {
    while (true) {
      Part part = parts.poll(POLL_MILLIS, MILLISECONDS);
      if (part != null) {
        return Optional.of(part);
      }
      if (ended.getCount() == 0) {
        return Optional.empty();
      }
    }
  }

  private void write(Part one, Part other) throws IOException {
    Path temporary = workload.directory().resolve("checkpoint.new");
    try (FileChannel file = FileChannel.open(temporary, CREATE, TRUNCATE_EXISTING, WRITE)) {
      ByteBuffer bytes = ByteBuffer.allocateDirect(BUFFER_BYTES);
      writePart(one, file, bytes);
      writePart(other, file, bytes);
      file.force(true);
    }
    Files.move(temporary, complete(), ATOMIC_MOVE);
    try (FileChannel directory = FileChannel.open(workload.directory(), READ)) {
      directory.force(true);
    }
  }

  private static void writePart(Part part, FileChannel file, ByteBuffer bytes) throws IOException {
    LongBuffer words = part.sums().words();
    bytes.clear();
    bytes.putLong(part.task()).putLong(part.next()).putLong(words.remaining()).flip();
    drain(bytes, file);
    while (words.hasRemaining()) {
      bytes.clear();
      int count = Math.min(words.remaining(), BUFFER_BYTES / Long.BYTES);
      bytes.asLongBuffer().put(words.slice(words.position(), count));
      words.position(words.position() + count);
      bytes.limit(count * Long.BYTES);
      drain(bytes, file);
    }
  }

  private static void drain(ByteBuffer bytes, FileChannel file) throws IOException {
    while (bytes.hasRemaining()) {
      file.write(bytes);
    }
  }

  /**
   * Restores the last checkpoint, adds the events behind it, and tells what fingerprint the sums of
   * both tasks then have together; empty when no checkpoint was completed.
   */
  Optional<Long> restoredFingerprint() throws IOException {
    if (!Files.exists(complete())) {
      return Optional.empty();
    }
    LongSums sums = new LongSums(workload.keys() + workload.keys() / 16 + 16);
    try (FileChannel file = FileChannel.open(complete(), READ)) {
      for (int part = 0; part < 2; part++) {
        restorePart(file, sums);
      }
    }
    return Optional.of(sums.fingerprint());
  }

  private void restorePart(FileChannel file, LongSums sums) throws IOException {
    LongBuffer header = read(file, 3);
    int task = (int) header.get(0);
    for (long left = header.get(2); left > 0; ) {
      LongBuffer words = read(file, (int) Math.min(left, BUFFER_BYTES / Long.BYTES));
      left -= words.remaining();
      while (words.hasRemaining()) {
        long key = words.get();
        long sum = words.get();
        if (key != 0) {
          sums.add(key, sum);
        }
      }
    }
    for (long event = header.get(1); event < workload.firstEvent(task + 1); event++) {
      long key = Workload.key(event, workload.keys());
      sums.add(key, Workload.value(key));
    }
  }

  private static LongBuffer read(FileChannel file, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count * Long.BYTES);
    while (bytes.hasRemaining()) {
      if (file.read(bytes) < 0) {
        throw new IOException(
            "the checkpoint ends too early, " + bytes.remaining() + " bytes miss");
      }
    }
    return bytes.flip().asLongBuffer();
  }

  private Path complete() {
    return workload.directory().resolve("checkpoint");
  }

  /**
   * What one task adds to a checkpoint.
   *
   * @param task its number
   * @param next the event that it draws next
   * @param sums a copy of its sums, left alone until the next checkpoint is asked for
   */
  record Part(int task, long next, LongSums sums) {}
}

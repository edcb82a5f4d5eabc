package io.headrace.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * How far a {@link Rotation} has come in this JVM. What was output is counted in a file that is
 * mapped into memory, so that it is known even after {@code kill -9}. Each taker writes its own
 * part; any thread reads.
 */
final class Progress {

  private static final int MOST_TAKERS = 64;
  private static final int SPLITS = 2;
  private static final int STRIDE = 64; // bytes: takers do not share a line of the cache

  private final int keys;
  private final ByteBuffer counts;
  private final List<Part> parts = new CopyOnWriteArrayList<>();

  private Progress(int keys, ByteBuffer counts) {
    this.keys = keys;
    this.counts = counts;
  }

  /** Progress that is counted in a file. */
  static Progress in(Path file, int keys) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long bytes = (long) MOST_TAKERS * STRIDE;
      return new Progress(keys, channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes));
    }
  }

  /** The outputs that were counted in a file; none if it is not there. */
  static long counted(Path file) throws IOException {
    if (!Files.exists(file)) {
      return 0;
    }
    ByteBuffer counts = ByteBuffer.wrap(Files.readAllBytes(file));
    long sum = 0;
    while (counts.hasRemaining()) {
      sum += counts.getLong();
    }
    return sum;
  }

  /** A taker for one more task. */
  synchronized Taker newTaker() {
    Part part = new Part(parts.size());
    parts.add(part);
    return part;
  }

  /** The outputs so far. */
  long outputs() {
    return parts.stream().mapToLong(part -> part.read(Part.OUTPUTS)).sum();
  }

  /** How many of them were not what they must be. */
  long wrong() {
    return parts.stream().mapToLong(part -> part.read(Part.WRONG)).sum();
  }

  /** When the first output came. */
  Optional<Instant> firstOutput() {
    return parts.stream()
        .map(part -> Optional.ofNullable(part.first))
        .flatMap(Optional::stream)
        .min(Comparator.naturalOrder());
  }

  /** The events that came before the first ones of this JVM; empty while those are not known. */
  Optional<Long> before() {
    long before = 0;
    for (int split = 0; split < SPLITS; split++) {
      long first = first(split);
      if (first == Long.MAX_VALUE) {
        return Optional.empty();
      }
      before += (first - split) / SPLITS;
    }
    return Optional.of(before);
  }

  /** Whether there was an output of each key in this JVM. */
  boolean hasMetEveryKey() {
    for (int split = 0; split < SPLITS; split++) {
      if (last(split) - first(split) < keys) {
        return false;
      }
    }
    return true;
  }

  private long first(int split) {
    return parts.stream()
        .mapToLong(part -> part.read(Part.FIRST + split))
        .min()
        .orElse(Long.MAX_VALUE);
  }

  /** The events of a split come to each taker in order, so the least of their last ones counts. */
  private long last(int split) {
    return parts.stream().mapToLong(part -> part.read(Part.LAST + split)).min().orElse(0);
  }

  private final class Part implements Taker {

    static final int OUTPUTS = 0;
    static final int WRONG = 1;
    static final int FIRST = 2;
    static final int LAST = FIRST + SPLITS;

    private final int place;
    private final AtomicLongArray fields = new AtomicLongArray(LAST + SPLITS);
    private long outputs;

    /** Guards nothing: tells other threads. */
    private volatile @Nullable Instant first;

    Part(int number) {
      place = number * STRIDE;
      for (int split = 0; split < SPLITS; split++) {
        fields.set(FIRST + split, Long.MAX_VALUE);
      }
    }

    @Override
    public void take(long event, long sum) {
      if (outputs == 0) {
        first = Instant.now();
      }
      int split = (int) (event % SPLITS);
      if (fields.getPlain(FIRST + split) == Long.MAX_VALUE) {
        fields.setOpaque(FIRST + split, event);
      }
      if (sum != Rotation.sum(event, keys)) {
        fields.setOpaque(WRONG, fields.getPlain(WRONG) + 1);
      }
      outputs++;
      counts.putLong(place, outputs);
      fields.setOpaque(LAST + split, event);
      fields.setOpaque(OUTPUTS, outputs);
    }

    long read(int field) {
      return fields.getOpaque(field);
    }
  }
}

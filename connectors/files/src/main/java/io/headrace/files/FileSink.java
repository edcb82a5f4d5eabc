package io.headrace.files;

import io.headrace.api.Committer;
import io.headrace.api.ConnectorContext;
import io.headrace.api.Sink;
import io.headrace.api.SinkWriter;
import io.headrace.api.TypeToken;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * Writes values to files, exactly once: into files that are pending until their checkpoint is
 * complete, and then get their name in the folder. No file is empty, and what is in one is never
 * changed. Immutable: the methods that say how to write return another sink.
 *
 * <p>Several sinks of a job may share a folder, also those of several jobs while their names
 * differ. A job that is started in another directory needs another folder: what it wrote before is
 * not its own any more.
 */
public final class FileSink<T> implements Sink<T, PendingFile> {

  private static final int MOST_OPEN = 32;

  private final Path folder;
  private final Layout<T> layout;

  private FileSink(Path folder, Layout<T> layout) {
    this.folder = folder;
    this.layout = layout;
  }

  /** How values are laid out in files. */
  record Layout<T>(
      SinkFormat<T> format,
      Compression compression,
      Rolling rolling,
      Partitioning<T> partitioning) {

    /** What the names of files end in. */
    String extension() {
      return "." + format.extension() + compression.suffix();
    }
  }

  static <T> FileSink<T> to(Path folder, SinkFormat<T> format) {
    return new FileSink<>(
        folder, new Layout<>(format, Compression.NONE, Rolling.NEVER, Partitioning.none()));
  }

  /** The same, with each file packed: a whole gzip file whose name ends in {@code .gz}. */
  public FileSink<T> gzip() {
    return new FileSink<>(
        folder,
        new Layout<>(layout.format(), Compression.GZIP, layout.rolling(), layout.partitioning()));
  }

  /**
   * The same, with a file ended as soon as it has a number of bytes, so that a task may write
   * several for a checkpoint.
   *
   * @param bytes counted before they are packed, 1 or more; the value that reaches it is still in
   *     the file
   * @throws io.headrace.api.HeadraceException with {@code INVALID_JOB} if it is less
   */
  public FileSink<T> rollAt(long bytes) {
    return rolling(new Rolling(Optional.of(bytes), layout.rolling().age()));
  }

  /**
   * The same, with a file ended before a value that comes some time after its first one. A file
   * ends with its checkpoint in any case, so this matters when it is shorter than their interval.
   *
   * @throws io.headrace.api.HeadraceException with {@code INVALID_JOB} if it is no time at all
   */
  public FileSink<T> rollAfter(Duration age) {
    return rolling(new Rolling(layout.rolling().bytes(), Optional.of(age)));
  }

  private FileSink<T> rolling(Rolling rolling) {
    return new FileSink<>(
        folder,
        new Layout<>(layout.format(), layout.compression(), rolling, layout.partitioning()));
  }

  /**
   * The same, with values in folders within the folder. A task writes to {@value #MOST_OPEN} of
   * them at a time, and ends the file that it has not written to for longest when there are more.
   *
   * @param partition the folder of a value, such as {@code day=2001-01-01/origin=SFO}: up to 8
   *     levels, none of them empty; what is not a letter, a digit or one of {@code _=.,+-} in it is
   *     replaced as in URLs. Called on the threads of tasks. A value that it throws on or that it
   *     gives no such name for is rejected: see {@link io.headrace.api.Stream#skipFailures}
   */
  public FileSink<T> partitionedBy(Function<? super T, String> partition) {
    return partitionedBy(partition, MOST_OPEN);
  }

  /**
   * The same, with a bound of one's own.
   *
   * @param mostOpen how many files a task writes to at a time, 1 or more; each takes about 100 KiB
   *     of memory and a file descriptor
   * @throws io.headrace.api.HeadraceException with {@code INVALID_JOB} if it is less
   */
  public FileSink<T> partitionedBy(Function<? super T, String> partition, int mostOpen) {
    return new FileSink<>(
        folder,
        new Layout<>(
            layout.format(),
            layout.compression(),
            layout.rolling(),
            Partitioning.by(partition, mostOpen)));
  }

  @Override
  public TypeToken<PendingFile> committableType() {
    return TypeToken.of(PendingFile.class);
  }

  @Override
  public Delivery delivery() {
    return Delivery.TRANSACTIONAL;
  }

  @Override
  public SinkWriter<T, PendingFile> openWriter(ConnectorContext context) {
    return new FileWriter<>(new SinkFolder(folder, context.operator()), layout, context);
  }

  @Override
  public Committer<PendingFile> openCommitter(ConnectorContext context) throws IOException {
    return FileCommitter.open(new SinkFolder(folder, context.operator()), context);
  }
}

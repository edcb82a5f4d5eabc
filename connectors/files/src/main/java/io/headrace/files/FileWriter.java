package io.headrace.files;

import io.headrace.api.CheckpointId;
import io.headrace.api.ConnectorContext;
import io.headrace.api.Printable;
import io.headrace.api.SinkWriter;
import io.headrace.api.ValueRejectedException;
import io.headrace.api.connector.DurableFiles;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Writes the values of one task. */
final class FileWriter<T> implements SinkWriter<T, PendingFile> {

  private final SinkFolder folder;
  private final FileSink.Layout<T> layout;
  private final ConnectorContext context;

  /** By partition, the one that was written to last at the end. */
  private final Map<String, OpenFile> open = new LinkedHashMap<>(16, 0.75f, true);

  /** Those of the open transaction that take no more. */
  private final List<EndedFile> ended = new ArrayList<>();

  /** Set aside and not durable yet. Any thread. */
  private final Set<OpenFile> setAside = ConcurrentHashMap.newKeySet();

  private long files;

  FileWriter(SinkFolder folder, FileSink.Layout<T> layout, ConnectorContext context) {
    this.folder = folder;
    this.layout = layout;
    this.context = context;
  }

  @Override
  public void write(T value) throws IOException, ValueRejectedException {
    // What is wrong with the value shows before anything is written.
    byte[] bytes = encoded(value);
    String partition = layout.partitioning().folder().of(value);
    OpenFile file = open.get(partition);
    if (file != null && isOld(file)) {
      end(partition);
      file = null;
    }
    if (file == null) {
      file = begin(partition);
    }
    file.write(bytes);
    if (layout.rolling().isLong(file.length())) {
      end(partition);
    }
  }

  private byte[] encoded(T value) throws ValueRejectedException {
    try {
      return layout.format().encode(value);
    } catch (IOException | RuntimeException thrown) {
      throw new ValueRejectedException(
          "since writing it as " + layout.format().extension() + " threw " + Printable.of(thrown),
          thrown);
    }
  }

  private boolean isOld(OpenFile file) {
    return layout.rolling().age().isPresent()
        && layout.rolling().isOld(context.clock().nanoTime() - file.openedNanos());
  }

  private OpenFile begin(String partition) throws IOException {
    if (open.size() == layout.partitioning().mostOpen()) {
      end(open.keySet().iterator().next());
    }
    OpenFile file = beginNext(partition);
    open.put(partition, file);
    file.write(layout.format().header());
    return file;
  }

  /** An attempt of the same number may have left files with the first names. */
  private OpenFile beginNext(String partition) throws IOException {
    while (true) {
      long number = files++;
      String name = folder.pendingName(context, number) + layout.extension();
      Draft draft = new Draft(number, folder.pendingFolder().resolve(name), partition);
      try {
        return new OpenFile(draft, layout.compression(), context.clock().nanoTime());
      } catch (FileAlreadyExistsException taken) {
        // The next number may be free.
      }
    }
  }

  private void end(String partition) throws IOException {
    OpenFile file = open.remove(partition);
    if (file != null) {
      ended.add(file.end());
    }
  }

  @Override
  public Prepared<PendingFile> prepare(CheckpointId checkpoint) {
    if (open.isEmpty() && ended.isEmpty()) {
      return Prepared.nothing();
    }
    List<OpenFile> last = List.copyOf(open.values());
    List<EndedFile> others = List.copyOf(ended);
    setAside.addAll(last);
    open.clear();
    ended.clear();
    return () -> makeDurable(checkpoint, last, others);
  }

  private List<PendingFile> makeDurable(
      CheckpointId checkpoint, List<OpenFile> last, List<EndedFile> others) throws IOException {
    List<EndedFile> all = new ArrayList<>(others);
    for (EndedFile file : others) {
      file.makeDurable();
    }
    for (OpenFile file : last) {
      all.add(file.endDurably());
      setAside.remove(file);
    }
    DurableFiles.syncDirectory(folder.pendingFolder());
    all.sort(Comparator.comparing(file -> file.draft().number()));
    List<PendingFile> pending = new ArrayList<>();
    for (EndedFile file : all) {
      String target = folder.targetName(context, checkpoint, pending.size()) + layout.extension();
      pending.add(PendingFile.of(file, target));
    }
    return pending;
  }

  @Override
  public void close() throws IOException {
    for (Iterator<OpenFile> files = open.values().iterator(); files.hasNext(); files.remove()) {
      files.next().discard();
    }
    for (Iterator<EndedFile> files = ended.iterator(); files.hasNext(); files.remove()) {
      Files.deleteIfExists(files.next().draft().path());
    }
    for (OpenFile file : setAside) {
      file.close();
    }
  }
}
